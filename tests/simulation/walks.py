"""Walks: the guards by which a new build reaches every upload, and for each the scene that goes wrong without it.

A part has two uploads here, and the newsroom three.
"""

from collections.abc import Callable, Mapping

from functions.core import keys
from tests.simulation.crashes import drain
from tests.simulation.mutation import Cut
from tests.simulation.stage import Actor
from tests.simulation.workflows import published
from tests.simulation.world import SETTINGS, World

_WALK = "functions.workflows.walk"
_READ = """\
    stored = press.state.get(keys.WALK_KEY)
    if stored is None:
        return 0
    build, after = current_build(press), _after(stored)
"""
_READ_THE_BUILD_FIRST = """\
    build = current_build(press)
    stored = press.state.get(keys.WALK_KEY)
    if stored is None:
        return 0
    after = _after(stored)
"""
_ASK = "    press.queues.ask_again(stale)\n"
_GO_ON = "    if _is_more(press, stored, part):\n        press.queues.ask_again([keys.SETTINGS_KEY])\n"

_ANNOUNCED = "        press.state.put(keys.BUILD_KEY, done.canonical(), Condition(standing.etag))"
WOKEN = Cut("functions.workflows.reconcile", "if now - each.modified > _BEAT]", "if False]")
GUARDS: Mapping[str, tuple[Cut, ...]] = {
    "a walk leaves a place once its part was asked for": (Cut(_WALK, _ASK + _GO_ON, _GO_ON + _ASK),),
    "a walk leaves only the place that it has read": (
        Cut(_WALK, "condition = Condition(stored.etag)", "condition = None"),
    ),
    "a walk never stands at the same place twice": (Cut(_WALK, "nonce=press.nonce())", 'nonce="")'),),
    "a walk reads its place before the build": (Cut(_WALK, _READ, _READ_THE_BUILD_FIRST),),
    "a walk that has come to a stop is woken": (WOKEN,),
    "a walk goes on whoever was faster": (
        Cut(_WALK, "        pass\n    return True", "        return False\n    return True"),
        WOKEN,
    ),
    "a walk begins before a build counts as announced": (
        Cut(
            "functions.workflows.install",
            "    set_out(press)\n    standing = press.state.get(keys.BUILD_KEY)\n",
            "    standing = press.state.get(keys.BUILD_KEY)\n",
        ),
        Cut("functions.workflows.install", _ANNOUNCED, f"{_ANNOUNCED}\n        set_out(press)"),
    ),
}


def a_part_that_nobody_was_asked_for(world: World) -> None:
    """A worker dies of its first word about the uploads of a part."""
    _begin(world).dies_of_its_next_write()


def a_walk_that_other_settings_overtake(world: World) -> None:
    """A part is taken in, and its place about to be left, while other settings set out from the same place."""
    slow = _begin(world).stops_before("PUT", keys.WALK_KEY)
    drain(world)
    newer = _settings(world, "Ékono").stops_before("GET", keys.WALK_KEY)
    slow.ends()
    newer.ends()


def a_walk_of_a_build_that_went(world: World) -> None:
    """Of two workers with the same settings one is slow, and comes to the walk when it is that of newer settings."""
    published(world)
    drain(world)
    slow = _settings(world, "Éko").stops_before("GET", keys.WALK_KEY)
    world.notify(keys.SETTINGS_KEY)
    drain(world)
    newer = _settings(world, "Ékono").stops_before("GET", keys.WALK_KEY)
    slow.ends()
    newer.ends()


def a_step_whose_answer_got_lost(world: World) -> None:
    """A worker has left its place, and hears that somebody has."""
    _begin(world).stops_before("PUT", keys.WALK_KEY).hears_nothing().ends()


def a_part_whose_message_got_lost(world: World) -> None:
    """A part is taken in, and the word to go on is lost."""
    _begin(world).ends()
    world.ingests.lose(keys.SETTINGS_KEY)


def a_walk_that_has_not_begun(world: World) -> None:
    """A worker dies once its build counts as announced."""
    published(world)
    drain(world)
    slow = _settings(world, "Éko").stops_before("PUT", keys.BUILD_KEY).goes_on().stops_before("PUT", keys.BUILD_KEY)
    slow.dies_of_its_next_write()


def _begin(world: World) -> Actor:
    """Three articles, new settings, and a worker that is looking which of the first two they concern."""
    published(world)
    drain(world)
    return _settings(world, "Éko").stops_before("VERSIONS", keys.ARTICLES)


def _settings(world: World, name: str) -> Actor:
    world.upload(keys.SETTINGS_KEY, SETTINGS.replace("Éco", name))
    return Actor(world, keys.SETTINGS_KEY)


CATCHES: Mapping[str, Callable[[World], None]] = {
    "a walk leaves a place once its part was asked for": a_part_that_nobody_was_asked_for,
    "a walk leaves only the place that it has read": a_walk_that_other_settings_overtake,
    "a walk never stands at the same place twice": a_walk_that_other_settings_overtake,
    "a walk reads its place before the build": a_walk_of_a_build_that_went,
    "a walk that has come to a stop is woken": a_part_whose_message_got_lost,
    "a walk goes on whoever was faster": a_step_whose_answer_got_lost,
    "a walk begins before a build counts as announced": a_walk_that_has_not_begun,
}
