"""The minute: what is due is woken, what will be is sent word, and markers of hours that nobody waits for go."""

from datetime import timedelta

from functions.core import keys
from functions.core.errors import WriteConflict
from functions.core.objects import Condition
from functions.workflows.tick import tick
from tests.fakes import NOON, FakeState
from tests.newsroom import Newsroom
from tests.workflows.articles import article

KEY = "articles/economie/demain.md"
SOON, LATER = NOON + timedelta(hours=1), NOON + timedelta(hours=2)


class Contended(FakeState):
    """A state bucket in which others drop markers of hours, or set them anew, at the very same moment."""

    def delete(self, key: str, condition: Condition) -> None:
        if key.startswith(keys.DUE):
            raise WriteConflict(key)
        super().delete(key, condition)


def waiting_until_later() -> Newsroom:
    """An article that waited for an hour, and now waits for a later one."""
    newsroom = Newsroom()
    for hour in (SOON, LATER):
        newsroom.upload(KEY, article("Demain", embargo=hour.isoformat()))
        newsroom.drain()
    return newsroom


def hours(newsroom: Newsroom) -> list[str]:
    return [marker.key for marker in newsroom.state.list(keys.DUE)]


def test_the_marker_of_an_hour_that_was_put_off_goes_when_it_strikes_and_not_before() -> None:
    newsroom = waiting_until_later()
    upload_id = keys.id_of(KEY)
    both = [keys.due(SOON, upload_id), keys.due(LATER, upload_id)]
    newsroom.tick(SOON - timedelta(seconds=30))
    assert hours(newsroom) == both
    newsroom.tick(SOON)
    assert hours(newsroom) == both[1:]


def test_what_is_due_is_woken_though_others_are_about_the_same_markers() -> None:
    newsroom = waiting_until_later()
    newsroom.state.__class__ = Contended
    struck = tick(newsroom.press, LATER + timedelta(seconds=5))
    assert struck == (1, timedelta(seconds=5))
    assert newsroom.queues.ingests == [KEY]


def test_what_is_due_before_the_next_tick_is_sent_word_for_its_second_and_not_woken_before() -> None:
    newsroom = waiting_until_later()
    newsroom.queues.delayed.clear()
    assert tick(newsroom.press, LATER - timedelta(seconds=20)).due == 0
    assert newsroom.queues.delayed == [(KEY, 20)]
    assert newsroom.queues.ingests == []
