"""Status: what is live, since which version, and what it waits for."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from itertools import islice

from functions.core import keys
from functions.core.errors import AccessRefused
from functions.core.groups import groups_of, preview_group
from functions.core.model import Frozen
from functions.core.reading import Reading, State
from functions.core.receipt import Receipt
from functions.core.record import Record
from functions.workflows.live import start_of
from functions.workflows.ports import Press
from functions.workflows.receipts import receipt_of
from functions.workflows.records import record_of, records_of

_PART = 500  # uploads whose status is made out at once


class Status(Frozen):
    """One upload's state.

    `ver` is the newest version, `live_ver` the one that readers get, `live_since` when what it waited for last came:
    its upload, hour or image; None also for who may not see when that image came. `waiting_for` names the groups that
    are flagged and not yet rendered: nothing there means that what readers see is up to date.
    """

    id: str
    key: str
    state: State
    ver: str
    live_ver: str | None = None
    live_since: datetime | None = None
    path: str | None = None
    due: datetime | None = None
    receipt: Receipt | None = None
    waiting_for: tuple[str, ...] = ()


def status_of(press: Press, upload_id: str) -> Status | None:
    """The status of one upload; None when the press knows nothing of it."""
    record = record_of(press.state, upload_id)
    if record is None:
        return None
    receipt = receipt_of(press, record.key, record.ver)
    return _status(press, record, receipt, groups_waiting(press, record), dated=True)


def statuses(press: Press, *, dated: bool = True) -> Iterator[Status]:
    """The status of every upload that the press has a record of, by id.

    Unless they are `dated`, none says since when it is live: that takes a look at all versions of each image.
    """
    ids = (keys.id_of_record(found.key) for found in press.state.list(keys.RECORDS))
    while some := list(islice(ids, _PART)):
        records = records_of(press.state, some)
        flagged = {keys.group_of_dirty(found.key) for found in press.state.list(keys.DIRTY)}  # set after the records
        receipts = press.state.get_many([keys.receipt(record.id, record.ver) for record in records])
        for record, stored in zip(records, receipts.values(), strict=True):
            receipt = Receipt.read(stored.body) if stored else None
            waiting_for = tuple(group for group in _groups(record) if group in flagged)
            yield _status(press, record, receipt, waiting_for, dated=dated)


def newest_answer(press: Press, key: str) -> Receipt | None:
    """The receipt of the newest version of an inbox key that has one, whatever was uploaded there."""
    return next(filter(None, (receipt_of(press, key, version.ver) for version in press.inbox.versions(key))), None)


def is_settled(press: Press, upload_id: str) -> bool:
    """Whether readers see all that is known of an upload: no group that it concerns is still flagged."""
    record = record_of(press.state, upload_id)
    return record is None or not groups_waiting(press, record)


def groups_waiting(press: Press, record: Record) -> tuple[str, ...]:
    """The groups that concern an upload and that are flagged: they are still to be rendered."""
    groups = _groups(record)
    flags = press.state.get_many([keys.dirty(group) for group in groups])
    return tuple(group for group, flag in zip(groups, flags.values(), strict=True) if flag)


def _groups(record: Record) -> tuple[str, ...]:
    return (*groups_of(record), preview_group(record.id))


def _status(
    press: Press, record: Record, receipt: Receipt | None, waiting_for: tuple[str, ...], *, dated: bool
) -> Status:
    live = next((reading for reading in record.history if dated and reading.ver == record.live_ver), None)
    return Status(
        id=record.id,
        key=record.key,
        state=record.state,
        ver=record.ver,
        live_ver=record.live_ver,
        live_since=_live_since(press, live) if live else None,
        path=record.path,
        due=record.due,
        receipt=receipt,
        waiting_for=waiting_for,
    )


def _live_since(press: Press, live: Reading) -> datetime | None:
    with suppress(AccessRefused):  # an image that lies with another desk
        return start_of(press, live).at
    return None
