import json
from dataclasses import replace
from typing import Any

import pytest

from functions.core.page import Page
from functions.core.search import index
from functions.core.site.fixed import static_pages
from functions.core.site.house import House, make_house
from functions.core.site.machines import feed_pages, month_index_pages
from functions.core.site.search import search_shards
from functions.core.upload import read_upload
from tests.core.uploads import desk
from tests.newsroom import SETTINGS, Newsroom
from tests.site import samples
from tests.site.dom import one, select
from tests.workflows.articles import article

WITH_SEARCH = SETTINGS.replace(b"search = false", b"search = true")


def shards(count: int, **changes: Any) -> dict[str, dict[str, Any]]:
    pages = search_shards("2024-03", samples.entries(count, **changes), samples.house())
    return {page.key: json.loads(page.body) for page in pages}


def without_search() -> House:
    settings = samples.settings()
    site = settings.site.model_copy(update={"search": False})
    return make_house(settings.model_copy(update={"site": site}), samples.template_files())


def test_an_article_is_found_by_title_standfirst_tags_authors_and_names() -> None:
    (found,) = shards(1, terms=("benguerir", "articl"))["search/2024-03.json"]["found"]
    assert found == [
        samples.entry(1).path,
        "Article numéro 1",
        "Ce qu’il faut en retenir.",
        "Économie",
        "2024-03-29",
        "Vendredi 29 Mars 2024",
        "fr",
        "benguerir idrissi logement salma",
    ]


def test_a_month_is_split_into_parts_that_news_does_not_change() -> None:
    before, after = shards(150), shards(151)
    assert sorted(before) == ["search/2024-03-1.json", "search/2024-03.json"]
    assert before["search/2024-03.json"]["older"] == "/search/2024-03-1.json"
    assert before["search/2024-03-1.json"]["older"] == ""
    assert [len(part["found"]) for part in before.values()] == [50, 100]
    entries = samples.entries(250)
    less, more = (
        {page.key: page.body for page in search_shards("2024-03", some, samples.house())}
        for some in (entries[1:], entries)
    )
    assert [key for key in more if more[key] != less[key]] == ["search/2024-03.json"]
    assert len(after) == 2


def test_the_list_of_months_is_newest_first() -> None:
    pages = {page.key: page for page in feed_pages([], [], ["2023-12", "2024-03"], samples.house())}
    months = json.loads(pages["search/months.json"].body)["months"]
    assert months == ["/search/2024-03.json", "/search/2023-12.json"]


def test_a_newsroom_without_search_has_nothing_of_it() -> None:
    house = without_search()
    pages: list[Page] = [
        *static_pages(house),
        *feed_pages(samples.entries(2), [], ["2024-03"], house),
        *month_index_pages("2024-03", samples.entries(2), house),
    ]
    assert not [page.key for page in pages if page.key.startswith("search/")]
    assert not [page.key for page in pages if b'href="/search/"' in page.body]


def test_without_a_script_the_page_leads_to_the_archives() -> None:
    page = next(page for page in static_pages(samples.house()) if page.key == "search/index.html")
    assert one(page, "form.search").get("hidden") is not None
    assert select(page, "noscript")
    assert {link.get("href") for link in select(page, "nav.archives a")} >= {"/economie/#archives", "/sport/#archives"}


@pytest.mark.parametrize(
    ("body", "lang", "expected"),
    [
        (
            "Selon Nizar Baraka, la région de Guelmim attend. Le Maroc aussi, dit Nizar.",
            "fr",
            "baraka guelmim maroc nizar",
        ),
        ("Une phrase sans nom.", "fr", ""),
        ("The minister, Leila Benali, met Acwa.", "en", "acwa benali leila"),
        ("She met, on Monday in January or July, Anne and Julie.", "en", "anne juli"),
        ("Il a vu, en Décembre et en Octobre, Notre maire.", "fr", ""),
        ("مهرجان فاس يعود. مهرجان كبير في المدينة", "ar", "مهرجان"),
        ("شركة الذين والشركات الذين", "ar", "شرك"),
        ("مُهرجان فاس يعود. المهرجانُ كبير", "ar", "مهرجان"),
        ("اتفاق بين OCP وRenault وشركة Al Omrane في 2026", "ar", "ocp omran renault"),
    ],
)
def test_a_body_is_found_by_its_names(body: str, lang: Any, expected: str) -> None:
    assert " ".join(sorted(index.body_terms(f"<p>{body}</p>", lang))) == expected


def test_a_body_gives_a_bounded_number_of_words() -> None:
    names = ", ".join(
        f"la ville de Nom{chr(97 + first)}{chr(97 + second)}" for first in range(9) for second in range(9)
    )
    assert len(index.body_terms(f"<p>{names}</p>", "fr")) == index.MOST_TERMS


def test_of_an_arabic_body_what_is_said_most_comes_first() -> None:
    said = " ".join(f"كلمة{chr(0x0628 + number)} " * (2 + number % 2) for number in range(index.MOST_TERMS))
    assert index.body_terms(f"<p>{said} ياقوت ياقوت ياقوت ياقوت</p>", "ar")[0] == "ياقوت"


def test_the_terms_are_read_only_for_a_newsroom_that_searches() -> None:
    text = article(body="Le ministre Nizar Baraka était là.").encode()
    talking = desk()
    settings = talking.settings
    quiet = settings.model_copy(update={"site": settings.site.model_copy(update={"search": False})})
    assert "baraka" in read_upload("articles/a.md", text, talking).terms
    assert read_upload("articles/a.md", text, replace(talking, settings=quiet)).terms == ()


def test_what_is_withdrawn_or_not_yet_due_is_in_no_part_of_the_index() -> None:
    newsroom = Newsroom(WITH_SEARCH)
    newsroom.upload("articles/a.md", article("Premier titre"))
    newsroom.upload("articles/b.md", article("Secret gardé", embargo="2099-01-01"))
    newsroom.drain()
    assert "Premier titre" in newsroom.page("search/2024-03.json")
    assert not any(b"Secret" in body for body in newsroom.site.objects.values())
    newsroom.remove("articles/a.md")
    newsroom.drain()
    assert not any(b"Premier" in body for key, body in newsroom.site.objects.items() if key.startswith("search/"))
    assert newsroom.site.objects == newsroom.rebuilt()


def test_switching_search_off_takes_all_of_it_away_and_on_again_brings_it_back() -> None:
    newsroom = Newsroom(WITH_SEARCH)
    newsroom.upload("articles/a.md", article("Premier titre"))
    newsroom.drain()
    with_search = dict(newsroom.site.objects)
    newsroom.renew(SETTINGS)
    assert not [key for key in newsroom.site.objects if key.startswith("search/")]
    assert newsroom.site.objects == newsroom.rebuilt()
    newsroom.renew(WITH_SEARCH)
    assert newsroom.site.objects == with_search


def test_a_publish_rewrites_one_part_of_the_index() -> None:
    newsroom = Newsroom(WITH_SEARCH)
    for number in range(130):
        newsroom.upload(f"articles/{number}.md", article(f"Numéro {number}", date=f"2024-03-01 10:{number % 60:02}"))
    newsroom.upload("articles/old.md", article("Ancien", date="2022-01-05"))
    newsroom.drain()
    before = dict(newsroom.site.objects)
    newsroom.upload("articles/new.md", article("Le plus neuf", date="2024-03-29"))
    newsroom.drain()
    rewritten = [key for key, body in newsroom.site.objects.items() if before.get(key) != body and "search/" in key]
    assert rewritten == ["search/2024-03.json"]
