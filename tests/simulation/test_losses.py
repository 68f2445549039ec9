"""One message in ten gets lost: one full reconcile heals all of it, and the next one has nothing to do."""

import pytest

from tests.simulation.losses import lossy_day

pytestmark = pytest.mark.once


def test_one_reconcile_heals_what_lost_messages_left_and_the_next_writes_nothing() -> None:
    days = [lossy_day(seed) for seed in range(4)]
    assert sum(day.wrong_before for day in days)
    assert {(day.wrong_after, day.drift, day.writes) for day in days} == {(0, 0, 0)}
