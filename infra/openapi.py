"""docs/openapi.json: what Powertools says of the routes, and the fields and the token that the handlers read.

`python -m infra.openapi` writes it again; tests/infra/test_openapi.py compares.
"""

import json
from pathlib import Path
from typing import Any

from functions.core.newsletter.subscription import FORM, JSON, MAX_EMAIL, NO_CONSENT, SignUp
from functions.handlers.newsletter import app

FILE = Path(__file__).parent.parent / "docs" / "openapi.json"
_TITLE, _VERSION = "Rotative", "1"
_TOKEN = {
    "name": "token",
    "in": "query",
    "required": False,
    "description": "From the link of a mail; without it the answer is that of a token that is not ours.",
    "schema": {"type": "string"},
}
_ONE_CLICK = {
    "type": "object",
    "description": "List-Unsubscribe=One-Click is a mail reader's; anything else is a person's button.",
    "properties": {"List-Unsubscribe": {"type": "string"}},
}
_EMAIL = {
    "type": "string",
    "format": "email",
    "maxLength": MAX_EMAIL,
    "not": {"pattern": r"\.(arpa|invalid|local|localhost|onion|test)$"},  # RFC 6761: no mail goes there
}
_TICK = {"type": "string", "not": {"pattern": NO_CONSENT}}
_CONSENT = {"description": "true, or any text that does not say no", "anyOf": [{"const": True}, _TICK]}


def document() -> str:
    """The OpenAPI document, as it is committed."""
    made: dict[str, Any] = json.loads(app.get_openapi_json_schema(title=_TITLE, version=_VERSION))
    paths = made["paths"]
    document, form = _sign_up(), _sign_up()
    one_or_more = form["properties"]["categories"]
    form["properties"]["categories"] = {"anyOf": [one_or_more["items"], one_or_more]}
    form["properties"]["consent"] = _TICK
    body = {"required": True, "content": {JSON: {"schema": document}, FORM: {"schema": form}}}
    paths["/api/newsletter/subscriptions"]["post"]["requestBody"] = body
    for path in ("/api/newsletter/confirm", "/api/newsletter/unsubscribe"):
        for operation in paths[path].values():
            operation["parameters"] = [_TOKEN]
    one_click = {kind: {"schema": _ONE_CLICK} for kind in (FORM, "multipart/form-data")}
    paths["/api/newsletter/unsubscribe"]["post"]["requestBody"] = {"required": False, "content": one_click}
    if "$ref" not in json.dumps(paths):
        made.pop("components", None)  # Powertools' own errors, which no route of ours answers
    return json.dumps(made, indent=2, ensure_ascii=False) + "\n"


def _sign_up() -> dict[str, Any]:
    """The fields of a sign-up, as they are sent."""
    schema = SignUp.model_json_schema()
    schema.pop("description")  # it is for readers of the code
    schema["properties"] |= {"email": _EMAIL, "consent": _CONSENT}
    return schema


if __name__ == "__main__":
    FILE.write_text(document(), encoding="utf-8")
