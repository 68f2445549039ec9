from datetime import timedelta

import pytest

from functions.core.groups import FEED_SIZE, FRONT_SIZE, LABELLED_LIST_SIZE, LIST_SIZE, line_of
from tests.newsroom import Newsroom
from tests.workflows.articles import article

MANY = LABELLED_LIST_SIZE + 1


@pytest.fixture(scope="module")
def newsroom() -> Newsroom:
    found = Newsroom()
    for number in range(MANY):
        at = (found.now - timedelta(minutes=number + 1)).isoformat()
        found.upload(f"articles/{number}.md", article(f"Nouvelle {number}", date=at, tags="logement", author="Naima"))
    while found.queues.ingests:
        found.ingest(found.queues.ingests.pop())
    return found


@pytest.mark.parametrize(
    ("group", "page", "row", "most"),
    [
        ("cat:economie", "economie/index.html", '<h2><a href="', LIST_SIZE),
        ("cat:economie", "economie/feed.xml", "<item>", LIST_SIZE),
        ("tag:logement", "tags/logement/index.html", '<h2><a href="', LABELLED_LIST_SIZE),
        ("author:naima", "auteurs/naima/index.html", '<h2><a href="', LABELLED_LIST_SIZE),
        ("front", "index.html", '<h3><a href="', 2 * (FRONT_SIZE - 1)),  # the newest less the lead, in the block too
        ("feeds", "feed.xml", "<item>", FEED_SIZE),
        ("feeds", "news-sitemap.xml", "<news:news>", MANY),
    ],
)
def test_a_page_shows_the_newest_of_its_list_and_no_more(
    newsroom: Newsroom, group: str, page: str, row: str, most: int
) -> None:
    newsroom.render(group, forced=True)
    assert newsroom.page(page).count(row) == most
    assert newsroom.rebuilt()[page] == newsroom.site.objects[page]


def last_in_line(waiting: list[str]) -> int:
    """The youngest message of a FIFO queue that may come next."""
    lines = [line_of(group) for group in waiting]
    return max(place for place, line in enumerate(lines) if lines.index(line) == place)


def test_no_list_leads_to_an_article_before_its_page_stands() -> None:
    newsroom = Newsroom()
    newsroom.upload("articles/a.md", article("Al Omrane investit", tags="Logement"))
    newsroom.ingest(newsroom.queues.ingests.pop())
    showing: list[str] = []
    while waiting := newsroom.queues.renders:
        newsroom.render(waiting.pop(last_in_line(waiting)))
        showing = [key for key, body in newsroom.site.objects.items() if b"Al Omrane investit" in body]
        assert not showing or any(key.startswith("economie/2024/03/al-omrane-investit-") for key in showing)
    assert {"index.html", "economie/index.html", "feed.xml", "tags/logement/index.html"} <= set(showing)
