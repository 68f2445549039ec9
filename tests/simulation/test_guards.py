"""The simulation bites: without any one of its guards the protocol fails, and a schedule notices."""

from collections.abc import Iterator
from itertools import chain

import pytest

from tests.simulation.guards import GUARDS
from tests.simulation.mutation import mutated
from tests.simulation.schedule import Schedule
from tests.simulation.seeds import CATCHES

pytestmark = pytest.mark.once
_SEARCH = 150


def test_a_cut_is_of_a_guard_that_stands() -> None:
    assert CATCHES.keys() <= GUARDS.keys()
    for cuts in GUARDS.values():
        with mutated(cuts):
            pass


@pytest.mark.parametrize("guard", CATCHES)
def test_a_schedule_notices_that_a_guard_is_gone(guard: str) -> None:
    """The seed that is known to notice, else any of the first: code that moved may have moved the seed."""
    with mutated(GUARDS[guard]):
        assert any(notices(seed) for seed in seeds(guard))


def seeds(guard: str) -> Iterator[int]:
    return chain([CATCHES[guard]], range(_SEARCH))


def notices(seed: int) -> bool:
    """Whether a schedule ends in another site than a rebuild's, or never ends."""
    try:
        return bool(Schedule(seed).run().differences)
    except AssertionError:
        return True
