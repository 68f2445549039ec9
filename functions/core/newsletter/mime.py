"""A mail as bytes: raw MIME (RFC 5322), so that every header is ours. No value can start a header of its own."""

import re
import unicodedata
from datetime import datetime
from email.header import Header
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from functions.core.model import Frozen

_SPACES = re.compile(r"\s+")
_PLAIN_URL = re.compile(r"https?://[!-;=?-~]{1,900}")
_PLAIN_ADDRESS = re.compile(r"[!#-'*+\-/-9=?A-Z^-~.]{1,64}@[A-Za-z0-9.-]{1,254}")
_ENCODED = "=?"  # what starts an encoded word (RFC 2047), whose decoded text nobody would have looked at
_BOUNDARY = "=_rotative"
_MAX_SUBJECT = 200
_MAX_LINE = 75  # of an encoded word (RFC 2047), and one for the blank before it
_CRLF = "\r\n"


class Mail(Frozen):
    """A mail ready to be sent; `tags` come back with every event that SES tells of it."""

    sender: str
    to: str
    raw: bytes
    tags: tuple[tuple[str, str], ...] = ()


class Parts(Frozen):
    """What a mail is made of. `sender` and `to` are addresses in ASCII, `name` the sender's in any script.

    `unsubscribe` is the address that answers a one-click POST (RFC 8058); without it the mail is no bulk mail.
    """

    name: str
    sender: str
    to: str
    subject: str
    html: str
    text: str
    unique: str
    unsubscribe: str = ""


def mail(parts: Parts, now: datetime, tags: tuple[tuple[str, str], ...]) -> Mail:
    """The mail; equal arguments give equal bytes. ValueError for an address that could not stand in a header."""
    _check_address(parts.sender)
    _check_address(parts.to)
    host = parts.sender.rpartition("@")[2]
    message = EmailMessage(policy=SMTP)
    message["To"] = Address(addr_spec=parts.to)
    message["Date"] = format_datetime(now)
    message["Message-ID"] = f"<{parts.unique}@{host}>"
    message["Auto-Submitted"] = "auto-generated"
    # What Exchange heeds; its replies from holidays reach SES as bounces. "All" would also keep real bounces from it.
    message["X-Auto-Response-Suppress"] = "OOF, AutoReply"
    if parts.unsubscribe:
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.set_content(parts.text, cte="base64")
    message.add_alternative(parts.html, subtype="html", cte="base64")
    message.set_boundary(_BOUNDARY)
    # EmailMessage would encode a long address word by word, and mail readers look for a plain one; of two words that
    # it encodes it loses the blank between them where it folds.
    unfolded = ""
    if parts.unsubscribe:
        unfolded = f"List-Unsubscribe: <{_url(parts.unsubscribe)}>\r\nList-Id: <newsletter.{host}>\r\n"
    subject = _folded("Subject", one_line(parts.subject)[:_MAX_SUBJECT])
    ours = f"{unfolded}{_sender(one_line(parts.name), parts.sender)}{subject}"
    return Mail(sender=parts.sender, to=parts.to, raw=ours.encode() + message.as_bytes(), tags=tags)


def _sender(name: str, address: str) -> str:
    if name.isascii():
        return f"From: {Address(name, addr_spec=address)}\r\n"
    return f"{_folded('From', name)} <{address}>\r\n"


def _folded(header: str, text: str) -> str:
    """A header of plain text, or of encoded words without a plain one between them; no line has more than 76 signs."""
    return f"{header}: {Header(text, header_name=header, maxlinelen=_MAX_LINE).encode(linesep=_CRLF)}{_CRLF}"


def _check_address(address: str) -> None:
    if _ENCODED in address or not _PLAIN_ADDRESS.fullmatch(address):
        raise ValueError("not a plain address")


def _url(url: str) -> str:
    """A URL that may stand between angle brackets in a header; ValueError for any other."""
    if _ENCODED in url or not _PLAIN_URL.fullmatch(url):
        raise ValueError("not a plain URL")
    return url


def one_line(text: str) -> str:
    """Text that may stand in a header: one line, no control, format or surrogate character, no encoded word."""
    spaced = _SPACES.sub(" ", text)
    seen = "".join(each for each in spaced if unicodedata.category(each) not in {"Cc", "Cf", "Cs", "Zl", "Zp"})
    return seen.replace(_ENCODED, "= ?").strip()
