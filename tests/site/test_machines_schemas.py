from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from xml.etree.ElementTree import Element, fromstring
from zoneinfo import ZoneInfo

import pytest
import xmlschema

from functions.core.claims import SITE
from functions.core.groups import FEEDS, Group, Need
from functions.core.page import Page
from functions.core.site.composition import list_pages
from functions.core.site.fixed import static_pages
from functions.core.site.machines import feed_pages, month_index_pages
from tests.site import samples

_XSD = Path(__file__).parent / "xsd"
_NEWS = "{http://www.google.com/schemas/sitemap-news/0.9}"


@cache
def schema(name: str) -> xmlschema.XMLSchema:
    """A schema of tests/site/xsd; the one of sitemaps knows the news extension."""
    loaded = xmlschema.XMLSchema(_XSD / name, build=False)
    loaded.add_schema(_XSD / "sitemap-news.xsd")
    loaded.build()
    return loaded


def front_group(count: int, months: int = 2, *, hours: int = 48) -> dict[str, Page]:
    """The pages of the newest, when news is what was published in the last hours before the sample's noon."""
    names = [f"2024-{month:02}" for month in range(1, months + 1)]
    need = Need("all", SITE, since=samples.NOON - timedelta(hours=hours))
    pages = list_pages(Group.parse(FEEDS), {need: samples.entries(count)}, names, samples.house())
    return {page.key: page for page in pages}


def news(page: Page) -> list[Element]:
    return list(fromstring(page.body).iter(_NEWS + "news"))  # noqa: S314 - the bytes are ours


@pytest.mark.parametrize(("count", "months"), [(0, 0), (1, 1), (60, 12)])
def test_both_sitemaps_and_the_index_are_what_their_schemas_ask(count: int, months: int) -> None:
    pages = front_group(count, months)
    month, *_ = month_index_pages("2024-03", samples.entries(count), samples.house())
    schema("siteindex.xsd" if months else "sitemap.xsd").validate(pages["sitemap.xml"].body.decode())
    schema("sitemap.xsd").validate(pages["news-sitemap.xml"].body.decode())
    schema("sitemap.xsd").validate(month.body.decode())


def test_what_was_published_before_clocks_kept_whole_minutes_has_a_time_that_machines_can_read() -> None:
    old = samples.entries(1, published_at=datetime(1908, 5, 4, 9, tzinfo=ZoneInfo("Africa/Casablanca")))
    sitemap, *_ = month_index_pages("1908-05", old, samples.house())
    schema("sitemap.xsd").validate(sitemap.body.decode())
    assert samples.house().moment(old[0].published_at).iso == "1908-05-04T09:00:00-00:31"
    assert samples.house().moment(old[0].published_at).text == "Lundi 4 Mai 1908"


def test_the_schemas_refuse_what_is_wrong() -> None:
    good = front_group(3)["news-sitemap.xml"].body.decode()
    for left in ("news:title", "news:language", "loc"):
        assert not schema("sitemap.xsd").is_valid(good.replace(f"<{left}>", "<x>").replace(f"</{left}>", "</x>"))


def test_the_news_sitemap_tells_title_language_and_date_of_what_is_new() -> None:
    pages = feed_pages([], [samples.entry(1, lang="ar", title="مهرجان & <فاس>")], [], samples.house())
    (found,) = news(next(page for page in pages if page.key == "news-sitemap.xml"))
    assert found.findtext(f"{_NEWS}publication/{_NEWS}name") == "La Quotidienne"
    assert found.findtext(f"{_NEWS}publication/{_NEWS}language") == "ar"
    assert found.findtext(f"{_NEWS}publication_date") == "2024-03-29T11:30:00+00:00"
    assert found.findtext(f"{_NEWS}title") == "مهرجان & <فاس>"


def test_what_is_exactly_as_old_as_the_span_is_no_news() -> None:
    assert len(news(front_group(10, hours=4)["news-sitemap.xml"])) == 3


def test_robots_are_told_of_both_sitemaps() -> None:
    robots = next(page for page in static_pages(samples.house()) if page.key == "robots.txt").body.decode()
    assert robots.splitlines()[-2:] == [
        "Sitemap: https://www.example.ma/sitemap.xml",
        "Sitemap: https://www.example.ma/news-sitemap.xml",
    ]
