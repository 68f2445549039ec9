"""Walk: a new build is made known to all uploads, a part at a time, from the place that walk.json tells.

A part ends with a message that names newsroom.toml, behind those of its uploads: so no more of them wait than a part
has, the walk is as fast as they are taken in, and a build that is replaced half way leaves little to do in vain.

Keys are in no order that readers care for, and the walk of a large archive takes hours: the newest articles come first.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from functions.core import keys
from functions.core.build import Build, Walk
from functions.core.claims import SITE
from functions.core.errors import UnknownForm, WriteConflict
from functions.core.files import kind_of
from functions.core.objects import Condition, Stored
from functions.core.record import Record
from functions.workflows.now import current_build
from functions.workflows.ports import Press
from functions.workflows.records import legible

_PART = 1000  # a page of LIST: 0.2 s of CPU, and as long as 2,000 GETs take, 16 at once
_AT_ONCE = 250
_NEWEST = 200  # articles: what a day's readers look at


class Taken(NamedTuple):
    """The newest version of an upload, and what has become of it."""

    key: str
    ver: str
    answered: bool
    record: Record | None

    @property
    def stands(self) -> bool:
        """Whether it was answered, and its record, which an article has, tells of no other version."""
        if self.record is None:
            return self.answered and not (keys.is_natural(self.key) and kind_of(self.key) == "article")
        return self.answered and self.record.ver == self.ver

    def is_of(self, build: Build) -> bool:
        """Whether no record was made under another build."""
        return self.record is None or self.record.build == build.id


def set_out(press: Press) -> None:
    """Begin with the first upload, whoever is under way."""
    _stay(press, "", None)


def place(press: Press) -> str | None:
    """The key up to which the build in force has been made known; None once it is to all."""
    stored = press.state.get(keys.WALK_KEY)
    return _after(stored) if stored else None


def walk(press: Press) -> int:
    """Ask for whatever is not up to date in the next part, then for the part after it; how many uploads that is.

    The place is read before the build, so that nobody leaves that of a newer one; and once its part was asked for.
    """
    stored = press.state.get(keys.WALK_KEY)
    if stored is None:
        return 0
    build, after = current_build(press), _after(stored)
    if not after:
        press.queues.ask_ingests([keys.PINS_KEY])
    part = list(islice(press.inbox.keys(keys.ARTICLES, after), _PART))
    stale = [each.key for some in taken(press, part) for each in some if not (each.stands and each.is_of(build))]
    if not after:
        stale = list(dict.fromkeys([*_newest(press, build), *stale]))
    press.queues.ask_again(stale)
    if _is_more(press, stored, part):
        press.queues.ask_again([keys.SETTINGS_KEY])
    return len(stale)


def _newest(press: Press, build: Build) -> Iterator[str]:
    """The keys of those of the newest articles that have yet to hear of a build."""
    markers = islice(press.state.list(keys.markers("all", SITE), _NEWEST), _NEWEST)
    found = press.state.get_many([keys.record(keys.id_of_marker(marker.key)) for marker in markers])
    return (record.key for record in map(legible, found.values()) if record and record.build != build.id)


def taken(press: Press, uploads: Iterable[tuple[str, str]]) -> Iterator[list[Taken]]:
    """What has become of uploads (keys, each with its newest version), some at a time."""
    remaining = iter(uploads)
    while some := list(islice(remaining, _AT_ONCE)):
        kept = [(keys.receipt(keys.id_of(key), ver), keys.record(keys.id_of(key))) for key, ver in some]
        found = press.state.get_many([name for both in kept for name in both])
        yield [
            Taken(key, ver, found[answer] is not None, legible(found[record]))
            for (key, ver), (answer, record) in zip(some, kept, strict=True)
        ]


def unreached(press: Press) -> Iterator[Record]:
    """The records of articles that the build in force has yet to be made known to."""
    build = current_build(press)
    return (record for record in all_records(press) if record.build != build.id)


def all_records(press: Press) -> Iterator[Record]:
    """Every record that can be read, some at a time."""
    keys_of_all = (found.key for found in press.state.list(keys.RECORDS))
    while some := list(islice(keys_of_all, _AT_ONCE)):
        yield from filter(None, map(legible, press.state.get_many(some).values()))


def _is_more(press: Press, stored: Stored, part: Sequence[tuple[str, str]]) -> bool:
    """Leave the place; whether somebody has to go on from where the walk is then.

    Who is told of a conflict goes on as well: the one who was faster may be oneself, had the answer not been lost.
    """
    condition = Condition(stored.etag)
    try:
        if len(part) < _PART:
            press.state.delete(keys.WALK_KEY, condition)
            return False
        _stay(press, part[-1][0], condition)
    except WriteConflict:
        pass
    return True


def _stay(press: Press, after: str, condition: Condition | None) -> None:
    press.state.put(keys.WALK_KEY, Walk(after=after, nonce=press.nonce()).canonical(), condition)


def _after(stored: Stored) -> str:
    """The place; the beginning where it cannot be read."""
    try:
        return Walk.read(stored.body).after
    except UnknownForm:
        return ""
