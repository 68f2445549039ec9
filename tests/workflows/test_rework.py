"""A rebuild on many workers, and the light reconcile that runs meanwhile."""

from datetime import timedelta

import pytest

from functions.bootstrap.house import house_of
from functions.core import keys
from functions.workflows.reconcile import reconcile_light
from functions.workflows.rework import Worker, rework_articles, rework_lists
from tests.newsroom import Newsroom
from tests.workflows.articles import article

ID = "2024/al-omrane.md"
MEANWHILE, AFTERWARDS = timedelta(minutes=10), timedelta(minutes=16)


@pytest.fixture
def newsroom() -> Newsroom:
    """A newsroom whose articles a rebuild has just been through."""
    newsroom = Newsroom()
    newsroom.upload(keys.inbox_key(ID), article(tags="Logement"))
    newsroom.drain()
    rework_articles(worker(newsroom), [keys.record(ID)])
    newsroom.queues.renders.clear()
    return newsroom


def worker(newsroom: Newsroom) -> Worker:
    return Worker(newsroom.press, house_of, lambda: True)


def flags(newsroom: Newsroom) -> list[str]:
    return [key for key in newsroom.state.objects if key.startswith(keys.DIRTY)]


def test_lists_that_a_running_rebuild_has_flagged_are_no_drift_and_not_sent_again(newsroom: Newsroom) -> None:
    assert {"dirty/front", "dirty/cat:economie", "dirty/tag:logement"} <= set(flags(newsroom))
    assert reconcile_light(newsroom.press, newsroom.now + MEANWHILE).flags == 0
    assert not newsroom.queues.renders


def test_an_article_whose_message_was_lost_during_a_rebuild_is_sent_again(newsroom: Newsroom) -> None:
    newsroom.state.put(keys.dirty(f"art:{ID}"), b"lost")
    assert reconcile_light(newsroom.press, newsroom.now + MEANWHILE).flags == 1
    assert newsroom.queues.renders == [f"art:{ID}"]


def test_a_rebuild_that_stopped_half_way_leaves_its_lists_to_reconcile(newsroom: Newsroom) -> None:
    left = flags(newsroom)
    assert reconcile_light(newsroom.press, newsroom.now + AFTERWARDS).flags == len(left)
    newsroom.drain()
    assert not flags(newsroom)


def test_a_list_whose_message_was_lost_without_any_rebuild_is_sent_again() -> None:
    newsroom = Newsroom()
    newsroom.state.put(keys.dirty("front"), b"lost")
    assert reconcile_light(newsroom.press, newsroom.now + MEANWHILE).flags == 1


def test_the_last_step_of_a_rebuild_leaves_no_list_flagged(newsroom: Newsroom) -> None:
    rework_lists(worker(newsroom), flags(newsroom))
    assert not flags(newsroom)
