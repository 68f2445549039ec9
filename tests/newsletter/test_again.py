"""A reader signs up again, and wants other categories: a mail asks, and its button changes them."""

from urllib.parse import unquote

from functions.core.newsletter import rows
from functions.core.newsletter.mime import Mail
from functions.core.newsletter.rows import Consent
from functions.core.newsletter.subscriber import confirmed as confirm_at
from functions.core.newsletter.subscriber import unsubscribed
from functions.core.newsletter.subscription import address_of
from functions.core.newsletter.tokens import milliseconds
from functions.workflows.consent import confirm, confirmable, unsubscribe
from functions.workflows.personal_data import erase
from functions.workflows.subscribers import read
from tests.newsletter.fakes import KEYRING, Desk
from tests.newsletter.mail import TOKEN, parsed, text, token
from tests.newsletter.requests import as_json
from tests.newsletter.test_journey import HERE, READER, acts, confirmed, state


def sign_up_again(desk: Desk, **wishes: object) -> Mail:
    desk.wait(hours=1)
    desk.sign_up(as_json(**wishes))
    assert desk.work_off() == ["invited"]
    desk.wait(hours=1)
    return desk.mailer.sent[-1]


def links(mail: Mail) -> dict[str, str]:
    return {purpose: unquote(found) for purpose, found in TOKEN.findall(text(mail))}


def test_a_reader_who_signs_up_again_changes_categories_by_the_button_of_a_mail() -> None:
    desk = confirmed(Desk())
    since = read(desk.rows, READER).confirmed_on
    mail = sign_up_again(desk, categories=["economie"])
    assert "On vient de demander pour elle\u00a0: Économie." in text(mail)
    for _ in range(2):
        assert confirm(desk.rows, KEYRING, links(mail)["confirm"], HERE, desk.now) == "done"
        desk.wait(minutes=1)
    reader = read(desk.rows, READER)
    assert reader.confirmed is not None
    assert (reader.confirmed.categories, reader.confirmed_on) == (("economie",), since)
    assert acts(desk) == ["asked", "confirmed", "asked", "confirmed"], "each of them once"
    assert confirm(desk.rows, KEYRING, token(desk.mailer.sent[0]), HERE, desk.now) == "overtaken"


def test_an_older_link_says_that_the_address_is_confirmed_as_long_as_it_is_and_to_its_holder_alone() -> None:
    desk = confirmed(Desk())
    older, newer = (links(sign_up_again(desk))["confirm"] for _ in range(2))

    def outcomes(of: str) -> set[str]:
        return {
            confirmable(desk.rows, KEYRING, of, desk.now),
            confirm(desk.rows, KEYRING, of, HERE, desk.now),
        }

    assert confirm(desk.rows, KEYRING, newer, HERE, desk.now) == "done"
    assert outcomes(older) == {"overtaken"}
    assert outcomes(newer) == {"done"}
    assert outcomes(older[:-1] + ("A" if older[-1] != "A" else "B")) == {"stale"}
    desk.wait(hours=48)
    assert outcomes(older) == {"stale"}, "an old link tells nobody anything"


def test_an_older_link_of_who_has_left_says_nothing_of_a_subscription() -> None:
    desk = confirmed(Desk())
    older, newer = (links(sign_up_again(desk))["confirm"] for _ in range(2))
    confirm(desk.rows, KEYRING, newer, HERE, desk.now)
    unsubscribe(desk.rows, KEYRING, KEYRING.sign("unsubscribe", READER), HERE, desk.now)
    assert confirmable(desk.rows, KEYRING, older, desk.now) == "stale"
    assert confirm(desk.rows, KEYRING, older, HERE, desk.now) == "stale"


def test_a_reader_who_is_signed_up_again_can_leave_by_that_mail_s_link_or_its_header() -> None:
    desk = confirmed(Desk())
    mail = sign_up_again(desk)
    assert parsed(mail)["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert unsubscribe(desk.rows, KEYRING, links(mail)["unsubscribe"], HERE, desk.now) == "done"
    assert state(desk) == "unsubscribed"
    assert confirm(desk.rows, KEYRING, links(mail)["confirm"], HERE, desk.now) == "stale"


def test_a_consent_is_in_the_ledger_even_if_the_first_press_of_the_button_was_cut_short() -> None:
    desk = confirmed(Desk())
    mail = sign_up_again(desk)
    again = confirm_at(read(desk.rows, READER), milliseconds(desk.now) - 3_600_000, milliseconds(desk.now))
    assert again is not None
    desk.rows.by_key[rows.state(READER)] = desk.rows.by_key[rows.state(READER)]._replace(
        body=again.canonical().decode()
    )
    assert acts(desk) == ["asked", "confirmed", "asked"]
    assert confirm(desk.rows, KEYRING, links(mail)["confirm"], HERE, desk.now) == "done"
    assert acts(desk) == ["asked", "confirmed", "asked", "confirmed"]


def test_a_sign_up_that_names_no_language_is_in_the_newsroom_s() -> None:
    desk = Desk()
    newsroom = desk.settings.newsroom.model_copy(update={"language": "en"})
    desk.settings = desk.settings.model_copy(update={"newsroom": newsroom})
    desk.sign_up(as_json())
    assert desk.work_off() == ["invited"]
    assert "This address was signed up" in text(desk.mailer.sent[-1])


def test_a_goodbye_is_in_the_ledger_even_if_the_first_press_of_the_button_was_cut_short() -> None:
    desk = confirmed(Desk())
    goodbye, left = KEYRING.sign("unsubscribe", READER), milliseconds(desk.now)
    desk.rows.by_key[rows.state(READER)] = desk.rows.by_key[rows.state(READER)]._replace(
        body=unsubscribed(read(desk.rows, READER), left).canonical().decode()
    )
    assert acts(desk) == ["asked", "confirmed"]
    for _ in range(2):
        desk.wait(minutes=1)
        assert unsubscribe(desk.rows, KEYRING, goodbye, HERE, desk.now) == "done"
    assert acts(desk) == ["asked", "confirmed", "unsubscribed"]
    assert rows.consent(READER, Consent(act="unsubscribed", at=left)) in desk.rows.by_key


def test_a_goodbye_of_an_erased_address_writes_nothing() -> None:
    desk = confirmed(Desk())
    erase(desk.office, address_of("naima@example.ma"))
    assert unsubscribe(desk.rows, KEYRING, KEYRING.sign("unsubscribe", READER), HERE, desk.now) == "done"
    assert acts(desk) == []
