"""What the API's documentation says of each route: Powertools makes docs/openapi.json of it."""

from typing import Any

_TEXT = {"schema": {"type": "string"}}
_PROBLEM = {"application/problem+json": {"schema": {"type": "object"}}}
_GO = {"description": "A page to go to: Location names it.", "content": {}}
_STALE = {**_GO, "description": "The token is not ours, has expired, or has been used: to a page that says so."}
_BUSY = {"description": "Please try again in a minute.", "content": _PROBLEM}


def _route(identity: str, summary: str, responses: dict[int, Any]) -> dict[str, Any]:
    return {"operation_id": identity, "summary": summary, "responses": {**responses, 503: _BUSY}}


def _refused(status: int, why: str) -> dict[int, Any]:
    return {status: {"description": why, "content": _PROBLEM}}


SIGN_UP: dict[str, Any] = _route(
    "subscribe",
    "Sign up for the newsletter; the answer is the same for every address",
    {
        202: {"description": "Taken.", "content": {"application/json": {"schema": {"type": "object"}}}},
        303: _GO,
        **_refused(400, "The body is not what its Content-Type says."),
        **_refused(413, "The body has more than 4096 bytes."),
        **_refused(415, "The body is neither JSON nor a form."),
        **_refused(422, "Some fields cannot be accepted; `errors` names each."),
        **_refused(429, "Too many sign-ups from this network, or from everywhere."),
    },
)
STAMP: dict[str, Any] = _route(
    "stamp",
    "A stamp for a form that a script makes",
    {200: {"description": "A stamp.", "content": {"application/json": {"schema": {"type": "object"}}}}},
)
_PAGE = {"description": "A page with a button.", "content": {"text/html": _TEXT}}
CONFIRM: dict[str, Any] = _route(
    "askToConfirm", "The page behind a confirmation's link; it changes nothing", {200: _PAGE, 303: _STALE}
)
CONFIRMED: dict[str, Any] = _route("confirm", "Confirm a sign-up; idempotent", {303: _GO})
UNSUBSCRIBE: dict[str, Any] = _route(
    "askToUnsubscribe", "The page behind an unsubscription's link; it changes nothing", {200: _PAGE, 303: _STALE}
)
UNSUBSCRIBED: dict[str, Any] = _route(
    "unsubscribe",
    "Unsubscribe, with a button or with one click (RFC 8058); idempotent",
    {
        200: {"description": "Done, for a mail reader's one click.", "content": {"text/plain": _TEXT}},
        303: _GO,
        **_refused(400, "One click with a token that is not ours."),
    },
)
HEALTH: dict[str, Any] = {
    "operation_id": "health",
    "summary": "A sign of life",
    "responses": {200: {"description": "Alive.", "content": {"application/json": {"schema": {"type": "object"}}}}},
}
