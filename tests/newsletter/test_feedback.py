"""What an event of SES says of a reader. The kinds are those of its notification contents (Developer Guide)."""

import json

import pytest

from functions.core.newsletter.feedback import feedback_of

REPORTED = [{"emailAddress": "naima@example.ma", "action": "failed", "status": "4.4.7"}]
UNREPORTED = [{"emailAddress": "naima@example.ma"}]


def verdict(kind: str, **details: object) -> str | None:
    said = {"timestamp": "2026-11-20T07:00:04.500Z", **details}
    found = feedback_of(json.dumps({"eventType": kind, kind.lower(): said, "mail": {"tags": {"reader": ["r"]}}}))
    return found.verdict if found else None


@pytest.mark.parametrize(
    ("kind", "why", "recipients", "expected"),
    [
        ("Permanent", "General", UNREPORTED, "permanent"),
        ("Permanent", "OnAccountSuppressionList", UNREPORTED, "permanent"),
        ("Transient", "MailboxFull", UNREPORTED, "soft"),
        ("Transient", "General", REPORTED, "soft"),
        ("Undetermined", "Undetermined", REPORTED, "soft"),
        ("Transient", "General", UNREPORTED, None),
        ("Undetermined", "Undetermined", UNREPORTED, None),
        ("Transient", "ContentRejected", REPORTED, None),
        ("Transient", "MessageTooLarge", REPORTED, None),
        ("Transient", "AttachmentRejected", REPORTED, None),
    ],
)
def test_a_bounce_counts_against_a_mailbox_not_for_a_holiday_or_for_what_was_sent(
    kind: str, why: str, recipients: list[dict[str, str]], expected: str | None
) -> None:
    assert verdict("Bounce", bounceType=kind, bounceSubType=why, bouncedRecipients=recipients) == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [("abuse", "complaint"), ("fraud", "complaint"), (None, "complaint"), ("not-spam", None), ("auth-failure", None)],
)
def test_who_takes_a_mail_out_of_the_spam_does_not_complain(said: str | None, expected: str | None) -> None:
    assert verdict("Complaint", complaintFeedbackType=said) == expected
