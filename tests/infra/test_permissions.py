"""Each function's role allows what the function asks for, and nothing that no test has seen it ask for."""

import json
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import boto3
import pytest

from functions.bootstrap.press import press
from functions.core import keys
from functions.core.objects import Condition
from functions.workflows.ports import State
from infra.local import workflows
from infra.local.cfn import parse
from infra.local.cloud import LocalCloud
from infra.local.template import TEMPLATE as TEXT
from infra.local.template import load, read_roles
from tests.e2e.test_one_definition import UPLOADS
from tests.handlers.test_events import EVENTS, lay_in
from tests.infra.newsletter_day import newsletter_day
from tests.infra.recorder import Call, allowed, grants, recording
from tests.workflows.articles import article, jpeg

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
        f"{function}: {action} {resource}"
        for function, statements in ROLES.items()
        if function in asked
        for action, resource in set(grants(statements))
        if action not in UNSEEN and not any((action, resource) in allowed(statements, call) for call in asked[function])
    )
    with capsys.disabled():
        print("\nallowed, not seen in use:", *(unused or ["nothing"]), sep="\n  ")
    assert len(unused) <= MOST_UNUSED, "\n".join(unused)


def editor(desk: str) -> list[dict[str, Any]]:
    """What the policy for editors allows an identity with the tag `desk`."""
    policy = parse(TEXT.read_text(encoding="utf-8"))["Resources"]["EditorsPolicy"]["Properties"]["PolicyDocument"]
    text = json.dumps(policy["Statement"])
    for name, local in (("InboxBucket", "rotative-inbox"), ("StateBucket", "rotative-state")):
        text = text.replace(f"${{{name}.Arn}}", f"arn:aws:s3:::{local}")
    statements: list[dict[str, Any]] = json.loads(text.replace("${!aws:PrincipalTag/desk}", desk))
    return [{**each, "Resource": each["Resource"].get("Fn::Sub", "-")} for each in statements]


@pytest.mark.parametrize(
    ("action", "resource", "may"),
    [
        ("s3:PutObject", "rotative-inbox/articles/sport/match.md", True),
        ("s3:DeleteObject", "rotative-inbox/articles/sport/match.md", True),
        ("s3:GetObject", "rotative-state/receipts/sport/match.md/v1.json", True),
        ("s3:PutObject", "rotative-inbox/articles/sports.md", False),
        ("s3:PutObject", "rotative-inbox/articles/economie/budget.md", False),
        ("s3:PutObject", "rotative-inbox/newsroom.toml", False),
        ("s3:DeleteObjectVersion", "rotative-inbox/articles/sport/match.md", False),
        ("s3:GetObject", "rotative-state/receipts/economie/budget.md/v1.json", False),
        ("s3:GetObject", "rotative-state/rec/sport/match.md.json", False),
        ("s3:PutObject", "rotative-site/index.html", False),
    ],
)
def test_an_editor_may_upload_to_a_folder_and_read_its_receipts(action: str, resource: str, may: bool) -> None:
    assert bool(allowed(editor("sport"), Call(action, f"arn:aws:s3:::{resource}", {}))) is may


def test_records_are_never_written_without_a_condition(asked: Asked) -> None:
    writes = [
        call for calls in asked.values() for call in calls if call.action == "s3:PutObject" and "/rec/" in call.resource
    ]
    assert writes
    assert all({"IfMatch", "IfNoneMatch"} & call.parameters.keys() for call in writes)


@pytest.mark.parametrize("function", sorted(ROLES))
def test_a_role_names_its_actions_and_its_resources(function: str) -> None:
    for action, resource in grants(ROLES[function]):
        assert "*" not in action, f"{function}: {action}"
        assert resource != "*" or action.startswith("xray:"), f"{function}: {action} on everything"


# What the suite does not reach. A new entry wants a test, not a higher number.
MOST_UNUSED = 8


@pytest.fixture(scope="module")
def asked() -> Iterator[Asked]:
    """The calls of each function over its sample events and over a day of a press."""
    calls: Asked = defaultdict(list)
    current: list[str] = []

    def note(call: Call) -> None:
        if current:
            calls[current[-1]].append(call)

    with pytest.MonkeyPatch.context() as patched, recording(note):
        for happens in (_samples, _a_day, newsletter_day):
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


def _a_day(cloud: LocalCloud) -> None:
    """Uploads, changes, withdrawals, a schedule, a draft, pins, settings, a deployment, reconciles."""
    s3 = boto3.client("s3")

    def put(key: str, body: bytes | str) -> None:
        s3.put_object(Bucket="rotative-inbox", Key=key, Body=body)

    put("newsroom.toml", (EVENTS / "uploads" / "newsroom.toml").read_bytes())
    cloud.runtime.invoke_here("ReconcileFunction", {"task": "full"})
    for key, body in UPLOADS.items():
        put(key, body)
    put("articles/bientot.md", article("Bientôt", date="2099-01-01"))
    put("articles/brouillon.md", article("Brouillon", draft="true"))
    put("front.yaml", "pinned: [2022/bilan.md]\nuntil: 2099-01-01\n")
    cloud.drain()
    _lose(press().state, "receipts/")
    press().state.put(keys.due(datetime(2022, 1, 10, tzinfo=UTC), "2022/bilan.md"), b"")
    cloud.runtime.invoke_here("ClockFunction", {"task": "tick"})
    put("newsroom.toml", (EVENTS / "uploads" / "newsroom.toml").read_bytes().replace(b"La Quotidienne", b"La Nouvelle"))
    put("articles/images/noor.jpg", jpeg(colour="maroon"))
    put("articles/2022/bilan.md", article("Al Omrane : le bilan", date="2023-02-01", slug="le-bilan"))
    cloud.drain()
    for key in ("articles/2023/noor.md", "articles/2024/al-omrane.md"):
        s3.delete_object(Bucket="rotative-inbox", Key=key)
    cloud.drain()
    press().state.put("dirty/front", b"lost")
    for task in ("light", "full", "deploy"):
        cloud.runtime.invoke_here("ReconcileFunction", {"task": task})
    cloud.drain()
    _before_a_rebuild(s3)
    workflows.run(cloud, "RebuildStateMachine")


def _before_a_rebuild(s3: Any) -> None:
    """A page lost, a page too many, documents lost or left behind, a related box that nobody looked at."""
    _lose(press().state, "doc/")
    press().state.put("doc/box=2023/noor.md.json", b"{}")
    s3.delete_object(Bucket="rotative-site", Key="index.html")
    s3.put_object(Bucket="rotative-site", Key="economie/2024/03/page-9/index.html", Body=b"")
    press().state.put("dirty/rel:2022/bilan.md", b"lost")


def _lose(state: State, prefix: str) -> None:
    for found in list(state.list(prefix)):
        state.delete(found.key, Condition(found.etag))
