"""Reconcile: find what lost messages left behind, and put in force what was deployed."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import NamedTuple

from functions.core import keys
from functions.core.build import Build
from functions.core.files import kind_of
from functions.core.groups import is_list, related_group
from functions.core.objects import Condition
from functions.core.preview import LIFE
from functions.core.record import Record
from functions.core.related.rows import Row
from functions.workflows import intake
from functions.workflows.dirty import mark
from functions.workflows.install import install
from functions.workflows.ports import Press
from functions.workflows.relate import look, says_the_same
from functions.workflows.walk import Taken, all_records, place, taken, walk

_PATIENCE = timedelta(minutes=2)
_BEAT = timedelta(minutes=15)  # a batch of a rebuild takes five at most, and is tried again; a part of a walk two


class Reconciled(NamedTuple):
    """What was found and sent on its way again."""

    flags: int
    uploads: int


def reconcile_light(press: Press, now: datetime) -> Reconciled:
    """Wake again the groups whose flag is older than any healthy render takes, and a walk that has come to a stop; end
    an intake that nobody goes on with.

    While a rebuild runs, flagged lists are its own business: its last step renders them. Old previews are forgotten.
    """
    late = [keys.group_of_dirty(flag.key) for flag in press.state.list(keys.DIRTY) if now - flag.modified > _PATIENCE]
    if any(map(is_list, late)) and _rebuilding(press, now):
        late = [name for name in late if not is_list(name)]
    press.queues.ask_renders({name: press.nonce() for name in late})
    stopped = [keys.SETTINGS_KEY for each in press.state.list(keys.WALK_KEY) if now - each.modified > _BEAT]
    press.queues.ask_again(stopped)
    if any(now - each.modified > _BEAT for each in press.state.list(keys.INTAKE_KEY)):
        intake.end(press)
    _forget_drafts(press, now)
    return Reconciled(len(late), len(stopped))


def deploy(press: Press) -> Reconciled:
    """The last step of a deployment: the code that runs is put in force. If it was, what was lost is looked for."""
    install(press, deployed=True)
    if place(press) is None:
        return reconcile_full(press)
    return Reconciled(_wake_all(press), walk(press))


def reconcile_full(press: Press) -> Reconciled:
    """Put the build in force, then compare the whole inbox with the records; every difference is ingested again.

    What a walk has not come to yet is its own business, as far as it is about the build.
    """
    build = install(press)
    flags = _wake_all(press)
    come_to = place(press)
    if come_to is not None:
        press.queues.ask_again([keys.SETTINGS_KEY])
    rows = look(press, lambda shelves: shelves.rows)
    audit = _Audit(rows, set(rows), set())
    press.queues.ask_ingests([keys.PINS_KEY])
    asked: set[str] = set()
    for stale in _stale_uploads(press, build, audit, come_to):
        press.queues.ask_again(stale)  # at once: a walk that runs out of time has not been in vain
        asked.update(stale)
    at_odds = {*_at_odds_with_markers(press, audit.claimed)} - asked
    press.queues.ask_again(sorted(at_odds))
    mark(press, map(related_group, sorted(audit.amiss)))
    return Reconciled(flags, len(asked) + len(at_odds))


class _Audit(NamedTuple):
    """What the records are held against: the rows that stand in the archive, by article.

    `amiss` are the articles whose row is not what their record says, `claimed` the markers of all records, as hashes.
    """

    rows: Mapping[str, Row]
    amiss: set[str]
    claimed: set[int]

    def look_at(self, record: Record) -> None:
        self.claimed.update(map(hash, record.markers))
        if says_the_same(self.rows.get(record.id), record.row):
            self.amiss.discard(record.id)
        else:
            self.amiss.add(record.id)


def _stale_uploads(press: Press, build: Build, audit: _Audit, come_to: str | None) -> Iterator[list[str]]:
    """The keys whose newest version, or whose images' newest versions, are not what the records say; some at a time."""
    newest = dict(press.inbox.keys())
    images = {key: ver for key, ver in newest.items() if kind_of(key) == "image"}
    for some in taken(press, (upload for upload in newest.items() if upload[0].startswith(keys.ARTICLES))):
        for each in some:
            if each.record:
                audit.look_at(each.record)
        yield [each.key for each in some if not _is_current(each, build, images, come_to)]


def _is_current(upload: Taken, build: Build, images: Mapping[str, str], come_to: str | None) -> bool:
    seen = upload.record.images if upload.record else {}
    walked = come_to is None or upload.key <= come_to
    looked_at = all(images.get(key) == ver for key, ver in seen.items())
    return looked_at and upload.stands and (upload.is_of(build) or not walked)


def _wake_all(press: Press) -> int:
    """Wake every group that is flagged; how many they are."""
    flags = {keys.group_of_dirty(flag.key): press.nonce() for flag in press.state.list(keys.DIRTY)}
    press.queues.ask_renders(flags)
    return len(flags)


def _at_odds_with_markers(press: Press, claimed: set[int]) -> Iterator[str]:
    """The keys of uploads of which a marker stands that no record claims, or is gone that one does: to ingest them puts
    both right.

    A slow worker may leave one, writing markers for a record that has been replaced by one with fewer claims. None goes
    by itself; of an older state bucket that was restored some may be gone. What is not found is left in `claimed`.
    """
    for marker in press.state.list(keys.MARKERS):
        if hash(marker.key) in claimed:
            claimed.discard(hash(marker.key))
        elif not marker.key.startswith(keys.NEEDS):
            yield keys.inbox_key(keys.id_of_marker(marker.key))
    claimed.difference_update(hash(marker.key) for marker in press.state.list(keys.DUE))
    if claimed:
        yield from (each.key for each in all_records(press) if not claimed.isdisjoint(map(hash, each.markers)))


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
