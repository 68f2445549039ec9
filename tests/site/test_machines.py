import json
import re
from datetime import date, datetime, timedelta
from email.utils import parsedate_to_datetime
from io import BytesIO
from xml.etree.ElementTree import Element, fromstring

import feedparser
import pytest
from PIL import Image

from functions.core import keys
from functions.core.article import Correction
from functions.core.page import Page
from functions.core.site.fixed import static_pages
from functions.core.site.house import make_house
from functions.core.site.lists import category_pages
from functions.core.site.machines import feed_pages, month_index_pages, sitemap_pages
from tests.site import samples

_SITEMAPS = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
_AT_ONCE = Correction(date=samples.NOON.date(), text="Le jour même.")
_AT_THREE = Correction(date=samples.NOON.date(), text="À 15 h.", at=samples.NOON.replace(hour=15, minute=0))
_HOSTILE = '</title><script>alert(1)</script> & "x" ]]> \x0b 😀'


def xml(page: Page) -> Element:
    return fromstring(page.body)  # noqa: S314 - the bytes are ours


def locations(page: Page) -> list[str]:
    return [location.text or "" for location in xml(page).iter(_SITEMAPS + "loc")]


def feeds(count: int, **changes: object) -> dict[str, Page]:
    pages = feed_pages(samples.entries(count, **changes), [], ["2024-02", "2024-03"], samples.house())
    return {page.key: page for page in pages}


@pytest.mark.parametrize("count", [0, 1, 40])
def test_every_feed_is_well_formed(count: int) -> None:
    entries = samples.entries(count)
    category = category_pages("economie", entries, [], samples.house())[1]
    for page in (feeds(count)["feed.xml"], category):
        feed = feedparser.parse(page.body, response_headers={"content-type": page.content_type})
        assert feed.bozo == 0
        assert feed.version == "rss20"
        assert len(feed.entries) == count


def test_a_feed_item_tells_what_readers_programs_ask() -> None:
    feed = feedparser.parse(feeds(3)["feed.xml"].body)
    (item, *_), entry = feed.entries, samples.entry(1)
    assert feed.feed.title == "La Quotidienne"
    assert feed.feed.links[1].href == "https://www.example.ma/feed.xml"
    assert (item.title, item.summary, item.author) == (entry.title, entry.standfirst, "Salma Idrissi")
    assert item.link == "https://www.example.ma" + entry.path
    assert item.tags[0].term == "Économie"
    assert item.published == "Fri, 29 Mar 2024 11:30:00 GMT"


def test_a_guid_outlives_a_new_slug_and_a_new_date() -> None:
    moved = samples.entry(1, path="/sport/2024/04/autre-zzzzzz/", published_at=samples.NOON)
    before = feedparser.parse(feeds(1)["feed.xml"].body).entries[0].id
    after = feedparser.parse(feed_pages([moved], [], [], samples.house())[0].body).entries[0].id
    assert before == after == "tag:www.example.ma,2026:" + keys.code_of(moved.id)


def test_hostile_words_stay_words_in_the_feeds() -> None:
    pages = feeds(1, title=_HOSTILE, standfirst=_HOSTILE)
    item = feedparser.parse(pages["feed.xml"].body, sanitize_html=False).entries[0]
    assert item.title == _HOSTILE.replace("\x0b", "")
    assert "<script>" not in item.summary
    assert json.loads(pages["feed.json"].body)["items"][0]["title"] == _HOSTILE


def test_an_article_without_a_standfirst_has_no_empty_description() -> None:
    pages = feeds(1, standfirst="")
    item = xml(pages["feed.xml"]).find(".//item")
    assert item is not None
    assert item.find("description") is None
    (found,) = json.loads(pages["feed.json"].body)["items"]
    assert (found["content_text"], "summary" in found) == ("Article numéro 1", False)  # content is required there


def test_the_json_feed_says_the_same() -> None:
    feed = json.loads(feeds(40)["feed.json"].body)
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert len(feed["items"]) == 40
    item = feed["items"][0]
    assert item["url"] == "https://www.example.ma" + samples.entry(1).path
    assert item["id"].startswith("tag:")
    assert item["content_text"] == "Ce qu’il faut en retenir."
    assert datetime.fromisoformat(item["date_published"]) == samples.entry(1).published_at
    assert item["authors"] == [{"name": "Salma Idrissi", "url": "https://www.example.ma/auteurs/salma-idrissi/"}]


def test_the_sitemap_index_has_one_sitemap_a_month() -> None:
    assert locations(feeds(1)["sitemap.xml"]) == [
        "https://www.example.ma/sitemaps/2024-03.xml",
        "https://www.example.ma/sitemaps/2024-02.xml",
    ]


def test_a_months_sitemap_lists_its_articles_in_ascii() -> None:
    arabic = samples.entry(1, path="/ثقافة/2024/03/مهرجان-abcdef/")
    page, *_ = month_index_pages("2024-03", [arabic, samples.entry(2)], samples.house())
    assert page.key == "sitemaps/2024-03.xml"
    assert len(locations(page)) == 2
    assert all(location.isascii() for location in locations(page))
    assert xml(page).findtext(f".//{_SITEMAPS}lastmod") == "2024-03-29T11:30:00+00:00"


def test_a_month_of_more_than_fifty_thousand_has_a_sitemap_that_robots_take() -> None:
    page, *_ = sitemap_pages("2024-03", [samples.entry(1)] * 50_001, samples.house())
    assert len(locations(page)) == 50_000


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"corrections": (Correction(date=date(2024, 4, 2), text="Douze."),)}, "2024-04-02T00:00:00+00:00"),
        ({"corrections": (Correction(date=date(2024, 3, 28), text="Trop tôt."),)}, "2024-03-29T11:30:00+00:00"),
        ({"corrections": (_AT_ONCE,)}, "2024-03-29T11:30:01+00:00"),
        ({"corrections": (_AT_ONCE, _AT_ONCE)}, "2024-03-29T11:30:02+00:00"),
        ({"corrections": (_AT_ONCE, _AT_THREE)}, "2024-03-29T15:00:00+00:00"),
        ({"updated_at": samples.NOON + timedelta(days=1)}, "2024-03-30T12:30:00+00:00"),
        ({"updated_at": samples.NOON - timedelta(days=1)}, "2024-03-29T11:30:00+00:00"),
    ],
)
def test_sitemaps_and_feeds_know_the_last_change_and_a_correction_is_one(
    changes: dict[str, object], expected: str
) -> None:
    entry = samples.entry(1).model_copy(update=changes)
    sitemap, *_ = month_index_pages("2024-03", [entry], samples.house())
    assert xml(sitemap).findtext(f".//{_SITEMAPS}lastmod") == expected
    rss, json_feed, *_ = feed_pages([entry], [], [], samples.house())
    assert json.loads(json_feed.body)["items"][0]["date_modified"] == expected
    assert parsedate_to_datetime(xml(rss).findtext(".//lastBuildDate") or "") == datetime.fromisoformat(expected)


def test_an_emptied_sitemap_still_is_a_valid_one() -> None:
    month, *_ = month_index_pages("2024-03", [], samples.house())
    index = feed_pages([], [], [], samples.house())[2]
    for page in (month, index):
        assert locations(page) == ["https://www.example.ma/"]


def test_an_arabic_category_has_its_feed_where_its_page_links_to() -> None:
    page, feed, _ = category_pages("ثقافة", samples.entries(1), [], samples.house())
    assert feed.key == "ثقافة/feed.xml"
    assert 'href="/ثقافة/feed.xml"' in page.body.decode()
    assert (
        feedparser.parse(feed.body).feed.links[1].href
        == "https://www.example.ma/%D8%AB%D9%82%D8%A7%D9%81%D8%A9/feed.xml"
    )


def test_whoever_asks_for_the_favicon_without_having_read_a_page_gets_one() -> None:
    static = {page.key: page for page in static_pages(samples.house())}
    with Image.open(BytesIO(static["favicon.ico"].body)) as icon:
        assert (icon.format, icon.size) == ("ICO", (32, 32))
        icon.load()


def test_robots_are_told_where_the_sitemap_is() -> None:
    static = {page.key: page for page in static_pages(samples.house())}
    assert b"Sitemap: https://www.example.ma/sitemap.xml" in static["robots.txt"].body
    assert json.loads(static["manifest.webmanifest"].body)["name"] == "La Quotidienne"


def test_the_manifest_says_the_colour_that_pages_have() -> None:
    static = {page.key: page for page in static_pages(samples.house())}
    manifest = json.loads(static["manifest.webmanifest"].body)
    paper = re.findall(r"light.*#(\w+)", static["404.html"].body.decode())
    assert [f"#{each}" for each in paper] == [manifest["theme_color"]] == [manifest["background_color"]]


def test_assets_are_immutable_under_the_hash_of_their_bytes() -> None:
    house = samples.house()
    static = {page.key: page for page in static_pages(house)}
    sheet = static[house.site.stylesheet.removeprefix("/")]
    assert (sheet.freshness, sheet.content_type) == ("immutable", "text/css; charset=utf-8")
    other = make_house(samples.settings(), samples.template_files() | {"assets/site.css": b"b{}"})
    assert other.site.stylesheet != house.site.stylesheet
