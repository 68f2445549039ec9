"""Personal data: all that is known of one address (GDPR; Moroccan law 09-08): its export, its erasure, its return."""

import json
from datetime import UTC, datetime
from typing import Any

from functions.core.newsletter import rows
from functions.core.newsletter.rows import Consent, Row
from functions.core.newsletter.subscriber import Subscriber, allowed, erased
from functions.core.newsletter.subscription import Address
from functions.core.newsletter.tokens import milliseconds
from functions.workflows.office import Office
from functions.workflows.subscribers import change, note, read


def export(office: Office, address: Address) -> dict[str, Any]:
    """Every row of an address as JSON, its sealed addresses opened; and what happened, in words and UTC."""
    subscriber = office.keyring.subscriber(address.identity)
    found = office.rows.of(rows.partition(subscriber))
    state = Subscriber.read(next((row.body for row in found if row.key.sk == rows.STATE), "{}"))
    return {
        "state": state.state(milliseconds(office.now())),
        "history": [_step(at, what) for at, what in sorted(filter(None, map(_event, found)))],
        "rows": {row.key.sk: _opened(office, json.loads(row.body)) for row in found},
    }


def erase(office: Office, address: Address) -> int:
    """Removes every row of an address but one; how many.

    The one that stays, under the keyed hash, says that it is not to be written to: a sign-up that is still in a queue
    must not bring the address back.
    """
    subscriber = office.keyring.subscriber(address.identity)
    now = milliseconds(office.now())
    change(office.rows, subscriber, lambda before: erased(before, now))
    found = [row for row in office.rows.of(rows.partition(subscriber)) if row.key.sk != rows.STATE]
    for row in found:
        office.rows.remove(row.key)
    return len(found)


def allow(office: Office, address: Address) -> bool:
    """Lets an address that is suppressed sign up anew; False if it is not. Nobody is written to before that."""
    subscriber = office.keyring.subscriber(address.identity)
    now = milliseconds(office.now())
    if read(office.rows, subscriber).state(now) != "suppressed":
        return False
    change(office.rows, subscriber, allowed)
    note(office.rows, subscriber, Consent(act="allowed", at=now))
    return True


def _event(row: Row) -> tuple[int, str] | None:
    """What a row says to have happened, and when; None for the state."""
    if row.key.sk == rows.STATE:
        return None
    body = json.loads(row.body)
    return body["at"], body.get("act") or f"{row.key.sk.replace('#', ' ')}: {body['outcome']}"


def _step(at: int, what: str) -> str:
    return f"{datetime.fromtimestamp(at // 1000, UTC).isoformat()} {what}"


def _opened(office: Office, value: Any) -> Any:  # noqa: ANN401 - any JSON
    if isinstance(value, list):
        return [_opened(office, each) for each in value]
    if not isinstance(value, dict):
        return value
    opened = {key: _opened(office, each) for key, each in value.items()}
    if opened.get("address"):
        opened["address"] = Address.read(office.vault.open(opened["address"])).mailbox
    return opened
