from functions.core.entry import Entry
from functions.core.page import Page
from functions.core.site.months import PART_SIZE, month_pages
from tests.site import samples
from tests.site.dom import one, select, text, words


def month(entries: list[Entry], name: str = "2024-03") -> tuple[Page, ...]:
    return month_pages("economie", name, entries, samples.house())


def test_a_month_groups_its_articles_by_day_under_anchors() -> None:
    (page,) = month(samples.entries(20))
    assert page.key == "economie/2024/03/index.html"
    assert words(page, "h1") == ["Mars 2024"]
    assert [section.get("id") for section in select(page, "div.parts section")] == ["d29", "d28"]
    assert words(page, "div.parts section h2") == ["Vendredi 29", "Jeudi 28"]
    assert words(page, "ol.entries > li time")[0] == "11:30"


def test_the_calendar_begins_on_the_right_weekday_and_leads_to_days_with_articles() -> None:
    (page,) = month(samples.entries(20))
    assert one(page, "nav.days ol").get("class") == "b4"  # 1 March 2024 was a Friday
    assert len(select(page, "nav.days ol li")) == 31
    assert [link.get("href") for link in select(page, "nav.days a")] == ["#d28", "#d29"]


def test_a_day_of_the_calendar_is_called_by_what_is_seen_of_it() -> None:
    days = [samples.entry(1, published_at=samples.NOON.replace(day=day)) for day in (29, 1)]
    (page,) = month(days)
    called = {text(link): link.get("aria-label") for link in select(page, "nav.days a")}
    assert called == {"1er": "Vendredi 1er", "29": "Vendredi 29"}


def test_an_empty_month_says_so_and_is_not_to_be_indexed() -> None:
    (page,) = month([])
    assert words(page, "p.none") == ["Aucun article n’a été publié ce mois-là."]
    assert b"noindex" in page.body


def test_two_hundred_articles_are_one_part() -> None:
    (page,) = month(samples.entries(PART_SIZE))
    assert len(select(page, "ol.entries > li")) == PART_SIZE


def test_parts_are_numbered_from_the_oldest_and_the_newest_is_the_months_own() -> None:
    pages = month(samples.entries(2 * PART_SIZE + 1))
    assert [page.key for page in pages] == [
        "economie/2024/03/index.html",
        "economie/2024/03/page-2/index.html",
        "economie/2024/03/page-1/index.html",
    ]
    assert [len(select(page, "ol.entries > li")) for page in pages] == [1, PART_SIZE, PART_SIZE]
    assert text(select(pages[0], "ol.entries > li a")[0]) == "Article numéro 1"
    assert text(select(pages[2], "ol.entries > li a")[-1]) == f"Article numéro {2 * PART_SIZE + 1}"


def test_each_part_leads_to_the_one_before_and_back_to_the_month() -> None:
    links = [
        [link.get("href") for link in select(page, "p.turn a")] for page in month(samples.entries(2 * PART_SIZE + 1))
    ]
    assert links == [
        ["/economie/2024/03/page-2/", "/economie/"],
        ["/economie/2024/03/", "/economie/2024/03/page-1/", "/economie/"],
        ["/economie/2024/03/", "/economie/"],
    ]


def test_old_parts_do_not_change_when_news_arrives() -> None:
    everything = samples.entries(2 * PART_SIZE + 50)
    before = {page.key: page.body for page in month(everything[30:])}
    after = {page.key: page.body for page in month(everything)}
    changed = {key for key in after if before.get(key) != after[key]}
    assert changed == {"economie/2024/03/index.html"}


def test_a_full_newest_part_keeps_its_content_when_it_becomes_an_old_one() -> None:
    everything = samples.entries(2 * PART_SIZE + 1)
    (_, first) = month(everything[1:])
    (_, _, still_first) = month(everything)
    assert first == still_first
