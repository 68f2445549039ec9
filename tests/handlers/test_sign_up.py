"""Sign-ups through the handler, on the resources of template.yaml: no answer tells a state, no field is a header."""

import json
from base64 import b64encode
from email import message_from_string
from email.policy import default
from typing import Any
from urllib.parse import urlencode

import pytest

from functions.bootstrap.newsletter import rows
from functions.core.newsletter.rows import STATE
from infra.local.cloud import LocalCloud
from tests.handlers.test_events import handle
from tests.newsletter.states import STATES, Requests, put_into
from tests.newsletter.test_mime import EVIL

# What a mail of the press may say about itself; the body's parts have headers of their own.
HEADERS = {"From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "X-Auto-Response-Suppress", "MIME-Version",
           "Content-Type"}  # fmt: skip
FIELDS = {"email": "naima@example.ma", "consent": "on", "consent_version": "1", "categories": "economie",
          "locale": "fr", "website": "", "stamp": "", "challenge": ""}  # fmt: skip
SENT = ("accept-language", "cloudfront-viewer-address", "referer", "user-agent", "x-forwarded-for")


@pytest.fixture
def cloud(standing: LocalCloud) -> LocalCloud:
    """A cloud that knows nobody, and has sent nothing."""
    standing.drain()
    for row in list(rows().scan(("state", STATE))):
        for each in rows().of(row.key.pk):
            rows().remove(each.key)
    standing.ses.sent_messages.clear()
    return standing


def as_form(event: dict[str, Any], fields: dict[str, str], base64: bool) -> dict[str, Any]:
    """The same request, of a form; API Gateway encodes what it does not take for text."""
    body = urlencode(fields, errors="surrogatepass")
    headers = {**event["headers"], "Content-Type": "application/x-www-form-urlencoded"}
    sent = b64encode(body.encode()).decode() if base64 else body
    return {**event, "headers": headers, "body": sent, "isBase64Encoded": base64}


@pytest.fixture(scope="module")
def requests() -> Requests:
    """Few of any one network, over all tests together."""
    return Requests()


@pytest.mark.parametrize("how", ["json", "form"])
def test_an_answer_is_the_same_to_the_byte_whatever_is_known_of_the_address(
    how: str, cloud: LocalCloud, requests: Requests
) -> None:
    said = {}
    for state in STATES:
        email = f"{state}@example.org"
        put_into(state, email)
        trap = {"website": "x"} if state == "honeypot" else {}
        event = requests.of(email, **trap)
        if how == "form":
            event = as_form(event, {**FIELDS, "email": email, **trap}, base64=False)
        said[state] = json.dumps(handle("newsletter", event))
    assert len(set(said.values())) == 1, said
    assert '"statusCode": 202' in said["new"] if how == "json" else '"statusCode": 303' in said["new"]


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "https://www.example.ma"])
def test_a_browser_of_another_site_s_page_does_no_more_than_any_program(
    origin: str, cloud: LocalCloud, requests: Requests
) -> None:
    event = as_form(requests.of("salma@example.ma"), {**FIELDS, "email": "salma@example.ma"}, base64=False)
    lent = {"origin": origin, "sec-fetch-site": "cross-site", "cookie": "session=x"}
    plain, forged = (handle("newsletter", {**event, "headers": event["headers"] | more}) for more in ({}, lent))
    assert forged == plain
    assert not [name for name in forged["headers"] if name.lower().startswith(("set-cookie", "access-control"))]


def hostile(event: dict[str, Any], field: str, evil: str) -> dict[str, Any]:
    """A sign-up with a text behind what is in one of its headers, or else fields; every second one is a form."""
    fields = dict(FIELDS)
    if field in SENT:
        event = {**event, "headers": {**event["headers"], field: event["headers"].get(field, "") + evil}}
    else:
        fields[field] += evil
    if EVIL.index(evil) % 2:
        return as_form(event, fields, base64="é" in evil)
    return {**event, "body": json.dumps({**fields, "categories": [fields["categories"]]})}


@pytest.mark.once
@pytest.mark.parametrize("field", [*FIELDS, *SENT])
def test_no_field_of_a_sign_up_starts_a_header_of_an_answer_or_a_mail(
    field: str, cloud: LocalCloud, requests: Requests
) -> None:
    statuses = set()
    for evil in EVIL:
        answer = handle("newsletter", hostile(requests.of(FIELDS["email"]), field, evil))
        statuses.add(answer["statusCode"])
        for name, value in answer["headers"].items():
            assert value.isprintable(), name
            assert "evil" not in value.lower(), name
    assert statuses <= {202, 303, 400, 422}
    cloud.drain()
    taken = bool(statuses & {202, 303})
    assert len(cloud.ses.sent_messages) == (taken and field != "website"), "one address, one mail"
    for mail in cloud.ses.sent_messages:
        message = message_from_string(mail.raw_data, policy=default)
        assert set(message.keys()) == HEADERS
        assert message["To"] == FIELDS["email"]
