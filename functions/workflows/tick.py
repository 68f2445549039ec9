"""Tick: the press's clock moves on, and what has become due is ingested again."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from itertools import takewhile
from typing import NamedTuple

from functions.core import keys
from functions.core.errors import UnknownForm, WriteConflict
from functions.core.groups import HOURLY
from functions.core.objects import Condition, Listed
from functions.core.record import Record
from functions.workflows.dirty import mark
from functions.workflows.now import advance
from functions.workflows.ports import Press
from functions.workflows.records import record_of
from functions.workflows.remind import SOON, remind


class Struck(NamedTuple):
    """How many uploads were due, and by how much the one that waited longest was late."""

    due: int
    late: timedelta


def tick(press: Press, now: datetime) -> Struck:
    """Advance the clock, wake what is due, and drop the markers of what no longer waits.

    What will be due before the next tick is sent word for its very second.

    What no longer waits may have grown too old for the news sitemap, so the pages that follow the hour are flagged. A
    missed tick costs nothing but time: markers stay until their record has moved on, and the flag is set.
    """
    advance(press, now)
    over: list[Listed] = []
    waiting: dict[str, datetime] = {}
    for marker, record in _near(press, now):
        if record and record.due and keys.due(record.due, record.id) == marker.key:
            if record.due > now:
                remind(press, record.key, record.due, now)
            else:
                waiting[record.key] = record.due
        elif marker.key <= keys.due_until(now):
            over.append(marker)
    if over:
        mark(press, HOURLY)
    press.queues.ask_ingests(waiting)
    for marker in over:
        with suppress(WriteConflict):  # set anew meanwhile, or dropped by a try of which the answer got lost
            press.state.delete(marker.key, Condition(marker.etag))
    return Struck(len(waiting), max((now - due for due in waiting.values()), default=timedelta()))


def _near(press: Press, now: datetime) -> Iterator[tuple[Listed, Record | None]]:
    """The markers of what is due, or will be before the next tick, each with its upload's record."""
    end = keys.due_until(now + SOON)
    for marker in list(takewhile(lambda each: each.key <= end, press.state.list(keys.DUE))):
        upload_id = keys.id_of_marker(marker.key)
        try:
            yield marker, record_of(press.state, upload_id)
        except UnknownForm:  # others do not wait for it, and its marker stays
            press.queues.ask_ingests([keys.inbox_key(upload_id)])
