"""Forget: a sign-up that nobody confirmed leaves after 7 days, also where more is known of its address.

Of a row that holds nothing else the table's time to live takes care. The row of a reader, of one who left or of an
erased address stays for ever, so that the sign-up has to be taken out of it.
"""

from functions.core.errors import UnknownForm
from functions.core.newsletter import rows
from functions.core.newsletter.subscriber import Subscriber
from functions.workflows.counter import Rows
from functions.workflows.subscribers import change


def forget(table: Rows, now: int) -> int:
    """Takes out what has lapsed; from how many rows. Again, or beside any other writer of a row, is the same."""
    found = [rows.subscriber_of(row.key.pk) for row in table.scan((rows.STATE,)) if _lapsed(row.body, now)]
    for subscriber in found:
        change(table, subscriber, lambda before: before.without_lapsed(now))
    return len(found)


def _lapsed(body: str, now: int) -> bool:
    try:
        known = Subscriber.read(body)
    except UnknownForm:
        return False  # the report tells of it
    return known.expires is None and known.without_lapsed(now) != known
