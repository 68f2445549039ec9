"""What was written down as harmful without a guard does no harm with all of them."""

import pytest

from tests.simulation import scenes, stories

pytestmark = pytest.mark.once


@pytest.mark.parametrize("scene", scenes.CATCHES.values(), ids=lambda scene: scene.__name__)
def test_a_scene_ends_in_the_site_of_a_rebuild(scene: scenes.Scene) -> None:
    assert scenes.differences_after(scene) == []


@pytest.mark.parametrize("catch", stories.CATCHES.values(), ids=str)
def test_a_frozen_handler_that_harms_a_press_without_its_guard_harms_none_that_has_it(catch: stories.Catch) -> None:
    assert not catch.harms()
