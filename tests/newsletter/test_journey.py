import json
from datetime import timedelta

import pytest

from functions.core.newsletter import rows
from functions.core.newsletter.answer import taken
from functions.core.newsletter.feedback import Feedback
from functions.core.newsletter.rows import Consent
from functions.core.newsletter.subscription import Refusal, address_of
from functions.core.newsletter.tokens import milliseconds
from functions.workflows.consent import confirm, confirmable, unsubscribe
from functions.workflows.counter import Limits
from functions.workflows.feedback import take_feedback
from functions.workflows.forget import forget
from functions.workflows.personal_data import allow, erase, export
from functions.workflows.subscribe import make_stamp
from functions.workflows.subscribers import read
from tests.newsletter.fakes import KEYRING, Desk
from tests.newsletter.mail import body, parsed, text, token
from tests.newsletter.requests import as_form, as_json

READER = KEYRING.subscriber("naima@example.ma")
HERE = "192.0.2.99"


def state(desk: Desk) -> str:
    return read(desk.rows, READER).state(milliseconds(desk.now))


def confirmed(desk: Desk) -> Desk:
    desk.sign_up(as_json())
    desk.work_off()
    desk.wait(minutes=1)
    assert confirm(desk.rows, KEYRING, token(desk.mailer.sent[-1]), HERE, desk.now) == "done"
    desk.wait(minutes=1)
    return desk


def in_state(name: str) -> Desk:
    desk = Desk()
    if name == "pending":
        desk.sign_up(as_json())
        desk.work_off()
    elif name != "new":
        confirmed(desk)
    if name == "unsubscribed":
        unsubscribe(desk.rows, KEYRING, KEYRING.sign("unsubscribe", READER), HERE, desk.now)
    if name == "suppressed":
        take_feedback(desk.office, Feedback(verdict="complaint", at=milliseconds(desk.now), reader=READER))
    if name == "full":
        bounce_for_days(desk)
    desk.wait(hours=1)
    return desk


def bounce_for_days(desk: Desk) -> None:
    for _ in range(5):
        desk.wait(days=1)
        take_feedback(desk.office, Feedback(verdict="soft", at=milliseconds(desk.now), reader=READER))


def acts(desk: Desk) -> list[str]:
    return [row.key.sk.rpartition("#")[2] for row in desk.rows.of(rows.partition(READER)) if "#" in row.key.sk]


def test_from_sign_up_to_goodbye() -> None:
    desk = Desk()
    desk.sign_up(as_json(categories=["economie"], locale="ar"))
    assert desk.work_off() == ["invited"]
    (mail,) = desk.mailer.sent
    assert parsed(mail)["To"] == mail.to == "Naima@example.ma"
    assert state(desk) == "pending"
    desk.wait(hours=47)
    assert confirmable(desk.rows, KEYRING, token(mail), desk.now) == "done"
    assert state(desk) == "pending", "looking at the page confirms nothing"
    assert confirm(desk.rows, KEYRING, token(mail), HERE, desk.now) == "done"
    reader = read(desk.rows, READER)
    assert reader.confirmed is not None
    assert (reader.confirmed.categories, reader.confirmed.locale) == (("economie",), "ar")
    desk.wait(days=100)
    goodbye = KEYRING.sign("unsubscribe", READER)
    assert [unsubscribe(desk.rows, KEYRING, goodbye, HERE, desk.now) for _ in range(3)] == ["done"] * 3
    assert state(desk) == "unsubscribed"
    assert confirm(desk.rows, KEYRING, token(mail), HERE, desk.now) == "stale"


def test_the_consent_ledger_says_what_was_agreed_to_when_and_where() -> None:
    desk = confirmed(Desk())
    entries = [
        Consent.model_validate_json(row.body) for row in desk.rows.of(rows.partition(READER)) if "#" in row.key.sk
    ]
    asked, agreed = entries
    assert (asked.act, agreed.act) == ("asked", "confirmed")
    assert agreed.text.startswith("J’accepte de recevoir la newsletter")
    assert (agreed.version, agreed.locale, agreed.page) == ("1", "fr", "/economie/")
    assert (asked.network, agreed.network) == ("192.0.2.0", "192.0.2.0")
    assert agreed.at > agreed.asked_at == asked.at


@pytest.mark.parametrize("how", [as_json, as_form])
def test_the_answer_is_the_same_byte_for_byte_in_every_state(how: object) -> None:
    request = how()  # type: ignore[operator] # parametrised
    said = []
    for name in ("new", "pending", "confirmed", "unsubscribed", "suppressed", "full"):
        desk = in_state(name)
        before, calls = len(desk.mailer.sent), len(desk.rows.by_key)
        assert desk.sign_up(request) == "taken"
        said.append(taken(request))
        assert len(desk.rows.by_key) == calls, "nothing is looked up or stored before the answer"
        desk.work_off()
        assert len(desk.mailer.sent) - before == (0 if name == "suppressed" else 1)
    trapped = as_json(website="x") if how is as_json else as_form(("website", "x"))
    desk = Desk()
    assert desk.sign_up(trapped) == "trapped"
    said.append(taken(trapped))
    assert desk.work_off() == ["trapped"]
    assert not desk.mailer.sent
    assert len({one.model_dump_json() for one in said}) == 1


def test_a_stranger_changes_nothing_for_a_confirmed_reader() -> None:
    desk = confirmed(Desk())
    before = read(desk.rows, READER)
    for _ in range(10):
        desk.sign_up(as_json(email="NAIMA@example.MA", categories=["developpement-durable"], locale="en"))
        desk.work_off()
        desk.wait(minutes=11)
    after = read(desk.rows, READER)
    assert after.model_copy(update={"asks": ()}) == before
    assert state(desk) == "confirmed"
    assert len(desk.mailer.sent) == 1 + 3, "no more than anybody gets"
    forget(desk.rows, milliseconds(desk.now + timedelta(days=8)))
    assert read(desk.rows, READER) == before


def test_a_stranger_s_sign_up_leaves_an_earlier_link_good_and_its_wishes_its_own() -> None:
    desk = Desk()
    desk.sign_up(as_json(categories=["economie"]))
    desk.work_off()
    desk.wait(hours=1)
    desk.sign_up(as_json(categories=["developpement-durable"]))
    desk.work_off()
    assert confirm(desk.rows, KEYRING, token(desk.mailer.sent[0]), HERE, desk.now) == "done"
    reader = read(desk.rows, READER)
    assert reader.confirmed is not None
    assert reader.confirmed.categories == ("economie",)


def test_nobody_gets_more_than_three_mails_a_day() -> None:
    desk = Desk()
    for _ in range(48):
        desk.sign_up(as_json())
        desk.work_off()
        desk.wait(minutes=29)
    assert len(desk.mailer.sent) == 3


def test_a_sign_up_that_nobody_confirmed_is_no_more_after_its_link_has_expired() -> None:
    desk = Desk()
    desk.sign_up(as_json())
    desk.work_off()
    desk.wait(hours=49)
    assert confirm(desk.rows, KEYRING, token(desk.mailer.sent[0]), HERE, desk.now) == "stale"
    desk.wait(days=6)
    assert state(desk) == "unknown"
    assert all(row.expires for row in desk.rows.by_key.values()), "the table's time to live cleans every row of it"


def test_a_network_an_hour_and_everybody_together_have_their_limits() -> None:
    desk = Desk()
    desk.counter = desk.counter._replace(limits=Limits(unstamped=2, stamped=4, everybody=9))
    stamp = make_stamp(KEYRING, desk.now)
    desk.wait(seconds=5)
    unstamped = [desk.sign_up(as_form(address=f"192.0.2.{host}")) for host in range(4)]
    assert [isinstance(each, Refusal) for each in unstamped] == [False, False, True, True]
    stamped = [desk.sign_up(as_form(("stamp", stamp))) for _ in range(6)]
    assert [isinstance(each, Refusal) for each in stamped] == [False] * 4 + [True] * 2
    elsewhere = [desk.sign_up(as_form(address=f"198.51.{net}.1")) for net in range(4)]
    assert [isinstance(each, Refusal) for each in elsewhere] == [False] * 3 + [True]
    desk.wait(hours=1)
    assert desk.sign_up(as_form()) == "taken"


def test_a_form_that_is_sent_faster_than_anybody_types_is_a_program_s() -> None:
    desk = Desk()
    stamp = make_stamp(KEYRING, desk.now)
    desk.wait(seconds=1)
    assert desk.sign_up(as_form(("stamp", stamp))) == "trapped"
    desk.wait(seconds=2)
    assert desk.sign_up(as_form(("stamp", stamp))) == "taken"


def test_everything_of_an_address_can_be_handed_out_and_erased() -> None:
    desk = confirmed(Desk())
    found = export(desk.office, address_of("naima@EXAMPLE.ma"))
    assert found["state"] == "confirmed"
    assert found["rows"]["state"]["confirmed"]["address"] == "Naima@example.ma"
    assert len(found["rows"]) == 3
    assert found["history"] == ["2026-11-20T12:00:00+00:00 asked", "2026-11-20T12:01:00+00:00 confirmed"]
    desk.sign_up(as_json())  # still in the queue while the address is erased
    erase(desk.office, address_of("naima@example.ma"))
    assert desk.work_off() == ["nothing to do"]
    (row,) = desk.rows.by_key.values()
    assert json.loads(row.body).keys() == {"asks", "confirmed_on", "soft_bounces", "suppressed_at", "unsubscribed_at"}
    assert row.key == rows.state(READER)


def test_feedback_suppresses_at_once_and_by_address_where_a_mail_has_no_tag() -> None:
    desk = confirmed(Desk())
    take_feedback(desk.office, Feedback(verdict="permanent", at=milliseconds(desk.now), to="NAIMA@example.ma"))
    assert state(desk) == "suppressed"
    take_feedback(desk.office, Feedback(verdict="permanent", at=1, to="not an address"))


def test_who_was_suppressed_for_a_full_mailbox_comes_back_by_a_sign_up_that_is_confirmed() -> None:
    desk = in_state("full")
    assert state(desk) == "suppressed"
    desk.sign_up(as_json())
    assert desk.work_off() == ["invited"]
    assert state(desk) == "pending"
    assert confirm(desk.rows, KEYRING, token(desk.mailer.sent[-1]), HERE, desk.now) == "done"
    assert state(desk) == "confirmed"
    assert acts(desk) == ["asked", "confirmed", "suppressed", "asked", "confirmed"]


def test_who_complained_comes_back_only_once_an_operator_allows_it() -> None:
    desk = in_state("suppressed")
    desk.sign_up(as_json())
    assert desk.work_off() == ["nothing to do"]
    assert allow(desk.office, address_of("NAIMA@example.ma"))
    assert not allow(desk.office, address_of("naima@example.ma")), "it is done"
    assert state(desk) == "unsubscribed"
    assert acts(desk)[-1] == "allowed"
    desk.wait(minutes=1)
    desk.sign_up(as_json())
    assert desk.work_off() == ["invited"]
    assert confirm(desk.rows, KEYRING, token(desk.mailer.sent[-1]), HERE, desk.now) == "done"
    assert state(desk) == "confirmed"


def test_the_invitation_speaks_the_reader_s_language() -> None:
    for language, word in (("fr", "Confirmer"), ("en", "Confirm"), ("ar", "تأكيد")):
        desk = Desk()
        desk.sign_up(as_json(locale=language))
        desk.work_off()
        (mail,) = desk.mailer.sent
        assert word in body(mail, "html")
        assert f'lang="{language}"' in body(mail, "html")
        assert token(mail) in text(mail)
