"""Intake: while a whole archive comes in, nobody prints the boxes of older articles again for each newer one.

Each of a thousand articles would enter a hundred boxes of those before it. Instead all articles are flagged once, at
the end of the intake: a part at a time, like a walk, from the place that intake.json tells.

Whoever would flag others stores its own row first, and looks for intake.json after that. So who leaves it to the end
has its row in the archive before any article is flagged.
"""

from itertools import islice

from functions.core import keys
from functions.core.errors import UnknownForm
from functions.core.files import kind_of
from functions.core.groups import article_group
from functions.core.model import Frozen
from functions.core.objects import Condition, Stored
from functions.workflows.dirty import mark
from functions.workflows.ports import Press

_PART = 1000


class Intake(Frozen):
    """What intake.json holds: an archive comes in; or that is over, and articles up to an inbox key are flagged.

    The nonce is new with every write, so that the object's ETag never repeats.
    """

    nonce: str
    over: bool = False
    after: str = ""


def begin(press: Press) -> None:
    """An archive comes in, or still does: it counts as over when nobody has said so for a quarter of an hour."""
    _put(press, Intake(nonce=press.nonce()), None)


def under_way(press: Press) -> bool:
    """Whether boxes of older articles are left to the end."""
    stored = press.state.get(keys.INTAKE_KEY)
    return stored is not None and not _read(stored).over


def end(press: Press) -> None:
    """All is in, or somebody has stopped half way: from now on older articles are flagged. Safe to repeat."""
    stored = press.state.get(keys.INTAKE_KEY)
    if stored is None:
        return
    if not _read(stored).over:
        _put(press, Intake(nonce=press.nonce(), over=True), Condition(stored.etag))
    press.queues.ask_again([keys.INTAKE_KEY])


def flag_part(press: Press) -> int:
    """Flag the articles of the next part, then ask for the part after it; how many those are.

    The place is left once its part is flagged, and only if it is still the one that was read.
    """
    stored = press.state.get(keys.INTAKE_KEY)
    if stored is None or not (intake := _read(stored)).over:
        return 0
    part = [key for key, _ in islice(press.inbox.keys(keys.ARTICLES, intake.after), _PART)]
    articles = [keys.id_of(key) for key in part if keys.is_natural(key) and kind_of(key) == "article"]
    mark(press, map(article_group, articles))
    if len(part) < _PART:
        press.state.delete(keys.INTAKE_KEY, Condition(stored.etag))
    else:
        _put(press, Intake(nonce=press.nonce(), over=True, after=part[-1]), Condition(stored.etag))
        press.queues.ask_again([keys.INTAKE_KEY])
    return len(articles)


def _put(press: Press, intake: Intake, condition: Condition | None) -> None:
    press.state.put(keys.INTAKE_KEY, intake.canonical(), condition)


def _read(stored: Stored) -> Intake:
    """What intake.json tells; where it cannot be read, that all articles are to be flagged."""
    try:
        return Intake.read(stored.body)
    except UnknownForm:
        return Intake(nonce="", over=True)
