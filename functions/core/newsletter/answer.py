"""What a stranger hears: the same for every address, and everything that is wrong with a request."""

from typing import Literal

from functions.core import places
from functions.core.model import Frozen, canonical_json
from functions.core.newsletter.phrases import ENGLISH, ProblemWords
from functions.core.newsletter.subscription import Refusal, Request
from functions.core.page import HTML

PROBLEM = "application/problem+json"
# The phrases of RFC 9110; http.HTTPStatus gives others before Python 3.13.
_TITLES = {
    400: "Bad Request",
    404: "Not Found",
    405: "Method Not Allowed",
    413: "Content Too Large",
    415: "Unsupported Media Type",
    422: "Unprocessable Content",
    429: "Too Many Requests",
    503: "Service Unavailable",
}

Outcome = Literal["taken", "trapped"]
Button = Literal["confirm", "unsubscribe"]  # of the page behind a link of a mail
_HOUR = "3600"
_NO_TOKEN = Refusal(status=400, code="token", detail="The token is not one of ours.")
_NO_ROUTE = Refusal(status=404, detail="There is nothing here.")
_NO_METHOD = Refusal(status=405, detail="This is not done here; the Allow header names what is.")


class Answer(Frozen):
    """An HTTP answer: a location and no body, or a body and no location."""

    status: int
    body: str = ""
    content_type: str | None = None
    location: str | None = None
    language: str | None = None
    allow: str | None = None

    @property
    def headers(self) -> dict[str, str]:
        """Its headers. No answer of the API is anybody else's, so none may be stored; a token goes to nobody else."""
        headers = {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer"}
        if self.language:
            headers["Content-Language"] = self.language
        if self.status == 429:
            headers["Retry-After"] = _HOUR
        if self.content_type:
            headers["Content-Type"] = self.content_type
        if self.location:
            headers["Location"] = self.location
        if self.allow:
            headers["Allow"] = self.allow
        return headers


def taken(request: Request) -> Answer:
    """What to say of a sign-up: a form is sent to a page, a program gets JSON. What became of it does not show."""
    if request.is_form:
        return Answer(status=303, location=places.NEWSLETTER_PENDING)
    return Answer(status=202, body=_json({"status": "accepted"}), content_type="application/json")


def refused(refusal: Refusal, words: ProblemWords = ENGLISH) -> Answer:
    """A problem document (RFC 9457); `errors` is our extension of it, one entry a problem."""
    document: dict[str, object] = {
        "title": _TITLES[refusal.status],
        "status": refusal.status,
        "detail": words.detail(refusal),
    }
    if refusal.problems:
        told = (each.model_copy(update={"reason": words.reason(each)}) for each in refusal.problems)
        document["errors"] = [
            problem.model_dump(include={"code", "field", "reason", "suggestion"}, exclude_none=True) for problem in told
        ]
    return Answer(status=refusal.status, body=_json(document), content_type=PROBLEM, language=words.language)


def page(status: int, html: str) -> Answer:
    """A page for a person, whatever its status."""
    return Answer(status=status, body=html, content_type=HTML)


def misdirected(allow: str, words: ProblemWords = ENGLISH) -> Answer:
    """What a request gets that no route takes; `allow` lists the methods of its path, empty where there is none."""
    if not allow:
        return refused(_NO_ROUTE, words)
    return refused(_NO_METHOD, words).model_copy(update={"allow": allow})


def stamped(stamp: str) -> Answer:
    """A form stamp for a program."""
    return Answer(status=200, body=_json({"stamp": stamp}), content_type="application/json")


def stale() -> Answer:
    """The way to the page for links that are no good."""
    return Answer(status=303, location=places.NEWSLETTER_EXPIRED)


def clicked(
    button: Button,
    outcome: Literal["done", "overtaken", "stale"],
    request: Request,
    words: ProblemWords = ENGLISH,
) -> Answer:
    """What a pressed button leads to. A mail reader's one click gets no redirect (RFC 8058, section 3.1)."""
    if button == "unsubscribe" and request.is_one_click:
        if outcome == "done":
            return Answer(status=200, body="unsubscribed", content_type="text/plain; charset=utf-8")
        return refused(_NO_TOKEN, words)
    if outcome == "stale":
        return stale()
    if outcome == "overtaken":
        return Answer(status=303, location=places.NEWSLETTER_OVERTAKEN)
    done = places.NEWSLETTER_CONFIRMED if button == "confirm" else places.NEWSLETTER_UNSUBSCRIBED
    return Answer(status=303, location=done)


def _json(document: dict[str, object]) -> str:
    return canonical_json(document).decode()
