"""What leads to an article from where it was before it came here, through the press, on fakes."""

from itertools import permutations

import pytest

from functions.core import keys
from functions.workflows.status import status_of
from tests.newsroom import SETTINGS, Newsroom
from tests.workflows.articles import article

OLD, STUB = "/2019/03/al-omrane.html", "_before/2019/03/al-omrane.html"
A, B = "articles/2019/a.md", "articles/2019/b.md"


@pytest.fixture
def newsroom() -> Newsroom:
    """A newsroom with an article that came from elsewhere."""
    newsroom = Newsroom()
    newsroom.upload(A, article("Al Omrane", aliases=OLD))
    newsroom.drain()
    return newsroom


def path(newsroom: Newsroom, key: str) -> str:
    status = status_of(newsroom.press, keys.id_of(key))
    assert status is not None
    assert status.path is not None
    return status.path


def leads_to(newsroom: Newsroom, stub: str = STUB) -> str | None:
    """Where an address leads once all is drained; the site is then as a rebuild makes it."""
    newsroom.drain()
    assert newsroom.site.objects == newsroom.rebuilt()
    page = newsroom.site.pages.get(stub)
    return page.metadata["redirect"] if page else None


def test_the_address_leads_to_the_article_and_on_with_it_when_it_moves(newsroom: Newsroom) -> None:
    assert leads_to(newsroom) == path(newsroom, A)
    newsroom.upload(A, article("Al Omrane", aliases=OLD, slug="plan"))
    assert leads_to(newsroom) == path(newsroom, A)
    assert "/plan-" in path(newsroom, A)


def test_a_slip_can_be_mended(newsroom: Newsroom) -> None:
    newsroom.upload(A, article("Al Omrane", aliases="/2019/autre/"))
    assert leads_to(newsroom, "_before/2019/autre/index.html") == path(newsroom, A)
    assert leads_to(newsroom) is None


def test_nothing_of_a_withdrawn_article_s_is_left_there(newsroom: Newsroom) -> None:
    newsroom.remove(A)
    assert leads_to(newsroom) is None
    newsroom.upload(B, article("Al Omrane", aliases=OLD, moved_from="2019/a.md"))
    assert leads_to(newsroom) == path(newsroom, B)


def test_nothing_leads_to_an_article_before_its_hour() -> None:
    newsroom = Newsroom()
    newsroom.upload(A, article("Secret", aliases=OLD, embargo="2030-01-01"))
    assert leads_to(newsroom) is None


@pytest.mark.parametrize("order", [*permutations((A, B))])
def test_of_two_that_claim_an_address_the_newer_has_it_whatever_came_first(order: tuple[str, ...]) -> None:
    newsroom, texts = Newsroom(), {A: article("Un", aliases=OLD), B: article("Deux", aliases=OLD, date="2024-03-30")}
    for key in order:
        newsroom.upload(key, texts[key])
        newsroom.drain()
    assert leads_to(newsroom) == path(newsroom, B)
    newsroom.remove(B)
    assert leads_to(newsroom) == path(newsroom, A)


def test_an_address_that_the_site_has_itself_is_in_nobody_s_way(newsroom: Newsroom) -> None:
    before = newsroom.page("economie/index.html")
    newsroom.upload(B, article("Tanger Med", category="developpement-durable", aliases="/economie/"))
    assert leads_to(newsroom, "_before/economie/index.html") == path(newsroom, B)
    assert newsroom.page("economie/index.html") == before


FEED = b'\n[moved]\n"https://old.example.ma/feed" = "/feed.xml"\n'


def test_an_address_that_was_no_article_s_leads_where_the_settings_say(newsroom: Newsroom) -> None:
    newsroom.renew(SETTINGS + FEED)
    assert leads_to(newsroom, "_before/feed/index.html") == "/feed.xml"
    newsroom.renew(SETTINGS)
    assert leads_to(newsroom, "_before/feed/index.html") is None


def test_what_the_settings_say_of_an_address_stands_before_what_an_article_says(newsroom: Newsroom) -> None:
    newsroom.renew(SETTINGS + f'\n[moved]\n"{OLD}" = "/economie/"\n'.encode())
    assert leads_to(newsroom) == "/economie/"
    newsroom.renew(SETTINGS)
    assert leads_to(newsroom) == path(newsroom, A)
