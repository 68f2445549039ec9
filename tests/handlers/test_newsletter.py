"""Every sample event of the API is fed to its handler, on the resources of template.yaml."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import boto3
import pytest

from functions.bootstrap.newsletter import keyring, origin_secret
from functions.core.newsletter.invitation import Invitation
from functions.core.newsletter.rows import state
from functions.core.newsletter.subscription import ORIGIN_HEADER
from functions.core.newsletter.tokens import confirm_token, milliseconds
from infra.local.cloud import LocalCloud
from tests.handlers.test_events import handle
from tests.newsletter.states import put_into

EVENTS = Path(__file__).parents[2] / "events" / "newsletter"
TABLE = "rotative-subscribers"
# What each sample gets: status, where a form is sent or what a document says, and how many sign-ups go to the outbox.
EXPECTED = {
    "confirm-stale": (303, "/newsletter/expired/", 0),
    "confirm-stale-button": (303, "/newsletter/expired/", 0),
    "form": (303, "/newsletter/pending/", 1),
    "form-base64": (303, "/newsletter/pending/", 1),
    "form-honeypot": (303, "/newsletter/pending/", 1),
    "form-missing-consent": (422, "<h1>L’inscription n’a pas abouti</h1>", 0),
    "health": (200, "ok", 0),
    "health-head": (200, "", 0),
    "json": (202, "accepted", 1),
    "json-bad-email": (422, "not an e-mail address that mail can reach", 0),
    "json-french-problem": (422, "champ obligatoire", 0),
    "json-honeypot": (202, "accepted", 1),
    "json-international-domain": (202, "accepted", 1),
    "json-malformed": (400, "Bad Request", 0),
    "json-missing-consent": (422, "consent", 0),
    "json-not-utf8": (400, "Bad Request", 0),
    "json-too-large": (413, "at most 4096 bytes", 0),
    "json-unknown-category": (422, "economie, developpement-durable", 0),
    "json-unknown-field": (422, "role", 0),
    "multipart": (415, "Unsupported Media Type", 0),
    "no-body": (415, "Unsupported Media Type", 0),
    "stamp": (200, "v1.k1.stamp.form.", 0),
    "unknown-path": (404, "nothing here", 0),
    "unsubscribe-no-token": (303, "/newsletter/expired/", 0),
    "unsubscribe-stale": (303, "/newsletter/expired/", 0),
    "unsubscribe-stale-button": (303, "/newsletter/expired/", 0),
    "unsubscribe-stale-one-click": (400, "not one of ours", 0),
    "unsubscribe-stale-one-click-multipart": (400, "not one of ours", 0),
    "wrong-method": (405, "the Allow header", 0),
}


def sample(name: str) -> dict[str, Any]:
    event: dict[str, Any] = json.loads((EVENTS / f"{name}.json").read_text(encoding="utf-8"))
    return event


def ask(name: str) -> Any:
    return handle("newsletter", sample(name))


def with_token(name: str, token: str) -> dict[str, Any]:
    """A sample with a token of its own."""
    return {**sample(name), "rawQueryString": f"token={token}", "queryStringParameters": {"token": token}}


@pytest.fixture
def cloud(standing: LocalCloud) -> LocalCloud:
    """A cloud whose queue and table are empty."""
    waiting(standing)
    dynamodb = boto3.client("dynamodb")
    for item in dynamodb.scan(TableName=TABLE)["Items"]:
        dynamodb.delete_item(TableName=TABLE, Key={name: item[name] for name in ("pk", "sk")})
    return standing


def waiting(cloud: LocalCloud) -> list[Invitation]:
    """What the outbox queue holds; it is taken out."""
    sqs, url = boto3.client("sqs"), cloud.template.queues["OutboxQueue"].url
    found = []
    while taken := sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10).get("Messages"):
        for message in taken:
            found.append(Invitation.model_validate_json(message["Body"]))
            sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
    return found


def test_every_sample_event_has_an_expected_answer() -> None:
    assert {path.stem for path in EVENTS.glob("*.json")} == set(EXPECTED)


@pytest.mark.parametrize("name", EXPECTED)
def test_a_sample_event_gets_its_answer(name: str, cloud: LocalCloud) -> None:
    status, said, kept = EXPECTED[name]
    answer = ask(name)
    assert answer["statusCode"] == status
    assert said in (answer["headers"].get("Location") or answer["body"])
    assert answer["headers"]["Cache-Control"] == "no-store"
    invitations = waiting(cloud)
    assert len(invitations) == kept
    assert [each.trapped for each in invitations] == ["honeypot" in name] * kept
    assert "naima" not in str(invitations).lower(), "the address is sealed"


@pytest.mark.parametrize(("one", "other"), [("form", "form-honeypot"), ("json", "json-honeypot")])
def test_a_trapped_program_gets_the_very_same_answer(one: str, other: str, cloud: LocalCloud) -> None:
    assert ask(one) == ask(one) == ask(other)


@pytest.mark.parametrize("name", ["json-bad-email", "json-missing-consent", "json-unknown-field"])
def test_a_program_gets_a_problem_document_that_names_the_field(name: str, cloud: LocalCloud) -> None:
    answer = ask(name)
    document = json.loads(answer["body"])
    assert answer["headers"]["Content-Type"] == "application/problem+json"
    assert (document["status"], document["title"]) == (422, "Unprocessable Content")
    assert document["errors"][0]["field"] in {"email", "consent", "role"}


def test_from_the_21st_sign_up_of_one_network_in_an_hour_on_the_answer_is_to_wait(cloud: LocalCloud) -> None:
    answers = [ask("json")["statusCode"] for _ in range(21)]
    assert (answers[:20], answers[20]) == ([202] * 20, 429)
    assert ask("json")["headers"]["Retry-After"] == "3600"


@pytest.mark.parametrize(("by_the_cdn", "taken"), [(True, 25), (False, 20)])
def test_only_the_cdn_says_which_network_a_reader_is_in(by_the_cdn: bool, taken: int, cloud: LocalCloud) -> None:
    said = {ORIGIN_HEADER: origin_secret() if by_the_cdn else "x" * 64}
    event, answers = sample("json"), []
    for number in range(25):
        headers = {**event["headers"], **said, "cloudfront-viewer-address": f"10.0.{number}.1:1"}
        answers.append(handle("newsletter", {**event, "headers": headers})["statusCode"])
    assert answers == [202] * taken + [429] * (25 - taken)


def test_a_link_that_a_newer_one_has_overtaken_leads_to_a_page_that_says_so_with_and_without_its_button(
    cloud: LocalCloud,
) -> None:
    put_into("confirmed", "naima@example.ma")
    now = datetime.now(UTC)
    older = confirm_token(keyring(), keyring().subscriber("naima@example.ma"), milliseconds(now) - 60_000)
    for name in ("confirm-stale", "confirm-stale-button"):
        answer = handle("newsletter", with_token(name, older))
        assert (answer["statusCode"], answer["headers"]["Location"]) == (303, "/newsletter/already-confirmed/")


def test_a_path_says_what_can_be_done_there_and_head_is_get_without_a_body(cloud: LocalCloud) -> None:
    assert ask("wrong-method")["headers"]["Allow"] == "GET, HEAD, POST"
    head, whole = ask("health-head"), ask("health")
    assert (head["body"], head["headers"]) == ("", whole["headers"])


def test_a_form_that_cannot_be_taken_gets_a_page_that_says_why_with_the_form(cloud: LocalCloud) -> None:
    likely = ask("form-missing-consent")["body"]
    too_many = [ask("form") for _ in range(21)][-1]
    assert too_many["statusCode"] == 429
    assert "dans une heure" in too_many["body"]
    for page in (likely, too_many["body"]):
        assert page.count('<form class="newsletter" method="post"') == 1
        assert 'value="Naima.El-Fassi@example.ma"' in page
    assert 'aria-describedby="consent-wrong"' in likely
    assert "-wrong" not in too_many["body"]


def test_a_link_shows_a_button_and_only_the_button_acts(cloud: LocalCloud) -> None:
    token = keyring().sign("unsubscribe", "a" * 40)
    page = handle("newsletter", with_token("unsubscribe-stale", token))
    assert page["statusCode"] == 200
    assert '<form class="question" method="post">' in page["body"]
    pressed = handle("newsletter", with_token("unsubscribe-stale-button", token))
    assert (pressed["statusCode"], pressed["headers"]["Location"]) == (303, "/newsletter/unsubscribed/")
    for name in ("unsubscribe-stale-one-click", "unsubscribe-stale-one-click-multipart"):
        assert handle("newsletter", with_token(name, token))["statusCode"] == 200


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("fr", "Ce jeton n’est pas des nôtres."),
        ("en", "The token is not one of ours."),
        ("ar", "هذا الرمز ليس من رموزنا."),
    ],
)
def test_one_click_with_a_token_that_is_not_ours_is_refused_in_the_language_asked_for(
    language: str, told: str, cloud: LocalCloud
) -> None:
    event = sample("unsubscribe-stale-one-click")
    answer = handle("newsletter", {**event, "headers": {**event["headers"], "accept-language": language}})
    assert answer["statusCode"] == 400
    assert answer["headers"]["Content-Language"] == language
    assert json.loads(answer["body"])["detail"] == told


def test_a_token_of_nobody_we_know_leaves_no_row(cloud: LocalCloud) -> None:
    handle("newsletter", with_token("unsubscribe-stale-button", keyring().sign("unsubscribe", "a" * 40)))
    key = state("a" * 40)
    item = {"pk": {"S": key.pk}, "sk": {"S": key.sk}}
    assert "Item" not in boto3.client("dynamodb").get_item(TableName=TABLE, Key=item)


@pytest.fixture
def cold(cloud: LocalCloud) -> Iterator[LocalCloud]:
    """A cloud whose functions start cold, and do so again after the test."""
    cloud.runtime.cold_start()
    yield cloud
    cloud.runtime.cold_start()


@pytest.mark.parametrize("name", ["json", "form"])
@pytest.mark.parametrize(
    "broken",
    ["OUTBOX_QUEUE_URL", "SUBSCRIBERS_TABLE", "ADDRESS_KEY", "IDENTITY_SECRET", "TOKEN_SECRET", "ORIGIN_SECRET"],
)
def test_a_service_that_does_not_answer_is_said_without_details(
    broken: str, name: str, cold: LocalCloud, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(broken, "https://sqs.eu-west-3.amazonaws.com/1/nothing" if "URL" in broken else "nothing-there")
    answer = ask(name)
    assert answer["statusCode"] == 503
    assert ("dans une minute" if name == "form" else "in a minute") in answer["body"]
    assert "nothing" not in str(answer)


@pytest.mark.parametrize("name", ["confirm-stale", "confirm-stale-button", "unsubscribe-stale-button"])
def test_a_link_or_a_button_that_cannot_do_it_now_shows_the_button_again_and_no_form_to_sign_up(
    name: str, cold: LocalCloud, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TOKEN_SECRET", "nothing-there")
    answer = ask(name)
    assert (answer["statusCode"], "dans une minute" in answer["body"]) == (503, True)
    assert '<form class="question" method="post">' in answer["body"]
    assert ask("unsubscribe-stale-one-click")["headers"]["Content-Type"] == "application/problem+json"


def test_no_log_line_holds_an_address_or_a_token(
    cold: LocalCloud, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    # A service of its own has a logger of its own, which writes to the stdout of this test.
    monkeypatch.setenv("POWERTOOLS_SERVICE_NAME", "night-shift")
    monkeypatch.setenv("POWERTOOLS_LOG_LEVEL", "DEBUG")
    for name in EXPECTED:
        ask(name)
    lines = capsys.readouterr().out
    assert '"outcome":"taken"' in lines
    assert "@" not in lines
    assert "naima" not in lines.lower()
    assert "v1.k1" not in lines
