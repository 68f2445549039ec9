"""The simulation bites: without any one of its guards the protocol fails, and somebody notices."""

import pytest

from tests.simulation import scenes, seeds, stories
from tests.simulation.gate import caught
from tests.simulation.guards import GUARDS
from tests.simulation.mutation import mutated

pytestmark = pytest.mark.once


def test_a_cut_is_of_a_guard_that_stands() -> None:
    for cuts in GUARDS.values():
        with mutated(cuts):
            pass


def test_of_every_guard_it_is_known_what_notices_that_it_is_gone() -> None:
    known = [*scenes.CATCHES, *stories.CATCHES, *seeds.CATCHES]
    assert sorted(known) == sorted(GUARDS)


@pytest.mark.parametrize(
    "guard", [pytest.param(guard, marks=[pytest.mark.long] * (guard in stories.CATCHES)) for guard in GUARDS]
)
def test_it_is_noticed_that_a_guard_is_gone(guard: str) -> None:
    assert caught(guard).by
