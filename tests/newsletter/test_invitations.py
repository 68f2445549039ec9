"""SES is busy or refuses, a function is stopped at a call: no sign-up is lost, nobody gets a fourth mail a day."""

from typing import Any

import pytest

from functions.bootstrap.mailing import keep_pace, seconds_a_mail
from functions.core.errors import MailDeferred, MailRefused, RotativeError
from functions.core.newsletter import rows
from functions.core.newsletter.invitation import Invitation
from functions.core.newsletter.mime import Mail
from functions.core.newsletter.rows import Consent
from functions.core.newsletter.subscription import address_of
from functions.core.newsletter.tokens import milliseconds
from functions.workflows.consent import confirm
from functions.workflows.invite import invite
from functions.workflows.personal_data import erase
from functions.workflows.subscribers import read
from infra.local.template import load
from tests.newsletter.fakes import KEYRING, Desk
from tests.newsletter.issuing import Crashed, Trouble
from tests.newsletter.mail import token
from tests.newsletter.requests import as_json

READER = KEYRING.subscriber("naima@example.ma")
TRIES = 5  # maxReceiveCount of the outbox queue


class Busy:
    """A mailer that does not send so many mails, and says so."""

    def __init__(self, desk: Desk, times: int, error: type[RotativeError] = MailDeferred) -> None:
        self._desk, self.times, self._error = desk, times, error

    def send(self, mail: Mail) -> None:
        self.times -= 1
        if self.times >= 0:
            raise self._error("sesv2: a code")
        self._desk.mailer.send(mail)


def message(desk: Desk) -> Invitation:
    """A sign-up as it waits in the queue."""
    desk.sign_up(as_json())
    return desk.outbox.invitations.pop()


def carry(desk: Desk, waiting: Invitation, mailer: Any = None, trouble: Trouble | None = None) -> list[str]:
    """Delivers a message until it is acknowledged, five times at most; what became of each delivery."""
    around = (trouble or Trouble()).around
    office = desk.office._replace(
        rows=around(desk.rows), vault=around(desk.vault), mailer=around(mailer or desk.mailer)
    )
    found: list[str] = []
    while len(found) < TRIES and (not found or found[-1] in {"failed", "crashed"}):
        try:
            found.append(invite(office, desk.head, waiting))
        except RotativeError:
            found.append("failed")
        except Crashed:
            found.append("crashed")
        desk.wait(minutes=6)
    return found


@pytest.mark.parametrize("error", [MailDeferred, MailRefused])
def test_a_mail_that_was_not_sent_four_times_is_sent_at_the_fifth_and_counted_once(error: type[RotativeError]) -> None:
    desk = Desk()
    assert carry(desk, message(desk), Busy(desk, 4, error)) == ["failed"] * 4 + ["invited"]
    assert [ask.mails for ask in read(desk.rows, READER).asks] == [1]
    assert len(desk.mailer.sent) == 1


@pytest.mark.parametrize("error", [MailDeferred, MailRefused])
def test_a_mail_that_is_never_sent_ends_in_the_dead_letter_queue_to_be_replayed(
    error: type[RotativeError],
) -> None:
    desk = Desk()
    waiting = message(desk)
    assert carry(desk, waiting, Busy(desk, 99, error)) == ["failed"] * TRIES
    desk.wait(days=1)
    assert carry(desk, waiting) == ["invited"]


def waited(desk: Desk, **span: float) -> Invitation:
    """A sign-up that SES refused until it was given up, so long ago."""
    waiting = message(desk)
    carry(desk, waiting, Busy(desk, 99))
    desk.wait(**span)
    return waiting


@pytest.mark.parametrize("crash", [None, *range(8)])
def test_a_sign_up_that_is_replayed_after_days_gets_a_link_that_works(crash: int | None) -> None:
    desk = Desk()
    begun = milliseconds(desk.now)
    waiting = waited(desk, days=3)
    carry(desk, waiting, trouble=Trouble([] if crash is None else [crash], after=True))
    desk.wait(hours=47)
    for mail in desk.mailer.sent:
        assert confirm(desk.rows, KEYRING, token(mail), "192.0.2.1", desk.now) == "done"
    assert read(desk.rows, READER).state(milliseconds(desk.now)) == "confirmed"
    ledger = [
        Consent.model_validate_json(row.body) for row in desk.rows.of(rows.partition(READER)) if "asked" in row.key.sk
    ]
    assert {entry.at for entry in ledger} == {begun}, "the consent is as old as it is"
    assert {entry.text != "" for entry in ledger} == {True}


def test_a_mail_whose_link_would_be_dead_is_not_sent() -> None:
    desk = Desk()
    waiting = waited(desk, days=8)
    assert carry(desk, waiting) == ["nothing to do"]
    assert desk.mailer.sent == []


def test_what_is_replayed_brings_back_nobody_who_left_or_chose_otherwise_meanwhile() -> None:
    desk = Desk()
    waiting = waited(desk, days=2)
    erase(desk.office, address_of("naima@example.ma"))
    desk.wait(hours=1)
    assert carry(desk, waiting) == ["nothing to do"]
    desk = Desk()
    waiting = waited(desk, days=2)
    carry(desk, message(desk))
    assert confirm(desk.rows, KEYRING, token(desk.mailer.sent[0]), "192.0.2.1", desk.now) == "done"
    assert carry(desk, waiting) == ["nothing to do"]


def test_what_is_delivered_again_or_late_sends_nothing_to_who_has_confirmed_it_or_a_later_one() -> None:
    desk = Desk()
    earlier = message(desk)
    desk.wait(minutes=1)
    later = message(desk)
    carry(desk, later)
    assert confirm(desk.rows, KEYRING, token(desk.mailer.sent[0]), "192.0.2.1", desk.now) == "done"
    assert carry(desk, later) == ["nothing to do"]
    assert carry(desk, earlier) == ["nothing to do"]
    assert len(desk.mailer.sent) == 1


def test_who_signs_up_again_while_the_first_mail_waits_gets_one() -> None:
    desk = Desk()
    first = message(desk)
    with pytest.raises(MailDeferred):
        invite(desk.office._replace(mailer=Busy(desk, 1)), desk.head, first)
    desk.wait(minutes=2)
    assert carry(desk, message(desk)) == ["invited"]
    assert carry(desk, first) == ["nothing to do"]
    assert len(desk.mailer.sent) == 1


def test_what_is_erased_while_its_mail_is_refused_stays_erased() -> None:
    desk = Desk()

    class Erases(Busy):
        def send(self, mail: Mail) -> None:
            erase(desk.office, address_of("naima@example.ma"))
            super().send(mail)

    assert carry(desk, message(desk), Erases(desk, 99)) == ["failed", "nothing to do"]
    assert read(desk.rows, READER).asks == ()


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("busy", [0, 2])
def test_a_crash_at_any_one_call_loses_no_sign_up_and_sends_two_mails_at_most(busy: int, after: bool) -> None:
    desk, quiet = Desk(), Trouble()
    carry(desk, message(desk), Busy(desk, busy), quiet)
    assert quiet.calls >= 5
    for place in range(quiet.calls):
        desk = Desk()
        found = carry(desk, message(desk), Busy(desk, busy), Trouble([place], after=after))
        assert found[-1] == "invited"
        assert 1 <= len(desk.mailer.sent) <= 2


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
def test_whatever_is_stopped_however_often_nobody_gets_a_fourth_mail(after: bool) -> None:
    desk = Desk()
    waiting = message(desk)
    for place in range(40):
        carry(desk, waiting, trouble=Trouble([place % 8, place % 8 + 5], after=after))
        desk.wait(minutes=-6 * TRIES)
    assert len(desk.mailer.sent) <= 3


def test_one_inbox_gets_nine_mails_a_day_however_many_addresses_lead_to_it() -> None:
    desk = Desk()
    for number in range(20):
        desk.sign_up(as_json(email=f"na.ima+{number}@example.ma"))
    assert desk.work_off() == ["invited"] * 9 + ["too many"] * 11
    assert len(desk.rows.of(rows.partition(KEYRING.subscriber("na.ima+19@example.ma")))) == 0, "nothing of it is kept"
    desk.sign_up(as_json(email="n.a.i.m.a@example.ma"))
    desk.sign_up(as_json(email="naima@example.org"))
    assert desk.work_off() == ["too many", "invited"]
    desk.wait(days=1)
    desk.sign_up(as_json(email="naima+last@example.ma"))
    assert desk.work_off() == ["invited"]


def test_a_mail_that_ses_puts_off_is_counted_once_for_its_inbox() -> None:
    desk = Desk()
    for number in range(8):
        desk.sign_up(as_json(email=f"naima+{number}@example.ma"))
    desk.work_off()
    assert carry(desk, message(desk), Busy(desk, 4)) == ["failed"] * 4 + ["invited"]


@pytest.mark.parametrize("granted", [1, 14, 500])
def test_all_senders_together_stay_within_what_ses_grants_and_a_batch_within_its_time_out(
    granted: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MAILS_A_SECOND", str(granted))
    template = load()
    rate = 0.0
    for queue, pause in (("OutboxQueue", seconds_a_mail("invitations")), ("SendQueue", seconds_a_mail("issues"))):
        (source,) = (each for each in template.sources if each.queue == queue)
        rate += source.concurrency / pause
        assert source.batch_size * pause <= template.functions[source.function].timeout * 0.75
    assert rate == pytest.approx(granted)


def test_what_a_mail_took_to_make_and_send_is_part_of_its_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """On AWS that is a fifth of a second, as long as the pause: an issue went out at half the pace that SES grants."""
    monkeypatch.setenv("MAILS_A_SECOND", "14")
    waited = list[float]()
    monkeypatch.setattr("functions.bootstrap.mailing.time.sleep", waited.append)
    monkeypatch.setattr("functions.bootstrap.mailing.time.monotonic", lambda: 100.0)
    for begun in (100.0, 99.9, 90.0):
        keep_pace("issues", begun)
    assert waited == pytest.approx([seconds_a_mail("issues"), seconds_a_mail("issues") - 0.1, 0])
