"""The scheduler fires once to five times, and a function is stopped at a call: nobody gets an issue twice."""

import random

import pytest

from functions.core.newsletter.issue import Report
from tests.newsletter.issuing import Day, InEveryDelivery, Trouble

pytestmark = pytest.mark.long
MANY = 200


def assert_nobody_twice(day: Day, report: Report) -> None:
    """No reader has two mails; a reader without one is in doubt, and the report says so."""
    got = day.recipients
    assert len(got) == len(set(got))
    assert report.waiting == 0
    assert report.sent + report.claimed == len(day.readers)
    assert len(day.readers) - len(got) <= report.claimed


def calls_of_a_quiet_day(fires: int, readers: int) -> int:
    day, trouble = Day(readers=readers, articles=1), Trouble()
    day.suffer(trouble)
    for _ in range(fires):
        day.fire()
        day.send()
    return trouble.calls


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("fires", [1, 2, 3, 4, 5])
def test_a_crash_at_any_one_call_sends_nothing_twice(fires: int, after: bool) -> None:
    count = calls_of_a_quiet_day(fires, readers=2)
    assert count >= 20
    for place in range(count):
        day = Day(readers=2, articles=1)
        day.suffer(Trouble([place], after=after))
        assert_nobody_twice(day, day.day(fires))


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("fires", [1, 5])
def test_a_crash_at_the_same_call_of_every_delivery_sends_nothing_twice(fires: int, after: bool) -> None:
    in_a_delivery = calls_of_a_quiet_day(1, readers=3) - calls_of_a_quiet_day(1, readers=2)
    assert in_a_delivery >= 5
    doubtful = set()
    for place in range(in_a_delivery):
        day = Day(readers=MANY, articles=1)
        day.fire()
        day.suffer(InEveryDelivery(place, after=after))
        report = day.day(fires)
        assert_nobody_twice(day, report)
        doubtful.add(report.claimed)
    assert doubtful == {0, MANY}, "between claim and mark nobody knows; elsewhere everybody gets it"


@pytest.mark.parametrize("fires", [1, 2, 3, 4, 5])
def test_crashes_at_a_fifth_of_all_calls_send_nothing_twice_to_many_readers(fires: int) -> None:
    chance = random.Random(fires)
    day = Day(readers=MANY, articles=1)
    day.fire()  # in peace, so that there is something to send
    day.suffer(Trouble([place for place in range(MANY * 50) if chance.random() < 0.2], after=fires % 2 == 0))
    report = day.day(fires)
    assert_nobody_twice(day, report)
    assert report.claimed, "some crashes are between claim and mark"


@pytest.mark.parametrize("fires", [1, 5])
def test_without_a_crash_everybody_gets_the_issue_once(fires: int) -> None:
    day = Day(readers=MANY, articles=1)
    report = day.day(fires)
    assert_nobody_twice(day, report)
    assert len(day.recipients) == MANY


def test_two_firings_before_anything_is_sent_fill_the_queue_twice_and_send_once() -> None:
    day = Day(readers=20, articles=1)
    day.fire()
    day.fire()
    assert len(day.desk.outbox.deliveries) == 40
    day.send()
    assert len(day.recipients) == 20
    assert_nobody_twice(day, day.day())
