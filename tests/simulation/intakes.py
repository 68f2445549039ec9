"""Intakes: the guards by which boxes that are left to the end of one are printed then, and a scene for each.

A part has two uploads here.
"""

from collections.abc import Callable, Mapping

from functions.core import keys
from functions.workflows import intake
from tests.simulation.crashes import drain
from tests.simulation.mutation import Cut
from tests.simulation.stage import Actor
from tests.simulation.workflows import NEWER, A, neighbours
from tests.simulation.world import World

_INTAKE, _RELATE = "functions.workflows.intake", "functions.workflows.relate"
_MARK = "    mark(press, map(article_group, articles))\n"
_LEAVE = """\
    if len(part) < _PART:
        press.state.delete(keys.INTAKE_KEY, Condition(stored.etag))
    else:
        _put(press, Intake(nonce=press.nonce(), over=True, after=part[-1]), Condition(stored.etag))
        press.queues.ask_again([keys.INTAKE_KEY])
"""
GUARDS: Mapping[str, tuple[Cut, ...]] = {
    "at the end of an intake every article is flagged": (Cut(_INTAKE, _MARK, ""),),
    "who leaves others to the end of an intake is in the archive": (
        Cut(_RELATE, "    wrote = False\n", "    leaves = intake.under_way(press)\n    wrote = False\n"),
        Cut(_RELATE, "if hosts and intake.under_way(press):", "if leaves:"),
    ),
    "an intake leaves a part once it is flagged": (Cut(_INTAKE, _MARK + _LEAVE, _LEAVE + _MARK),),
    "only the intake that was read is over": (
        Cut(
            _INTAKE,
            "press.state.delete(keys.INTAKE_KEY, Condition(stored.etag))",
            "press.state.delete(keys.INTAKE_KEY, None)",
        ),
    ),
    "an intake never stands at the same place twice": (
        Cut(_INTAKE, "Intake(nonce=press.nonce(), over=True), Condition", 'Intake(nonce="", over=True), Condition'),
    ),
    "an intake that nobody goes on with is ended": (
        Cut("functions.workflows.reconcile", "if any(now - each.modified > _BEAT for", "if any(False for"),
    ),
}


def an_archive(world: World) -> None:
    """An article comes whose two neighbours are there before it, and then the intake is over."""
    _taken_in(world)
    intake.end(world.press(world.code))


def an_article_that_is_slow(world: World) -> None:
    """The intake is over, and everybody flagged, before an article gets into the archive."""
    _begun(world)
    world.upload(A, NEWER)
    Actor(world, "a.md").ends()
    slow = Actor(world, '"rel:a.md"').stops_before("PUT", keys.POSTINGS)
    intake.end(world.press(world.code))
    drain(world)
    slow.ends()


def a_part_that_was_left(world: World) -> None:
    """A worker dies of its first word about the articles of a part."""
    _taken_in(world)
    intake.end(world.press(world.code))
    Actor(world, keys.INTAKE_KEY).dies_of_its_next_write()


def an_archive_that_comes_at_once(world: World) -> None:
    """Another archive comes in while the last part of the first one is flagged: its end is still to come."""
    _begun(world)
    intake.end(world.press(world.code))
    Actor(world, keys.INTAKE_KEY).ends()
    slow = Actor(world, keys.INTAKE_KEY).stops_before("DELETE", keys.INTAKE_KEY)
    _taken_in(world)
    slow.ends()
    intake.end(world.press(world.code))


def an_archive_that_has_come_at_once(world: World) -> None:
    """Another archive is in, and its end is said, while the first part of the first one is about to be left."""
    _begun(world)
    intake.end(world.press(world.code))
    slow = Actor(world, keys.INTAKE_KEY).stops_before("PUT", keys.INTAKE_KEY)
    _taken_in(world)
    intake.end(world.press(world.code))
    slow.ends()


def an_archive_whose_end_nobody_says(world: World) -> None:
    """Whoever brought the archive has gone."""
    _taken_in(world)


def _begun(world: World) -> None:
    """Two neighbours are there when an archive begins to come in."""
    neighbours(world)
    drain(world)
    intake.begin(world.press(world.code))


def _taken_in(world: World) -> None:
    """An archive has come in: an article that the boxes of its neighbours lack."""
    _begun(world)
    world.upload(A, NEWER)
    drain(world)


CATCHES: Mapping[str, Callable[[World], None]] = {
    "at the end of an intake every article is flagged": an_archive,
    "who leaves others to the end of an intake is in the archive": an_article_that_is_slow,
    "an intake leaves a part once it is flagged": a_part_that_was_left,
    "only the intake that was read is over": an_archive_that_comes_at_once,
    "an intake never stands at the same place twice": an_archive_that_has_come_at_once,
    "an intake that nobody goes on with is ended": an_archive_whose_end_nobody_says,
}
