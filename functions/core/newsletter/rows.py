"""The rows of the newsletter's one table, and their keys: `pk` and `sk`.

subscriber#<id>  state               Subscriber
                 consent#<ms>#<act>  Consent: what was agreed to, when and where; never changed
                 issue#<date>        Delivery: what became of one issue for this reader
limit#<who>      <window>            a counter, of a network, an inbox or everybody
"""

from typing import Literal, NamedTuple

from functions.core.article import Language
from functions.core.model import Frozen

STATE = "state"
_SUBSCRIBER = "subscriber#"
CONSENT = "consent#"


class Key(NamedTuple):
    """Where a row stands."""

    pk: str
    sk: str


class Row(NamedTuple):
    """A row: its value as canonical JSON, its revision, and when it may go (seconds since 1970)."""

    key: Key
    body: str
    rev: int = 0
    expires: int | None = None


class Consent(Frozen):
    """One entry of the consent ledger. `network` is a truncated IP address; times in milliseconds since 1970.

    `asked_at` is when the sign-up was made that it belongs to, of which nothing happens twice.
    """

    act: Literal["asked", "confirmed", "unsubscribed", "suppressed", "allowed"]
    at: int
    asked_at: int = 0
    text: str = ""
    version: str = ""
    locale: Language = "fr"
    page: str = ""
    network: str = ""


class Delivery(Frozen):
    """What became of an issue for one reader.

    `claimed`: a mail may have gone out, nobody knows; it is never sent again, but a send event of SES settles it.
    `nothing`: no article in the reader's categories. `refused`: SES would not take it. `by` is new with every claim.
    """

    outcome: Literal["claimed", "sent", "nothing", "refused"]
    at: int
    by: str | None = None


def partition(subscriber: str) -> str:
    """The pk of all rows of a subscriber."""
    return _SUBSCRIBER + subscriber


def subscriber_of(pk: str) -> str:
    """The id in a pk made by `partition`."""
    return pk.removeprefix(_SUBSCRIBER)


def state(subscriber: str) -> Key:
    return Key(partition(subscriber), STATE)


def consent(subscriber: str, entry: Consent) -> Key:
    return Key(partition(subscriber), f"{CONSENT}{entry.asked_at or entry.at:015d}#{entry.act}")


def delivery(subscriber: str, date: str) -> Key:
    return Key(partition(subscriber), issue(date))


def issue(date: str) -> str:
    """The sk of an issue's deliveries; the date as yyyy-mm-dd."""
    return f"issue#{date}"


def limit(who: str, window: str) -> Key:
    return Key(f"limit#{who}", window)
