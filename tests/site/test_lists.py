from dataclasses import replace
from datetime import timedelta
from urllib.parse import quote_plus

import pytest

from functions.core.article import Correction, Tag
from functions.core.entry import Entry
from functions.core.groups import LABELLED_LIST_SIZE
from functions.core.page import Page
from functions.core.site.lists import author_pages, category_pages, corrections_pages, front_pages, tag_pages
from tests.site import samples
from tests.site.dom import one, parse, select, text, words
from tests.site.kinds import html_pages


def category(count: int, months: tuple[str, ...] = ("2023-12", "2024-03", "2024-01")) -> Page:
    return category_pages("economie", samples.entries(count), months, samples.house())[0]


def test_a_category_shows_its_newest_first() -> None:
    page = category(3)
    assert page.key == "economie/index.html"
    assert words(page, "ol.entries > li h2 a")[:2] == ["Article numéro 1", "Article numéro 2"]


def test_see_all_leads_to_the_newest_month() -> None:
    link = one(category(3), "main header.head a.all")
    assert (text(link), link.get("href")) == ("Tout voir", "/economie/2024/03/")


def test_a_category_lists_all_its_months_by_year_the_newest_year_open() -> None:
    page = category(3)
    assert words(page, "nav.archives details summary") == ["2024", "2023"]
    assert [details.get("open") for details in select(page, "nav.archives details")] == ["", None]
    assert words(page, "nav.archives a") == ["Mars", "Janvier", "Décembre"]
    assert select(page, "nav.archives a")[2].get("href") == "/economie/2023/12/"


def test_an_empty_category_says_so() -> None:
    page = category(0, ())
    assert words(page, "p.none") == ["Aucun article pour le moment."]
    assert not select(page, "ol.entries")
    assert not select(page, "a.all")


def test_the_category_being_read_is_marked_in_the_navigation() -> None:
    current = [link for link in select(category(1), "nav.categories a") if link.get("aria-current")]
    assert [text(link) for link in current] == ["Économie"]


def test_a_tag_page_bears_the_label_of_the_newest_entry() -> None:
    entries = [
        samples.entry(1, tags=(Tag(slug="ia", label="I.A."),)),
        samples.entry(2, tags=(Tag(slug="ia", label="IA"),)),
    ]
    (page,) = tag_pages("ia", entries, samples.house())
    assert (page.key, words(page, "h1")) == ("tags/ia/index.html", ["I.A."])


def test_an_author_page_bears_the_name() -> None:
    (page,) = author_pages("salma-idrissi", samples.entries(2), samples.house())
    assert (page.key, words(page, "h1")) == ("auteurs/salma-idrissi/index.html", ["Salma Idrissi"])
    assert len(select(page, "ol.entries > li")) == 2


@pytest.mark.parametrize(
    ("label", "address"),
    [
        ("Al Omrane", "/search/?q=Al+Omrane"),
        ("R&D", None),
        ("الدار البيضاء", f"/search/?q={quote_plus('الدار البيضاء')}"),
    ],
)
def test_what_a_full_page_of_a_tag_no_longer_shows_is_found_by_a_search_for_its_label(
    label: str, address: str | None
) -> None:
    tag = Tag(slug="ia", label=label)
    (page,) = tag_pages("ia", samples.entries(LABELLED_LIST_SIZE, tags=(tag,)), samples.house())
    assert [link.get("href") for link in select(page, "main p.turn a")] == ([address] if address else [])
    (page,) = tag_pages("ia", samples.entries(LABELLED_LIST_SIZE - 1, tags=(tag,)), samples.house())
    assert not select(page, "main p.turn")


def test_a_newsroom_without_search_leads_nobody_there() -> None:
    house = samples.house()
    mute = replace(house, site=house.site._replace(search=""))
    (page,) = tag_pages("logement", samples.entries(LABELLED_LIST_SIZE), mute)
    assert not select(page, "main p.turn")


def test_a_tag_or_an_author_without_articles_has_no_page() -> None:
    assert tag_pages("ia", [], samples.house()) == ()
    assert author_pages("personne", [], samples.house()) == ()


def front(**by_category: list[Entry]) -> Page:
    (page,) = front_pages(by_category, samples.house())
    return page


def test_the_lead_story_is_the_newest_with_an_image_and_is_not_repeated_in_its_block() -> None:
    pictured = samples.entry(2, thumbnail=samples.thumbnail())
    page = front(economie=[samples.entry(1), pictured, samples.entry(3)])
    assert words(page, "ol.lead > li h2 a") == ["Article numéro 2"]
    assert words(page, "section.block ol.entries > li h3 a") == ["Article numéro 1", "Article numéro 3"]


def test_without_images_the_newest_leads() -> None:
    page = front(economie=[samples.entry(2)], sport=[samples.entry(1, category="sport")])
    assert words(page, "ol.lead > li h2 a") == ["Article numéro 1"]


def test_the_front_page_has_a_block_for_each_category_with_articles_in_the_order_of_the_navigation() -> None:
    lead = samples.entry(9, thumbnail=samples.thumbnail())
    page = front(sport=samples.entries(7, category="sport"), economie=[samples.entry(8), lead], culture=[])
    assert words(page, "section.block header h2") == ["Économie", "Sport"]
    assert words(page, "section.block header a.all") == ["Tout voir", "Tout voir"]
    assert len(select(select(page, "section.block")[1], "ol.entries > li")) == 7


def test_a_category_that_has_nothing_but_the_lead_story_has_no_empty_block() -> None:
    lead = samples.entry(1, thumbnail=samples.thumbnail())
    page = front(economie=[lead], sport=[samples.entry(2, category="sport")])
    assert words(page, "section.block header h2") == ["Sport"]
    assert select(front(economie=[lead]), ".blocks") == []


def test_an_empty_front_page_says_so() -> None:
    assert words(front(), "p.none") == ["Aucun article pour le moment."]


def test_corrections_are_listed_newest_first_each_with_its_article() -> None:
    day = samples.NOON.date()
    older = samples.entry(
        1, corrections=(Correction(date=day, text="Un."), Correction(date=day + timedelta(2), text="Trois."))
    )
    newer = samples.entry(2, corrections=(Correction(date=day + timedelta(1), text="Deux."),))
    (page,) = corrections_pages([older, newer], samples.house())
    assert words(page, "ol.entries > li p.blurb") == ["Trois.", "Deux.", "Un."]
    assert words(page, "ol.entries > li a") == ["Article numéro 1", "Article numéro 2", "Article numéro 1"]
    assert words(page, "ol.entries > li time")[0] == "Dimanche 31 Mars 2024"


def test_corrections_of_one_day_stand_by_their_hour_where_they_tell_one() -> None:
    hours = [samples.NOON - timedelta(hours=before) for before in (2, 0, 1)]
    told = [Correction(date=at.date(), text=f"{at:%H}", at=at) for at in hours]
    whole = Correction(date=samples.NOON.date(), text="Le jour")
    (page,) = corrections_pages([samples.entry(1, corrections=(whole, *told))], samples.house())
    assert words(page, "ol.entries > li p.blurb") == ["12", "11", "10", "Le jour"]
    times = [time.get("datetime") for time in select(page, "ol.entries > li time")]
    assert times[2:] == ["2024-03-29T10:30:00+00:00", "2024-03-29"]


def test_of_many_corrections_the_newest_are_shown_and_all_of_them_by_year() -> None:
    days = [samples.NOON.date() - timedelta(weeks=weeks) for weeks in range(60)]
    mended = samples.entry(1, corrections=tuple(Correction(date=day, text=f"Le {day}.") for day in days))
    newest, *years = corrections_pages([mended], samples.house())
    assert words(newest, "ol.entries > li p.blurb") == [f"Le {day}." for day in days[:50]]
    links = [(text(link), link.get("href")) for link in select(newest, "nav.archives a")]
    assert links == [("2024", "/corrections/2024/"), ("2023", "/corrections/2023/")]
    assert [page.key for page in years] == ["corrections/2024/index.html", "corrections/2023/index.html"]
    assert [told for page in years for told in words(page, "ol.entries > li p.blurb")] == [f"Le {day}." for day in days]
    assert [one(page, "p.crumb a").get("href") for page in years] == ["/corrections/"] * 2
    assert words(years[1], "h1") == ["2023"]
    for page in years:
        parse(page)


@pytest.mark.parametrize(
    "page", [page for page in html_pages() if b'class="entries' in page.body], ids=lambda page: page.key
)
def test_each_row_of_every_list_has_a_link_and_a_time(page: Page) -> None:
    rows = select(page, "ol.entries > li")
    assert rows
    for row in rows:
        assert one(row, "a").get("href", "").startswith("/")
        assert one(row, "time").get("datetime")


def test_a_title_and_a_picture_s_text_in_another_language_say_which() -> None:
    seen = samples.thumbnail()
    entries = [samples.entry(1, lang="ar", title="مهرجان", thumbnail=seen), samples.entry(2, thumbnail=seen)]
    page = category_pages("culture", entries, [], samples.house())[0]
    titles = select(page, "ol.entries > li h2")
    assert [(title.get("lang"), title.get("dir")) for title in titles] == [("ar", "rtl"), (None, None)]
    assert [image.get("lang") for image in select(page, "ol.entries img")] == ["ar", None]


def test_a_category_that_left_the_settings_goes_by_its_slug() -> None:
    (page,) = tag_pages("logement", [samples.entry(1, category="ancienne")], samples.house())
    assert "ancienne" in words(page, "ol.entries > li p.kicker")[0]
