"""Feedback: what SES tells of a mail moves its reader, one way only: back leads a new consent, or an operator."""

from functools import partial

from functions.core.newsletter.feedback import Feedback
from functions.core.newsletter.rows import Consent
from functions.core.newsletter.subscriber import bounced_softly, suppressed
from functions.core.newsletter.subscription import address_of
from functions.workflows.deliver import mark_sent
from functions.workflows.office import Office
from functions.workflows.subscribers import change, note


def take_feedback(office: Office, feedback: Feedback) -> None:
    """A complaint or a permanent bounce suppresses at once, as does the fifth soft one in 14 days."""
    reader = feedback.reader or _reader(office, feedback.to)
    if not reader:
        return
    if feedback.verdict == "sent":
        if feedback.issue:
            mark_sent(office, reader, feedback.issue)
        return
    derive = partial(bounced_softly if feedback.verdict == "soft" else suppressed, at=feedback.at)
    after = change(office.rows, reader, derive)
    if after and after.suppressed_since:
        note(office.rows, reader, Consent(act="suppressed", at=after.suppressed_since))


def _reader(office: Office, address: str) -> str:
    try:
        return office.keyring.subscriber(address_of(address).identity)
    except ValueError:
        return ""
