"""Consent: the two buttons behind the links of the mails. Each can be pressed again without harm."""

from datetime import datetime
from typing import Literal

from functions.core.newsletter import rows
from functions.core.newsletter.rows import Consent
from functions.core.newsletter.subscriber import Ask, Subscriber, confirmed, overtaken, unsubscribed
from functions.core.newsletter.tokens import Keyring, Token, milliseconds, truncated, verify
from functions.workflows.counter import Rows
from functions.workflows.subscribers import change, note, read

Outcome = Literal["done", "overtaken", "stale"]


def confirm(table: Rows, keyring: Keyring, token: str, address: str, now: datetime) -> Outcome:
    """Confirms the sign-up that a token belongs to. `address` is the IP address it came from.

    That a later sign-up was confirmed is told to who holds a good token of the same reader, and to nobody else.
    """
    meant = verify(token, "confirm", keyring, now)
    if meant is None:
        return "stale"
    at = milliseconds(now)
    after = change(table, meant.subscriber, lambda before: confirmed(before, meant.asked_at, at))
    if after is None or after.confirmed is None:
        return _unconfirmed(read(table, meant.subscriber), meant, at)
    if after.confirmed.at == meant.asked_at:
        note(table, meant.subscriber, _entry(table, meant, after.confirmed, at, address))
    return "done"


def confirmable(table: Rows, keyring: Keyring, token: str, now: datetime) -> Outcome:
    """What the button would lead to. Looks, and changes nothing: link scanners look too."""
    meant = verify(token, "confirm", keyring, now)
    if meant is None:
        return "stale"
    known, at = read(table, meant.subscriber), milliseconds(now)
    return "done" if confirmed(known, meant.asked_at, at) else _unconfirmed(known, meant, at)


def _unconfirmed(known: Subscriber, meant: Token, at: int) -> Outcome:
    return "overtaken" if overtaken(known, meant.asked_at, at) else "stale"


def unsubscribe(table: Rows, keyring: Keyring, token: str, address: str, now: datetime) -> Outcome:
    """Takes a reader off the list, at once and for ever; again is the same. The token never expires."""
    meant = verify(token, "unsubscribe", keyring, now)
    if meant is None:
        return "stale"
    at, known = milliseconds(now), read(table, meant.subscriber)
    if known.state(at) in {"confirmed", "pending"}:
        change(table, meant.subscriber, lambda before: unsubscribed(before, at))
    elif known.state(at) == "unsubscribed" and known.confirmed:
        at = known.unsubscribed_at  # what stopped between the two writes has left no note
    else:
        return "done"
    note(table, meant.subscriber, Consent(act="unsubscribed", at=at, network=truncated(address)))
    return "done"


def genuine(keyring: Keyring, token: str, now: datetime) -> bool:
    """Whether a token is one of an unsubscription."""
    return verify(token, "unsubscribe", keyring, now) is not None


def _entry(table: Rows, meant: Token, ask: Ask, at: int, address: str) -> Consent:
    """The lasting entry of a confirmation: with it the text that was agreed to outlives the sign-up's own entry."""
    first = table.read(rows.consent(meant.subscriber, Consent(act="asked", at=meant.asked_at)))
    text = Consent.read(first.body).text if first else ""
    return Consent(
        act="confirmed",
        at=at,
        asked_at=meant.asked_at,
        text=text,
        version=ask.consent_version,
        locale=ask.locale,
        page=ask.page,
        network=truncated(address) or ask.network,
    )
