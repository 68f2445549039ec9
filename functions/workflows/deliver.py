"""Deliver: one issue to one reader, at most once. SES has no idempotency token, so a claim is written first.

Claim, send, mark: who finds a claim that is not his sends nothing. A crash between claim and mark leaves the claim,
which a send event of SES settles, or the report tells of.

An issue is news until the day after its own: what is replayed later would bring a reader several at once.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from functions.core import keys
from functions.core.claims import moved
from functions.core.entry import Entry
from functions.core.errors import MailDeferred, MailRefused, WriteConflict
from functions.core.newsletter import letter, rows
from functions.core.newsletter.issue import Issue, day, day_before, is_public, names
from functions.core.newsletter.letter import Envelope, Letterhead
from functions.core.newsletter.mime import Mail
from functions.core.newsletter.rows import Delivery, Row
from functions.core.newsletter.subscriber import Ask
from functions.core.newsletter.subscription import Address
from functions.core.newsletter.tokens import milliseconds
from functions.core.record import Record
from functions.core.settings import Settings
from functions.workflows.office import Office
from functions.workflows.ports import State
from functions.workflows.records import legible_of
from functions.workflows.subscribers import read

Outcome = Literal["sent", "nothing", "refused", "done before", "no reader", "too late"]
_KEPT_SECONDS = 90 * 86_400


def public_entries(state: State, issue: Issue, office: Office) -> tuple[Entry, ...]:
    """The articles of an issue that readers may see at this moment.

    One withdrawn since it was made is left out; one whose file was renamed since is there under its new name.
    """
    now = office.now()
    public = {record.id: record for record in legible_of(state, issue.ids) if is_public(record, now)}
    found = (public.get(id_) or _renamed(state, id_, now) for id_ in issue.ids)
    return tuple(entry for record in found if record and (entry := record.entry()))


def _renamed(state: State, id_: str, now: datetime) -> Record | None:
    """What says that it has become of an article, if readers may see it."""
    listed = (keys.id_of_marker(marker.key) for marker in state.list(keys.markers(*moved(id_))))
    return next((each for each in legible_of(state, listed) if is_public(each, now) and id_ in names(each)), None)


def deliver(office: Office, head: Letterhead, issue: Issue, entries: Sequence[Entry], subscriber: str) -> Outcome:
    """Sends the issue to a reader who is still one. All that can fail without a mail is done before the claim."""
    if issue.date < day_before(day(office.now(), head.settings.newsroom)):
        return "too late"
    key = rows.delivery(subscriber, issue.date)
    if office.rows.read(key):
        return "done before"
    known = read(office.rows, subscriber)
    if known.state(milliseconds(office.now())) != "confirmed" or known.confirmed is None:
        return "no reader"
    wish = known.confirmed
    chosen = _chosen(entries, wish, head.settings)
    mail = _letter(office, head, issue, chosen, subscriber, wish) if chosen else None
    if not _claim(office, _row(office, subscriber, issue, "claimed" if mail else "nothing", 1)):
        return "done before"
    if mail is None:
        return "nothing"
    try:
        office.mailer.send(mail)
    except MailDeferred:
        office.rows.remove(key)
        raise
    except MailRefused:
        office.rows.write(_row(office, subscriber, issue, "refused", 2))
        return "refused"
    mark_sent(office, subscriber, issue.date)
    return "sent"


def _claim(office: Office, row: Row) -> bool:
    """Writes a claim; False if somebody else was first. Where the answer got lost, the next try met our own."""
    try:
        office.rows.write(row)
    except WriteConflict:
        standing = office.rows.read(row.key)
        return standing is not None and standing.body == row.body
    return True


def _chosen(entries: Sequence[Entry], wish: Ask, settings: Settings) -> Sequence[Entry]:
    """The articles in the categories that a reader wants: in all, where none of those wanted is there any more."""
    wanted = {each.slug for each in settings.chosen(wish.categories)}
    return [entry for entry in entries if entry.category in wanted] if wanted else entries


def mark_sent(office: Office, subscriber: str, date: str) -> None:
    """Settles a claim: the mail has gone out. A delivery that is not in doubt, or gone, stays as it is."""
    row = office.rows.read(rows.delivery(subscriber, date))
    if row is None or Delivery.read(row.body).outcome != "claimed":
        return
    done = Delivery(outcome="sent", at=milliseconds(office.now()))
    try:
        office.rows.write(Row(row.key, done.canonical().decode(), row.rev + 1, row.expires))
    except WriteConflict:
        return  # the send event and the sender settle the same claim


def _letter(
    office: Office, head: Letterhead, issue: Issue, entries: Sequence[Entry], subscriber: str, wish: Ask
) -> Mail:
    address = Address.read(office.vault.open(wish.address))
    token = office.keyring.sign("unsubscribe", subscriber)
    envelope = Envelope(address.mailbox, subscriber, wish.locale, token)
    return letter.issue(head, issue.date, entries, envelope, office.now())


def _row(
    office: Office, subscriber: str, issue: Issue, outcome: Literal["claimed", "nothing", "refused"], rev: int
) -> Row:
    at = milliseconds(office.now())
    by = office.nonce() if outcome == "claimed" else None
    body = Delivery(outcome=outcome, at=at, by=by).canonical().decode()
    return Row(rows.delivery(subscriber, issue.date), body, rev, at // 1000 + _KEPT_SECONDS)
