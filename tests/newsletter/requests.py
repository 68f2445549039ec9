"""Requests as strangers send them."""

import json
from urllib.parse import urlencode

from functions.core.newsletter.subscription import FORM, JSON, Request

FIELDS = {"email": "Naima@example.ma", "consent": "on", "consent_version": "1"}


def as_json(**changes: object) -> Request:
    return Request(
        content_type=JSON,
        body=json.dumps({**FIELDS, **changes}),
        page="https://www.example.ma/economie/?x=1",
        address="192.0.2.17",
    )


def as_form(*pairs: tuple[str, str], address: str = "192.0.2.17") -> Request:
    return Request(content_type=FORM, body=urlencode([*FIELDS.items(), *pairs]), address=address)
