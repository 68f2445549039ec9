"""Reconcile: find what lost messages left behind, and start over after a deploy or new settings."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from itertools import islice
from typing import NamedTuple

from functions.core import keys
from functions.core.build import Build
from functions.core.files import kind_of
from functions.core.groups import is_list, related_group
from functions.core.objects import Condition
from functions.core.preview import LIFE
from functions.core.record import Record
from functions.core.related.rows import Row
from functions.workflows.dirty import mark
from functions.workflows.install import install
from functions.workflows.ports import Press
from functions.workflows.relate import look, says_the_same

_PATIENCE = timedelta(minutes=2)
_AT_ONCE = 250
_BEAT = timedelta(minutes=15)  # a batch of a rebuild takes five at most, and is tried again


class Reconciled(NamedTuple):
    """What was found and sent on its way again."""

    flags: int
    uploads: int


def reconcile_light(press: Press, now: datetime) -> Reconciled:
    """Wake again the groups whose flag is older than any healthy render takes, and forget old previews.

    While a rebuild runs, flagged lists are its own business: its last step renders them.
    """
    late = [keys.group_of_dirty(flag.key) for flag in press.state.list(keys.DIRTY) if now - flag.modified > _PATIENCE]
    if any(map(is_list, late)) and _rebuilding(press, now):
        late = [name for name in late if not is_list(name)]
    press.queues.ask_renders({name: press.nonce() for name in late})
    _forget_drafts(press, now)
    return Reconciled(len(late), 0)


def reconcile_full(press: Press, *, deployed: bool = False) -> Reconciled:
    """Put the build in force, then compare the whole inbox with the records; every difference is ingested again.

    `deployed`: this is the last step of a deployment, so the code that runs is the one to be put in force.
    """
    build = install(press, deployed=deployed)
    flags = {keys.group_of_dirty(flag.key): press.nonce() for flag in press.state.list(keys.DIRTY)}
    press.queues.ask_renders(flags)
    rows = look(press, lambda shelves: shelves.rows)
    audit = _Audit(rows, set(rows), set())
    press.queues.ask_ingests([keys.PINS_KEY])
    asked: set[str] = set()
    for stale in _stale_uploads(press, build, audit):
        press.queues.ask_ingests(stale)  # at once: a walk that runs out of time has not been in vain
        asked.update(stale)
    phantoms = dict.fromkeys(_with_phantoms(press, audit.claimed)).keys() - asked
    press.queues.ask_ingests(sorted(phantoms))
    mark(press, map(related_group, sorted(audit.amiss)))
    return Reconciled(len(flags), len(asked) + len(phantoms))


class _Audit(NamedTuple):
    """What the records are held against: the rows that stand in the archive, by article.

    `amiss` are the articles whose row is not what their record says, `claimed` the markers of all records, as hashes.
    """

    rows: Mapping[str, Row]
    amiss: set[str]
    claimed: set[int]

    def look_at(self, record: Record) -> None:
        self.claimed.update(hash(claim.marker(record.id)) for claim in record.ever)
        if says_the_same(self.rows.get(record.id), record.row):
            self.amiss.discard(record.id)
        else:
            self.amiss.add(record.id)


def _stale_uploads(press: Press, build: Build, audit: _Audit) -> Iterator[list[str]]:
    """The keys whose newest version, or whose images' newest versions, are not what the records say; some at a time."""
    newest = dict(press.inbox.keys())
    images = {key: ver for key, ver in newest.items() if kind_of(key) == "image"}
    uploads = ((key, ver) for key, ver in newest.items() if key.startswith(keys.ARTICLES))
    while some := list(islice(uploads, _AT_ONCE)):
        places = {key: (keys.receipt(keys.id_of(key), ver), keys.record(keys.id_of(key))) for key, ver in some}
        found = press.state.get_many([place for both in places.values() for place in both])
        stale = []
        for key, ver in some:
            answered, stored = (found[place] for place in places[key])
            record = Record.model_validate_json(stored.body) if stored else None
            if record is not None:
                audit.look_at(record)
            if answered is None or (record is not None and not _is_current(record, ver, build, images)):
                stale.append(key)
        yield stale


def _is_current(record: Record, ver: str, build: Build, images: dict[str, str]) -> bool:
    looked_at = all(images.get(key) == seen for key, seen in record.images.items())
    return looked_at and (record.ver, record.build) == (ver, build.id)


def _with_phantoms(press: Press, claimed: set[int]) -> Iterator[str]:
    """The keys of uploads of which a marker stands that no record claims: ingesting them takes it away.

    A slow worker may leave one, writing markers for a record that has been replaced by one with fewer claims.
    """
    for marker in press.state.list(keys.MARKERS):
        if not marker.key.startswith(keys.NEEDS) and hash(marker.key) not in claimed:
            yield keys.inbox_key(keys.id_of_marker(marker.key))


def _rebuilding(press: Press, now: datetime) -> bool:
    """Whether a batch of a rebuild has begun a short while ago."""
    return any(now - beat.modified <= _BEAT for beat in press.state.list(keys.REBUILD_BEAT))


def _forget_drafts(press: Press, now: datetime) -> None:
    """Take away the previews whose time is over."""
    for listed, delete in (
        (press.site.list(keys.PREVIEWS), press.site.delete),
        (press.state.list(keys.DRAFTS), press.state.delete),
    ):
        for found in list(listed):
            if now - found.modified > LIFE:
                delete(found.key, Condition(found.etag))
