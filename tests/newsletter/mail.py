"""Mails as tests look at them."""

import re
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from urllib.parse import unquote

from functions.core.newsletter.mime import Mail

TOKEN = re.compile(r"/api/newsletter/(confirm|unsubscribe)\?token=([\w.%-]+)")


def parsed(mail: Mail) -> EmailMessage:
    return message_from_bytes(mail.raw, _class=EmailMessage, policy=default)


def text(mail: Mail) -> str:
    return body(mail, "plain")


def body(mail: Mail, kind: str) -> str:
    part = parsed(mail).get_body((kind,))
    return str(part.get_content()) if part else ""


def token(mail: Mail) -> str:
    """The token of the one link in a mail that does something."""
    (found,) = {match[1] for match in TOKEN.findall(text(mail))}
    return unquote(found)
