from datetime import UTC, datetime
from email import message_from_bytes
from email.header import decode_header, make_header
from email.policy import compat32, default
from email.utils import parseaddr

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.core.newsletter.mime import Parts, mail, one_line

NOW = datetime(2026, 11, 20, 7, tzinfo=UTC)
PARTS = Parts(
    name="La Quotidienne",
    sender="newsletter@example.ma",
    to="naima@example.ma",
    subject="Vendredi 20 Novembre 2026",
    html="<p>é</p>",
    text="é",
    unique="issue.1",
    unsubscribe="https://www.example.ma/api/newsletter/unsubscribe?token=" + "a" * 200,
)
HEADERS = {"From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "X-Auto-Response-Suppress", "List-Id",
           "List-Unsubscribe", "List-Unsubscribe-Post", "MIME-Version", "Content-Type"}  # fmt: skip
EVIL = [
    "\r\nBcc: all@example.ma",
    "\nX-Evil: 1",
    "\r",
    "\0",
    "a\u2028Bcc: x",
    "\u202ecba",
    "\ud800",
    "é" * 500,
    "=?utf-8?q?=0ABcc:x?=",
]


def test_an_issue_has_the_headers_of_a_list_and_they_stay_on_one_line() -> None:
    raw = mail(PARTS, NOW, ()).raw
    assert raw.startswith(f"List-Unsubscribe: <{PARTS.unsubscribe}>\r\n".encode())
    message = message_from_bytes(raw, policy=default)
    assert set(message.keys()) == HEADERS
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert message["List-Id"] == "<newsletter.example.ma>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert b"\n" not in raw.replace(b"\r\n", b"")


def test_the_name_of_the_list_is_plain_however_long_its_host_is() -> None:
    host = f"{'redaction.' * 10}example.ma"
    raw = mail(PARTS.model_copy(update={"sender": f"newsletter@{host}"}), NOW, ()).raw
    assert f"\r\nList-Id: <newsletter.{host}>\r\n".encode() in raw


def test_exchange_is_asked_for_no_replies_from_holidays_but_for_its_bounces() -> None:
    """[MS-OXCMAIL] 2.1.3.2.20: NDR, and All, suppress non-delivery reports."""
    asked = message_from_bytes(mail(PARTS, NOW, ()).raw, policy=default)["X-Auto-Response-Suppress"]
    assert set(asked.split(", ")) == {"OOF", "AutoReply"}


def test_a_mail_that_nobody_can_unsubscribe_from_says_so_nowhere() -> None:
    message = message_from_bytes(mail(PARTS.model_copy(update={"unsubscribe": ""}), NOW, ()).raw, policy=default)
    assert not any(name.startswith("List-") for name in message)


@pytest.mark.parametrize("evil", EVIL)
@pytest.mark.parametrize("field", ["name", "subject"])
def test_no_text_starts_a_header_of_its_own(field: str, evil: str) -> None:
    raw = mail(PARTS.model_copy(update={field: f"a{evil}b"}), NOW, ()).raw
    message = message_from_bytes(raw, policy=default)
    assert set(message.keys()) == HEADERS
    assert "Bcc" not in message


@pytest.mark.parametrize("evil", EVIL)
@pytest.mark.parametrize("field", ["to", "sender", "unsubscribe"])
def test_an_address_that_could_not_stand_in_a_header_stops_the_mail(field: str, evil: str) -> None:
    with pytest.raises((ValueError, IndexError)):
        mail(PARTS.model_copy(update={field: getattr(PARTS, field) + evil}), NOW, ())


WORDS = [
    "L’Économiste",
    "à",
    "Tétouan",
    "–",
    "«",
    "»",
    "&",
    "(Rabat)",
    "du,",
    "Le",
    '"Vrai"',
    "صحيفة",
    "الصباح",
    "é" * 50,
]


@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=12).map(" ".join))
def test_a_name_and_a_subject_arrive_as_they_are_wherever_their_lines_are_folded(text: str) -> None:
    raw = mail(PARTS.model_copy(update={"name": text, "subject": text}), NOW, ()).raw
    message = message_from_bytes(raw, policy=compat32)  # the default policy mends what other readers would not
    name, address = parseaddr(message["From"].replace("\r\n", ""))
    assert (str(make_header(decode_header(name))), address) == (text, PARTS.sender)
    assert str(make_header(decode_header(message["Subject"]))) == text[:200]
    lines = raw.partition(b"\r\n\r\n")[0].split(b"\r\n")
    assert all(len(line) <= 76 for line in lines if b"=?" in line)
    assert all(len(line) <= 998 for line in lines)


@given(st.text())
def test_one_line_is_one_line(text: str) -> None:
    assert one_line(text).splitlines() in ([], [one_line(text)])
