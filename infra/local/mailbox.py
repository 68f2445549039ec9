"""The mailbox of the local press, at /_mail/: every message that SES took, with links that work on this machine.

/_mail/ lists them, /_mail/<id> shows one, /_mail/<id>/html its HTML alone; /_mail/preview is the next issue, and a
button makes it now instead of at the newsroom's hour.
"""

import re
from collections.abc import Callable, Sequence
from email import message_from_string
from email.message import EmailMessage
from email.policy import default
from typing import Any, Protocol

from werkzeug.wrappers import Request, Response

from functions.core.templates import Templates, trusted
from infra.local.mailbox_pages import PAGES

PATH = "/_mail/"
_LINK = re.compile(r"https?://[^\s<>\"]+")
# The messages bring their own styles, and are shown in a frame.
_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; frame-src 'self'; frame-ancestors 'self'; "
        "form-action 'self'; base-uri 'none'"
    ),
    "X-Frame-Options": "SAMEORIGIN",
    "Cache-Control": "no-store",
}


class Sent(Protocol):
    """A message as moto keeps it."""

    id: str
    raw_data: str


class Newsletter(Protocol):
    """What the mailbox can ask of the newsletter."""

    def base_url(self) -> str:
        """The address of the site in the mails, which is this machine for us."""
        ...

    def preview(self) -> str:
        """The HTML of the issue that would be made now; empty if nothing is new."""
        ...

    def send_now(self) -> bool:
        """Makes today's issue; whether anybody waits for it."""
        ...


class Mailbox:
    """Answers the requests below /_mail/. `sent` answers all messages, oldest first."""

    def __init__(self, sent: Callable[[], Sequence[Any]], newsletter: Newsletter) -> None:
        self._sent = sent
        self._newsletter = newsletter
        self._templates = Templates(PAGES)

    def answer(self, request: Request) -> Response:
        name, _, part = request.path.removeprefix(PATH).partition("/")
        if request.method == "POST":
            return self._send_now(name)
        if request.method not in {"GET", "HEAD"}:
            return Response("", 405, {"Allow": "GET, HEAD, POST"})
        if name == "":
            return self._list()
        if name == "preview":
            return self._preview()
        found = next((each for each in self._sent() if each.id == name), None)
        if found is None or part not in {"", "html"}:
            return self._page("missing.html", 404)
        return self._html(_parsed(found)) if part else self._message(found)

    def _list(self) -> Response:
        rows = [(each.id, _parsed(each)) for each in reversed(self._sent())]
        return self._page("list.html", rows=[(id_, mail["Subject"], mail["To"], mail["Date"]) for id_, mail in rows])

    def _message(self, found: Sent) -> Response:
        mail = _parsed(found)
        links = dict.fromkeys(_LINK.findall(_body(mail, "plain")))
        return self._page(
            "message.html",
            id=found.id,
            subject=mail["Subject"],
            headers=mail.items(),
            text=_body(mail, "plain"),
            links=[self._here(link) for link in links],
        )

    def _html(self, mail: EmailMessage) -> Response:
        return _respond(self._framed(_body(mail, "html")))

    def _preview(self) -> Response:
        html = self._newsletter.preview()
        return _respond(self._framed(html)) if html else self._page("nothing.html")

    def _send_now(self, name: str) -> Response:
        if name != "issue":
            return self._page("missing.html", 404)
        return Response("", 303, {"Location": PATH}) if self._newsletter.send_now() else self._page("nobody.html")

    def _framed(self, html: str) -> str:
        """Links lead to this machine, and out of the frame."""
        return self._here(html).replace("<head>", '<head><base target="_top">', 1)

    def _here(self, text: str) -> str:
        return text.replace(self._newsletter.base_url() + "/", "/")

    def _page(self, name: str, status: int = 200, **values: Any) -> Response:
        style = trusted(PAGES["style.css"])
        return _respond(self._templates.render(name, {"style": style, **values}), status)


def _parsed(sent: Sent) -> EmailMessage:
    return message_from_string(sent.raw_data, _class=EmailMessage, policy=default)


def _body(mail: EmailMessage, kind: str) -> str:
    part = mail.get_body((kind,))
    return str(part.get_content()) if part else ""


def _respond(html: str, status: int = 200) -> Response:
    return Response(html, status, _HEADERS, content_type="text/html; charset=utf-8")
