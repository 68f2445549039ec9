"""A whole archive comes in: its articles are live at once, the boxes of older ones are printed at its end."""

from datetime import timedelta

import pytest

from functions.core import keys
from functions.core.groups import article_group
from functions.workflows import intake
from functions.workflows.reconcile import reconcile_light
from functions.workflows.status import status_of
from tests.newsroom import Newsroom
from tests.workflows.articles import article

PART, ARTICLES = 3, 7


@pytest.fixture
def newsroom(monkeypatch: pytest.MonkeyPatch) -> Newsroom:
    """A newsroom into which an archive has come, and nobody has said yet that it is all there."""
    monkeypatch.setattr(intake, "_PART", PART)
    newsroom = Newsroom()
    intake.begin(newsroom.press)
    for number in range(ARTICLES):
        newsroom.upload(f"articles/{number}.md", article(f"Al Omrane : le plan {number}"))
        newsroom.drain()
    return newsroom


def in_no_box(newsroom: Newsroom, number: int) -> bool:
    """Whether the oldest article's page does not name another one."""
    return path_of(newsroom, f"{number}.md").encode() not in page_of(newsroom, "0.md")


def page_of(newsroom: Newsroom, upload_id: str) -> bytes:
    return newsroom.site.objects[keys.site_key(path_of(newsroom, upload_id))]


def path_of(newsroom: Newsroom, upload_id: str) -> str:
    status = status_of(newsroom.press, upload_id)
    assert status
    assert status.path
    return status.path


def test_articles_are_live_while_their_archive_comes_in_and_older_ones_left_alone(newsroom: Newsroom) -> None:
    assert b"le plan 6" in page_of(newsroom, "6.md")
    assert all(in_no_box(newsroom, number) for number in range(1, ARTICLES))


def test_at_the_end_the_site_is_that_of_a_rebuild(newsroom: Newsroom) -> None:
    intake.end(newsroom.press)
    newsroom.drain()
    assert newsroom.site.objects == newsroom.rebuilt()
    assert not in_no_box(newsroom, 1)
    assert keys.INTAKE_KEY not in newsroom.state.objects


def test_at_the_end_every_article_is_flagged_once_a_part_at_a_time(newsroom: Newsroom) -> None:
    intake.end(newsroom.press)
    flagged = []
    while newsroom.queues.again:
        assert newsroom.queues.again == [keys.INTAKE_KEY]
        before = set(newsroom.queues.renders)
        newsroom.ingest(newsroom.queues.again.pop(0))
        flagged.append(len(set(newsroom.queues.renders) - before))
    assert flagged == [PART, PART, ARTICLES - 2 * PART]
    assert set(newsroom.queues.renders) == {article_group(f"{number}.md") for number in range(ARTICLES)}


def test_after_the_end_a_newcomer_is_in_the_boxes_of_older_articles_at_once(newsroom: Newsroom) -> None:
    intake.end(newsroom.press)
    newsroom.upload("articles/apres.md", article("Al Omrane : le plan d'après"))
    newsroom.drain()
    assert newsroom.site.objects == newsroom.rebuilt()


def test_an_intake_that_nobody_goes_on_with_is_over_after_a_quarter_of_an_hour(newsroom: Newsroom) -> None:
    begun = next(iter(newsroom.state.list(keys.INTAKE_KEY))).modified
    reconcile_light(newsroom.press, begun + timedelta(minutes=14))
    assert intake.under_way(newsroom.press)
    reconcile_light(newsroom.press, begun + timedelta(minutes=16))
    assert not intake.under_way(newsroom.press)
    newsroom.drain()
    assert newsroom.site.objects == newsroom.rebuilt()


def test_an_end_of_nothing_asks_for_nothing() -> None:
    newsroom = Newsroom()
    intake.end(newsroom.press)
    intake.flag_part(newsroom.press)
    assert not newsroom.queues.again
    assert not newsroom.queues.renders
