"""Feedback: what SES says became of a mail, from its event publishing, by SNS.

https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-sns-contents.html
"""

import json
from datetime import datetime
from typing import Any, Literal

from functions.core.model import Frozen
from functions.core.newsletter.tokens import milliseconds

Verdict = Literal["permanent", "soft", "complaint", "sent"]
_KINDS: dict[str, Verdict] = {"Delivery": "sent", "Send": "sent"}
# What SES says first, when it is told where its events are to go: no JSON.
_GREETING = "Successfully validated SNS topic for Amazon SES event publishing."
_NO_COMPLAINT = {"not-spam", "auth-failure"}  # a reader who took a mail out of the spam, a server about a signature
_OF_THE_MAIL = {"MessageTooLarge", "ContentRejected", "AttachmentRejected"}  # any reader there would have said the same


class Feedback(Frozen):
    """One event. `reader` and `issue` are the tags that the mail was sent with; `to` serves for a mail without."""

    verdict: Verdict
    at: int
    reader: str = ""
    issue: str = ""
    to: str = ""


def feedback_of(body: str) -> Feedback | None:
    """The feedback in a message of the queue, raw or in SNS's envelope; None for an event that changes nothing."""
    if body == _GREETING:
        return None
    document = json.loads(body)
    if "Message" in document and "TopicArn" in document:
        return feedback_of(document["Message"])
    kind = document.get("eventType") or document.get("notificationType") or ""
    mail = document.get("mail") or {}
    tags = mail.get("tags") or {}
    verdict = _verdict(kind, document)
    if verdict is None:
        return None
    told = (document.get(kind.lower()) or {}).get("timestamp") or mail["timestamp"]
    return Feedback(
        verdict=verdict,
        at=milliseconds(datetime.fromisoformat(told)),
        reader=next(iter(tags.get("reader") or ()), ""),
        issue=next(iter(tags.get("issue") or ()), ""),
        to=next(iter(mail.get("destination") or ()), ""),
    )


def _verdict(kind: str, document: dict[str, Any]) -> Verdict | None:
    if kind == "Bounce":
        return _bounced(document["bounce"])
    if kind == "Complaint":
        return None if document["complaint"].get("complaintFeedbackType") in _NO_COMPLAINT else "complaint"
    return _KINDS.get(kind)


def _bounced(bounce: dict[str, Any]) -> Verdict | None:
    """An out-of-office reply is a transient bounce to SES, but one without the report of a mail server."""
    if bounce.get("bounceType") == "Permanent":
        return "permanent"
    why = bounce.get("bounceSubType")
    reported = any("status" in each or "action" in each for each in bounce.get("bouncedRecipients") or ())
    return "soft" if why == "MailboxFull" or (reported and why not in _OF_THE_MAIL) else None
