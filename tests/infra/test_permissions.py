"""Each function's role allows what the function asks for, and nothing that no test has seen it ask for."""

import json
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import pytest

from infra.local.cloud import LocalCloud
from infra.local.template import load, read_roles
from tests.handlers.test_events import EVENTS, lay_in
from tests.infra.newsletter_day import newsletter_day
from tests.infra.press_day import press_day
from tests.infra.recorder import Call, allowed, grants, recording

TEMPLATE = load(parameters={"EditorsEmail": "desk@example.ma"})
ROLES = read_roles()
# What a role allows for reasons that no handler's call shows.
UNSEEN = {
    "logs:CreateLogStream": "Lambda's own",
    "logs:PutLogEvents": "Lambda's own",
    "xray:PutTraceSegments": "Lambda's own",
    "xray:PutTelemetryRecords": "Lambda's own",
    "sqs:ReceiveMessage": "Lambda's poller",
    "sqs:DeleteMessage": "Lambda's poller",
    "sqs:GetQueueAttributes": "Lambda's poller",
    "ses:SendRawEmail": "a raw message asks for this too",
    "s3:GetObjectVersion": "reading a version asks for this too",
    "cloudfront:CreateInvalidation": "one machine caches nothing; tests/adapters/test_cloudfront.py",
    "s3:ListBucket": "without it a missing key is 403, not 404",
}
Asked = dict[str, list[Call]]


def test_every_call_of_every_function_is_allowed_by_its_role(asked: Asked) -> None:
    refused = {
        f"{function}: {call.action} {call.resource}"
        for function, calls in asked.items()
        for call in calls
        if not allowed(ROLES[function], call)
    }
    assert not refused, "\n".join(sorted(refused))


def test_a_role_allows_nothing_that_its_function_never_uses(asked: Asked, capsys: pytest.CaptureFixture[str]) -> None:
    unused = sorted(
        f"{function}: {' '.join(grant)}"
        for function, statements in ROLES.items()
        if function in asked
        for grant in set(grants(statements))
        if grant.action not in UNSEEN and not any(grant in allowed(statements, call) for call in asked[function])
    )
    with capsys.disabled():
        print("\nallowed, not seen in use:", *(unused or ["nothing"]), sep="\n  ")
    assert len(unused) <= MOST_UNUSED, "\n".join(unused)


def test_only_who_writes_to_readers_may_open_their_addresses(asked: Asked) -> None:
    openings = [call for call in asked["DeliveryFunction"] if call.action == "kms:Decrypt" and call.parameters]
    assert openings
    for opening in openings:
        assert openers(opening) == {"DeliveryFunction", "OutboxFunction"}
        assert not openers(opening._replace(context={})), "what was sealed for another purpose"


def test_addresses_are_sealed_in_the_context_that_their_openers_must_give(asked: Asked) -> None:
    sealed = {tuple(call.context.items()) for call in asked["NewsletterFunction"] if call.action == "kms:Encrypt"}
    [condition] = [each["Condition"] for each in ROLES["OutboxFunction"] if each["Sid"] == "OpenAddresses"]
    assert sealed == {tuple(condition["StringEquals"].items())}


def test_secrets_are_opened_by_secrets_manager_alone_and_only_those_of_this_press(asked: Asked) -> None:
    opening = next(call for call in asked["IssueFunction"] if call.action == "kms:Decrypt")
    readers = {"NewsletterFunction", "OutboxFunction", "IssueFunction", "DeliveryFunction", "FeedbackFunction"}
    assert openers(opening) == readers
    for key in opening.context:
        assert not openers(opening._replace(context={**opening.context, key: "another"}))


def openers(call: Call) -> set[str]:
    """The functions that a call is allowed to."""
    return {function for function, statements in ROLES.items() if allowed(statements, call)}


def test_records_are_never_written_without_a_condition(asked: Asked) -> None:
    writes = [
        call for calls in asked.values() for call in calls if call.action == "s3:PutObject" and "/rec/" in call.resource
    ]
    assert writes
    assert all({"IfMatch", "IfNoneMatch"} & call.parameters.keys() for call in writes)


@pytest.mark.parametrize("function", sorted(ROLES))
def test_a_role_names_its_actions_and_its_resources(function: str) -> None:
    for _, action, resource in grants(ROLES[function]):
        assert "*" not in action, f"{function}: {action}"
        assert resource != "*" or action.startswith("xray:"), f"{function}: {action} on everything"


# What the suite does not reach. A new entry wants a test, not a higher number.
MOST_UNUSED = 3


@pytest.fixture(scope="module")
def asked() -> Iterator[Asked]:
    """The calls of each function over its sample events and over a day of a press."""
    calls: Asked = defaultdict(list)
    current: list[str] = []

    def note(call: Call) -> None:
        if current:
            calls[current[-1]].append(call)

    with pytest.MonkeyPatch.context() as patched, recording(note):
        for happens in (_samples, press_day, newsletter_day):
            with LocalCloud(TEMPLATE) as cloud:
                _tell_who(cloud, current, patched)
                happens(cloud)
        yield calls


def _tell_who(cloud: LocalCloud, current: list[str], patched: pytest.MonkeyPatch) -> None:
    """Keep the name of the function that runs in `current`."""
    call = cloud.runtime._call

    def named(function: Any, event: Any) -> Any:
        current.append(function.id)
        try:
            return call(function, event)
        finally:
            current.pop()

    patched.setattr(cloud.runtime, "_call", named)


def _samples(cloud: LocalCloud) -> None:
    lay_in()
    for function in TEMPLATE.functions.values():
        for path in sorted((EVENTS / function.handler.split(".")[-2]).glob("*.json")):
            cloud.runtime.invoke_here(function.id, json.loads(path.read_text(encoding="utf-8")))
