"""Issue: once a day the newsletter is made from the records, and every reader is put into the send queue.

The issue's object is written only where there is none: whoever fires the scheduler again, or resumes after a crash,
finds the same issue and the readers that have no delivery yet.
"""

from collections.abc import Iterator
from itertools import islice, takewhile

from functions.core import keys
from functions.core.claims import SITE
from functions.core.errors import UnknownForm, WriteConflict
from functions.core.newsletter import rows
from functions.core.newsletter.issue import (
    ISSUES,
    Issue,
    Report,
    day,
    day_before,
    horizon,
    issue_key,
    make_issue,
    report_key,
)
from functions.core.newsletter.rows import Delivery
from functions.core.newsletter.subscriber import Subscriber
from functions.core.newsletter.tokens import milliseconds
from functions.core.objects import Condition
from functions.core.record import Record
from functions.workflows.counter import Rows
from functions.workflows.forget import forget
from functions.workflows.office import Office
from functions.workflows.ports import State
from functions.workflows.records import legible_of

_PAGE = 100
_MOST_RECORDS = 2_000


def issue(office: Office, state: State, *, early: bool = False) -> Report | None:
    """Makes today's issue if its hour has come (`early`: now) and wakes the readers who wait for it.

    Until that hour it is still yesterday's that some may wait for, whom a failure or SES has kept from it. Before it,
    once a day and whether there is anything to send or not, sign-ups that have lapsed are forgotten.
    The report is None before the hour if yesterday's issue is done or was none, and when today's is known to be done.
    """
    newsroom = office.settings().newsroom
    now = office.now()
    date, due = day(now, newsroom), early or now.astimezone(newsroom.zone).hour >= office.settings().newsletter.hour
    if not due:
        date = day_before(date)
    if state.get(report_key(date)) is not None:
        return None
    made = current_issue(state, date)
    if made is None and not due:
        return None
    forget(office.rows, milliseconds(now))
    made = made or _make(office, state, date)
    report, waiting = look(office.rows, made, milliseconds(now))
    if waiting:
        office.outbox.deliver(date, waiting)
    else:
        state.put(report_key(date), report.canonical())
    return report


def current_issue(state: State, date: str) -> Issue | None:
    """The issue of a day, if it has been made."""
    stored = state.get(issue_key(date))
    return Issue.read(stored.body) if stored else None


def next_issue(office: Office, state: State) -> Issue:
    """The issue that would be made now, as if today's were of yesterday if there is one; nothing is written."""
    now = office.now()
    date = day(now, office.settings().newsroom)
    previous = current_issue(state, date) or _previous(state, date)
    return make_issue(date, _newest(state, previous), previous, now)


def look(table: Rows, of: Issue, now: int) -> tuple[Report, list[str]]:
    """What has become of an issue, and the readers who wait for it: confirmed before it was made, no delivery yet.

    Who has a row that cannot be read is not written to, for nobody knows their mind; others do not wait for that.
    """
    made, readers = milliseconds(of.made_at), set[str]()
    outcomes: dict[str, str] = {}
    for row in table.scan((rows.STATE, rows.issue(of.date))):
        subscriber = rows.subscriber_of(row.key.pk)
        try:
            if row.key.sk != rows.STATE:
                outcomes[subscriber] = Delivery.read(row.body).outcome
            elif _reads(Subscriber.read(row.body), made, now):
                readers.add(subscriber)
        except UnknownForm:
            outcomes[subscriber] = "unreadable"
    waiting = sorted(readers - outcomes.keys()) if of.ids else []
    found = list(outcomes.values())
    counts = {name: found.count(name) for name in ("sent", "claimed", "nothing", "refused", "unreadable")}
    return Report(date=of.date, articles=len(of.ids), waiting=len(waiting), **counts), waiting


def _reads(known: Subscriber, made: int, now: int) -> bool:
    """Whether an issue that was made then is for this subscriber."""
    return known.state(now) == "confirmed" and known.confirmed_on <= made


def _make(office: Office, state: State, date: str) -> Issue:
    made = next_issue(office, state)
    try:
        state.put(issue_key(date), made.canonical(), Condition(None))
    except WriteConflict:
        return current_issue(state, date) or made  # another firing was first: its issue is the issue
    return made


def _previous(state: State, date: str) -> Issue | None:
    """The newest issue before a day."""
    today = issue_key(date)
    for found in state.list(ISSUES, 2):
        if found.key > today:
            stored = state.get(found.key)
            return Issue.read(stored.body) if stored else None
    return None


def _newest(state: State, previous: Issue | None) -> Iterator[Record]:
    """The records of the newest articles, newest first, back to where none can be new."""
    since = horizon(previous)
    markers = (found.key for found in state.list(keys.markers("all", SITE), _PAGE))
    last = keys.marker("all", SITE, since, "\U0010ffff") if since else None
    wanted = islice(takewhile(lambda key: last is None or key <= last, markers), _MOST_RECORDS if last else _PAGE)
    while batch := list(islice(wanted, _PAGE)):
        yield from legible_of(state, map(keys.id_of_marker, batch))
