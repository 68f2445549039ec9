"""A handler that freezes anywhere and thaws when all is over does no harm."""

import pytest

from tests.simulation.stories import STORIES
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
