"""Subscribers: every change of one is read, derived and written on condition that nobody wrote in between."""

from collections.abc import Callable

from functions.core.errors import NotSettled, WriteConflict
from functions.core.newsletter import rows
from functions.core.newsletter.rows import Consent, Row
from functions.core.newsletter.subscriber import Subscriber
from functions.workflows.counter import Rows

_PASSES = 200  # a hundred writers of one row at once must all come through

Derive = Callable[[Subscriber], Subscriber | None]


def read(table: Rows, subscriber: str) -> Subscriber:
    """What is known of a subscriber; an empty one for a stranger."""
    row = table.read(rows.state(subscriber))
    return Subscriber.read(row.body) if row else Subscriber()


def change(table: Rows, subscriber: str, derive: Derive) -> Subscriber | None:
    """Writes what `derive` makes of the subscriber, if that is a change; None if `derive` says that there is none.

    Raises NotSettled, when too many others write the same row.
    """
    key = rows.state(subscriber)
    for _ in range(_PASSES):
        row = table.read(key)
        before = Subscriber.read(row.body) if row else Subscriber()
        after = derive(before)
        if after is None or after == before:
            return after
        try:
            table.write(Row(key, after.canonical().decode(), (row.rev if row else 0) + 1, after.expires))
        except WriteConflict:
            continue
        return after
    raise NotSettled("subscriber")


def note(table: Rows, subscriber: str, entry: Consent, expires: int | None = None) -> None:
    """Adds an entry to the consent ledger; one that is there already stays as it is."""
    row = Row(rows.consent(subscriber, entry), entry.canonical().decode(), 1, expires)
    try:
        table.write(row)
    except WriteConflict:
        return
