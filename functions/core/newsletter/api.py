"""What the API's documentation says of each route: Powertools makes docs/openapi.json of it."""

from typing import Any

# The methods of each path, as the Allow header lists them; tests hold them against the routes.
METHODS = {
    "/api/newsletter/subscriptions": "POST",
    "/api/newsletter/stamp": "GET, HEAD",
    "/api/newsletter/confirm": "GET, HEAD, POST",
    "/api/newsletter/unsubscribe": "GET, HEAD, POST",
    "/api/health": "GET, HEAD",
}

_TEXT = {"schema": {"type": "string"}}


def _object(**properties: Any) -> dict[str, Any]:
    """The schema of an object with exactly these properties; of those with a default not all need be there."""
    needed = [name for name, schema in properties.items() if "default" not in schema]
    return {"type": "object", "properties": properties, "required": needed, "additionalProperties": False}


_STRING = {"type": "string"}
_OPTIONAL = {"type": "string", "default": ""}
_ERROR = _object(code=_STRING, reason=_STRING, field=_OPTIONAL, suggestion=_OPTIONAL)
_PROBLEM = {
    "application/problem+json": {
        "schema": _object(
            title=_STRING,
            status={"type": "integer"},
            detail=_STRING,
            errors={"type": "array", "items": _ERROR, "default": []},
        )
    }
}
_GO = {"description": "A page to go to: Location names it.", "content": {}}
_STALE = {**_GO, "description": "The token is not ours, has expired, or has been used: to a page that says so."}
_NOT_NOW = {**_GO, "description": f"{_STALE['description']} To another, if its reader has confirmed a later one."}
_EITHER = {**_PROBLEM, "text/html": _TEXT}  # for a program, for a person's form
_BUSY = {"description": "Please try again in a minute.", "content": _EITHER}


def _route(identity: str, summary: str, responses: dict[int, Any]) -> dict[str, Any]:
    return {"operation_id": identity, "summary": summary, "responses": {**responses, 503: _BUSY}}


def _json(why: str, **properties: Any) -> dict[str, Any]:
    return {"description": why, "content": {"application/json": {"schema": _object(**properties)}}}


def _refused(status: int, why: str) -> dict[int, Any]:
    return {status: {"description": why, "content": _EITHER}}


SIGN_UP: dict[str, Any] = _route(
    "subscribe",
    "Sign up for the newsletter; the answer is the same for every address",
    {
        202: _json("Taken.", status={"const": "accepted"}),
        303: _GO,
        **_refused(400, "The body is not what its Content-Type says."),
        **_refused(413, "The body has more than 4096 bytes."),
        **_refused(415, "The body is neither JSON nor a form."),
        **_refused(
            422,
            "Some fields cannot be accepted; `errors` names each. JSON may name the newsroom's categories alone, "
            "which `suggestion` lists; a form's others are passed over.",
        ),
        **_refused(429, "Too many sign-ups from this network, or from everywhere."),
    },
)
STAMP: dict[str, Any] = _route(
    "stamp",
    "A stamp for a form that a script makes",
    {200: _json("A stamp.", stamp=_STRING)},
)
_PAGE = {"description": "A page with a button.", "content": {"text/html": _TEXT}}
CONFIRM: dict[str, Any] = _route(
    "askToConfirm", "The page behind a confirmation's link; it changes nothing", {200: _PAGE, 303: _NOT_NOW}
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
        400: {"description": "One click with a token that is not ours.", "content": _PROBLEM},
    },
)
HEALTH: dict[str, Any] = {
    "operation_id": "health",
    "summary": "A sign of life",
    "responses": {200: _json("Alive.", status={"const": "ok"})},
}
