"""A handler that freezes anywhere and thaws when all is over does no harm; without the guards against it, it does."""

import pytest

from tests.simulation.guards import GUARDS
from tests.simulation.mutation import mutated
from tests.simulation.stories import CATCHES, STORIES, Catch
from tests.simulation.world import World
from tests.simulation.zombies import live_through, start

pytestmark = [pytest.mark.once, pytest.mark.long]


@pytest.mark.parametrize("late", [False, True], ids=["slow", "late"])
@pytest.mark.parametrize("name", STORIES)
def test_a_handler_that_thaws_last_does_no_harm(name: str, late: bool) -> None:
    standing, story = start(World(), STORIES[name]), STORIES[name]
    requests, differences = live_through(standing, story, -1, "none", late=late)
    assert requests
    assert differences == ()
    for place, request in enumerate(requests):
        assert live_through(standing, story, place, "none", late=late)[1] == (), (place, request)


@pytest.mark.parametrize("guard", CATCHES)
def test_a_frozen_handler_does_harm_when_its_guard_is_gone(guard: str) -> None:
    """At the place that is known, else at any: code that moved may have moved the place."""
    catch = CATCHES[guard]
    with mutated(GUARDS[guard]):
        assert harms(catch) or any(harms(catch._replace(place=place)) for place in range(200))


def harms(catch: Catch) -> bool:
    """Whether the site ends as another than a rebuild's."""
    story = STORIES[catch.story]
    return bool(live_through(start(World(), story), story, catch.place, catch.end, late=catch.late)[1])
