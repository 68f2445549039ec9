"""DynamoDB writes, and its answer gets lost: the client asks again, and is told that something stands there already.

And what else of a delivery must not be in doubt.
"""

import pytest

from functions.core.errors import MailDeferred, WriteConflict
from functions.core.newsletter import rows
from functions.core.newsletter.mime import Mail
from functions.core.newsletter.rows import Key, Row
from functions.workflows.consent import confirm, unsubscribe
from functions.workflows.deliver import deliver, mark_sent, public_entries
from functions.workflows.issue import current_issue
from functions.workflows.subscribers import read
from tests.newsletter.fakes import KEYRING, Desk, FakeRows
from tests.newsletter.issuing import Day
from tests.newsletter.mail import token
from tests.newsletter.requests import as_json
from tests.newsletter.test_journey import HERE, READER


class Forgetful(FakeRows):
    """A table whose first write of each row is heard of by the client's second try alone."""

    def write(self, row: Row) -> None:
        super().write(row)
        if row.rev == 1:
            raise WriteConflict("a row")


class Busy:
    """SES, which has no time."""

    def send(self, mail: Mail) -> None:
        raise MailDeferred("sesv2: ThrottlingException")


class Overtaken(FakeRows):
    """A table in which somebody else claims what is about to be claimed, at the very same moment."""

    def read(self, key: Key) -> Row | None:
        found = super().read(key)
        if found is None and key.sk.startswith("issue#"):
            super().write(Row(key, '{"at":1795176000000,"by":"somebody","outcome":"claimed"}', 1))
        return found


def test_an_issue_goes_out_once_though_nobody_heard_that_it_was_claimed() -> None:
    day = Day(readers=3, articles=1)
    day.desk.rows.__class__ = Forgetful  # the readers are there already
    report = day.day()
    assert sorted(day.recipients) == [f"reader{number}@example.ma" for number in range(3)]
    assert (report.sent, report.claimed) == (3, 0)


def test_whoever_finds_another_s_claim_sends_nothing() -> None:
    day = Day(readers=1, articles=1)
    day.desk.rows.__class__ = Overtaken
    report = day.day()
    assert day.recipients == []
    assert report.claimed == 1


def test_a_delivery_is_remembered_for_as_long_as_its_issue_might_come_again() -> None:
    day = Day(readers=1, articles=1)
    day.day()
    [row] = [row for key, row in day.desk.rows.by_key.items() if key.sk.startswith("issue#")]
    assert row.expires == day.desk.now.timestamp() + 90 * 86_400


def test_a_mail_that_ses_puts_off_fails_its_message_and_leaves_no_claim() -> None:
    day = Day(readers=1, articles=1)
    day.fire()
    made = current_issue(day.newsroom.state, day.desk.outbox.deliveries[0][0])
    assert made is not None
    entries = public_entries(day.newsroom.state, made, day.desk.office)
    with pytest.raises(MailDeferred):
        deliver(day.desk.office._replace(mailer=Busy()), day.desk.head, made, entries, day.readers[0])
    assert not [key for key in day.desk.rows.by_key if key.sk.startswith("issue#")]


def test_what_ses_tells_of_a_delivery_that_is_not_known_any_more_changes_nothing() -> None:
    day = Day(readers=1, articles=1)
    before = dict(day.desk.rows.by_key)
    mark_sent(day.desk.office, day.readers[0], "2026-11-20")
    assert day.desk.rows.by_key == before


def test_a_reader_comes_and_goes_though_no_answer_is_heard() -> None:
    desk = Desk()
    desk.rows.__class__ = Forgetful
    desk.sign_up(as_json())
    assert desk.work_off() == ["invited"]
    link = token(desk.mailer.sent[-1])
    assert confirm(desk.rows, KEYRING, link, HERE, desk.now) == "done"
    assert read(desk.rows, READER).confirmed
    assert unsubscribe(desk.rows, KEYRING, KEYRING.sign("unsubscribe", READER), HERE, desk.now) == "done"
    acts = [key.sk.rpartition("#")[2] for key in desk.rows.by_key if key.sk.startswith(rows.CONSENT)]
    assert acts == ["asked", "confirmed", "unsubscribed"]
