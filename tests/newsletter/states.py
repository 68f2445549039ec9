"""Sign-ups as API Gateway hands them over, and addresses in each state that one can be in."""

import json
from datetime import UTC, datetime
from itertools import count
from typing import Any

from functions.bootstrap.mailing import letterhead_of, office
from functions.bootstrap.newsletter import keyring, origin_secret, rows
from functions.core.newsletter.feedback import Feedback
from functions.core.newsletter.invitation import Invitation
from functions.core.newsletter.subscription import ORIGIN_HEADER
from functions.core.newsletter.tokens import confirm_token, milliseconds
from functions.workflows.consent import confirm, unsubscribe
from functions.workflows.feedback import take_feedback
from functions.workflows.invite import invite
from tests.handlers.test_events import EVENTS

STATES = ("new", "pending", "confirmed", "unsubscribed", "suppressed", "honeypot")
_HERE = "192.0.2.99"


class Requests:
    """Sign-ups as API Gateway hands them over, few from any one network."""

    def __init__(self) -> None:
        self._event = json.loads((EVENTS / "newsletter" / "json.json").read_text(encoding="utf-8"))
        self._number = count()

    def of(self, email: str, **more: str) -> dict[str, Any]:
        """A sign-up of an address."""
        number = next(self._number)
        headers = {
            **self._event["headers"],
            "cloudfront-viewer-address": f"10.{number // 2560}.{number // 10 % 256}.1:1",
            ORIGIN_HEADER: origin_secret(),
        }
        body = json.dumps({"email": email, "consent": True, "consent_version": "1", "website": "", **more})
        return {**self._event, "headers": headers, "body": body}


def put_into(state: str, email: str) -> None:
    """Brings an address into a state by what its owner, or SES, would do."""
    if state in {"new", "honeypot"}:
        return
    now = datetime.now(UTC)
    sealed = office().vault.seal(json.dumps({"mailbox": email, "identity": email}).encode())
    message = Invitation(job="1", at=milliseconds(now), address=sealed, trapped=False, categories=(), locale="fr",
                         consent_version="1", page="/", network="192.0.2.0")  # fmt: skip
    invite(office(), letterhead_of(office().settings()), message)
    subscriber = keyring().subscriber(email)
    if state != "pending":
        confirm(rows(), keyring(), confirm_token(keyring(), subscriber, message.at), _HERE, now)
    if state == "unsubscribed":
        unsubscribe(rows(), keyring(), keyring().sign("unsubscribe", subscriber), _HERE, now)
    if state == "suppressed":
        take_feedback(office(), Feedback(verdict="complaint", at=milliseconds(now), reader=subscriber))
