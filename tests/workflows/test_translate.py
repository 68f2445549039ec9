"""Translations through the press, on fakes: each version leads to the others, as long as they are there."""

import re
from itertools import permutations

import pytest

from functions.workflows.status import status_of
from tests.newsroom import Newsroom
from tests.workflows.articles import article

FRENCH, ENGLISH, ARABIC = "articles/2024/plan.md", "articles/2024/plan-en.md", "articles/2024/plan-ar.md"
TEXTS = {
    FRENCH: article("Le plan", slug="plan"),
    ENGLISH: article("The plan", lang="en", translation_of="2024/plan.md", slug="plan"),
    ARABIC: article("الخطة", lang="ar", **{"traduction-de": FRENCH}, slug="plan"),
}
_ALTERNATE = re.compile(r'<link rel="alternate" hreflang="(\w+)" href="https://[^/]+([^"]*)">')
_INVITATION = re.compile(r'<a rel="alternate" href="([^"]*)" hreflang="(\w+)" lang="\2" dir="(\w+)">([^<]*)</a>')


@pytest.fixture
def newsroom() -> Newsroom:
    """A newsroom that has published the text in three languages."""
    found = Newsroom()
    for key, text in TEXTS.items():
        found.upload(key, text)
    found.drain()
    return found


def path(newsroom: Newsroom, key: str) -> str:
    status = status_of(newsroom.press, key.removeprefix("articles/"))
    assert status is not None
    assert status.path is not None
    return status.path


def alternates(newsroom: Newsroom, key: str) -> dict[str, str]:
    """The paths by language, as search engines are told."""
    return dict(_ALTERNATE.findall(newsroom.page(path(newsroom, key)[1:] + "index.html")))


def in_force(newsroom: Newsroom) -> bool:
    """Whether every page is as a rebuild makes it."""
    newsroom.drain()
    return newsroom.site.objects == newsroom.rebuilt()


@pytest.mark.parametrize("order", [*permutations(TEXTS)])
def test_each_version_names_all_of_them_whatever_came_first(order: tuple[str, ...]) -> None:
    newsroom = Newsroom()
    for key in order:
        newsroom.upload(key, TEXTS[key])
        newsroom.drain()
    everybody = {lang: path(newsroom, key) for lang, key in zip(("fr", "en", "ar"), TEXTS, strict=True)}
    assert [alternates(newsroom, key) for key in TEXTS] == [everybody] * 3
    assert in_force(newsroom)


def test_readers_are_invited_in_the_language_that_they_would_read(newsroom: Newsroom) -> None:
    page = newsroom.page(path(newsroom, FRENCH)[1:] + "index.html")
    assert _INVITATION.findall(page) == [
        (path(newsroom, ARABIC), "ar", "rtl", "اقرأ بالعربية"),
        (path(newsroom, ENGLISH), "en", "ltr", "Read in English"),
    ]


def test_a_version_that_is_withdrawn_is_named_no_more_and_comes_back(newsroom: Newsroom) -> None:
    newsroom.remove(ENGLISH)
    newsroom.drain()
    assert set(alternates(newsroom, FRENCH)) == set(alternates(newsroom, ARABIC)) == {"ar", "fr"}
    newsroom.upload(ENGLISH, TEXTS[ENGLISH])
    assert in_force(newsroom)
    assert set(alternates(newsroom, ARABIC)) == {"ar", "en", "fr"}


def test_without_the_original_its_translations_still_name_each_other(newsroom: Newsroom) -> None:
    newsroom.remove(FRENCH)
    newsroom.drain()
    assert set(alternates(newsroom, ARABIC)) == {"ar", "en"}
    assert in_force(newsroom)


def test_a_version_that_moves_takes_its_links_with_it(newsroom: Newsroom) -> None:
    before = path(newsroom, ENGLISH)
    newsroom.upload(ENGLISH, TEXTS[ENGLISH].replace('slug: "plan"', 'slug: "the-plan"'))
    newsroom.drain()
    assert alternates(newsroom, FRENCH)["en"] == path(newsroom, ENGLISH) != before
    assert in_force(newsroom)


@pytest.mark.parametrize("order", [*permutations(TEXTS)])
def test_a_translation_of_a_translation_is_one_of_the_family(order: tuple[str, ...]) -> None:
    newsroom = Newsroom()
    for key in order:
        newsroom.upload(key, TEXTS[key].replace(FRENCH, ENGLISH))  # the Arabic text is made from the English one
        newsroom.drain()
    assert [set(alternates(newsroom, key)) for key in TEXTS] == [{"ar", "en", "fr"}] * 3
    newsroom.remove(ENGLISH)  # the one between the two others
    newsroom.drain()
    assert [alternates(newsroom, key) for key in (FRENCH, ARABIC)] == [{}, {}]
    assert in_force(newsroom)


def test_two_that_say_to_translate_each_other_are_a_family_of_two(newsroom: Newsroom) -> None:
    newsroom.remove(ARABIC)
    newsroom.upload(FRENCH, article("Le plan", slug="plan", translation_of=ENGLISH))
    newsroom.drain()
    assert set(alternates(newsroom, FRENCH)) == set(alternates(newsroom, ENGLISH)) == {"en", "fr"}
    assert in_force(newsroom)


def test_what_is_no_translation_any_more_is_let_go(newsroom: Newsroom) -> None:
    newsroom.upload(ENGLISH, article("Another plan", lang="en", slug="plan"))
    newsroom.drain()
    assert set(alternates(newsroom, FRENCH)) == {"ar", "fr"}
    assert alternates(newsroom, ENGLISH) == {}
    assert in_force(newsroom)


def test_an_article_that_stands_alone_names_nobody() -> None:
    newsroom = Newsroom()
    newsroom.upload(FRENCH, TEXTS[FRENCH])
    newsroom.drain()
    assert alternates(newsroom, FRENCH) == {}
    newsroom.upload(ENGLISH, TEXTS[ENGLISH].replace('lang: "en"', 'lang: "fr"'))  # another text in one language
    newsroom.drain()
    assert alternates(newsroom, FRENCH) == {}
    assert in_force(newsroom)


def test_an_article_is_no_translation_of_itself() -> None:
    newsroom = Newsroom()
    ver = newsroom.upload(FRENCH, article("Le plan", translation_of="2024/plan.md"))
    newsroom.drain()
    status = status_of(newsroom.press, "2024/plan.md")
    assert status is not None
    assert (status.ver, status.state) == (ver, "refused")
