"""Schedules drawn at random: a few with the tests, thousands by `make simulate`."""

import pytest

from tests.simulation.schedule import Schedule
from tests.simulation.seeds import ONCE_FAILED

pytestmark = pytest.mark.once
_FEW = 40


@pytest.mark.parametrize("seed", [*range(_FEW), *ONCE_FAILED])
def test_a_site_is_that_of_a_rebuild_whatever_happens(seed: int) -> None:
    outcome = Schedule(seed).run()
    assert outcome.differences == (), f"python -m tests.simulation --seeds 1 --seed0 {seed} --trace"


def test_a_seed_is_always_the_same_schedule() -> None:
    first, again, other = Schedule(7).run(), Schedule(7).run(), Schedule(8).run()
    assert first == again
    assert first.digest != other.digest
