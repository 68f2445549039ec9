"""What the dashboard and the alarms count: every line that a metric filter looks for is one that its function logs."""

import json
import os
import re
from collections.abc import Iterator
from contextlib import redirect_stdout, suppress
from io import StringIO
from typing import Any

import boto3
import pytest

from functions.bootstrap.batches import BatchFailed, why
from functions.core.errors import StoreUnavailable
from infra.local.cloud import LocalCloud
from infra.local.template import load
from infra.package import document
from tests.handlers.test_events import EVENTS, handle, lay_in

FILTERS = {
    name: each["Properties"]
    for name, each in document()["Resources"].items()
    if each["Type"] == "AWS::Logs::MetricFilter"
}
# What each function is given, whose log the filters look through.
SAMPLES = {
    "ingest": ("article", "directory-marker", "two-uploads-and-a-broken-message"),
    "render": ("front", "front", "broken-message"),
    "reconcile": ("light",),
    "newsletter": ("form",),
    "outbox": ("broken-message",),
    "delivery": ("broken-message",),
    "feedback": ("broken-message",),
}


def sample(folder: str, name: str) -> dict[str, Any]:
    event: dict[str, Any] = json.loads((EVENTS / folder / f"{name}.json").read_text(encoding="utf-8"))
    return event


def asked_to_render() -> dict[str, Any] | None:
    """What waits in the render queue, as Lambda hands it over."""
    sqs, url = boto3.client("sqs"), os.environ["RENDER_QUEUE_URL"]
    records: list[dict[str, Any]] = []
    while found := sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10, AttributeNames=["All"]).get("Messages"):
        records += ({"messageId": m["MessageId"], "body": m["Body"], "attributes": m["Attributes"]} for m in found)
    return {"Records": records} if records else None


def logged(text: str) -> list[dict[str, Any]]:
    """The lines of a log that are structured."""
    return [json.loads(line) for line in text.splitlines() if line.startswith("{")]


def finds(pattern: str, line: dict[str, Any]) -> bool:
    """Whether a filter's pattern, as far as ours go, finds a line.

    https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
    """
    if " || " in pattern:
        return any(finds(each, line) for each in pattern.strip("{ }").split(" || "))
    for term in pattern.strip("{ }").split(" && "):
        name, value = term.removeprefix("$.").replace(" = ", " ").split(" ", 1)
        found = line.get(name)
        if not (
            found is True if value == "IS TRUE" else found is not None if value == "*" else found == value.strip('"')
        ):
            return False
    return True


@pytest.fixture(scope="module")
def logs() -> Iterator[dict[str, list[dict[str, Any]]]]:
    """By log group, what its function logs of the samples."""
    found: dict[str, list[dict[str, Any]]] = {}
    printed = StringIO()
    with LocalCloud(load()), pytest.MonkeyPatch.context() as patch, redirect_stdout(printed):
        patch.setenv("POWERTOOLS_SERVICE_NAME", "metrics")  # a logger of its own, which prints here
        lay_in()
        for folder, names in SAMPLES.items():
            printed.truncate(0)
            for name in names:
                with suppress(BatchFailed):
                    handle(folder, sample(folder, name))
            while folder == "render" and (asked := asked_to_render()):
                handle(folder, asked)
            found[f"{folder.capitalize()}Log"] = logged(printed.getvalue().lstrip("\0"))
        yield found


@pytest.mark.parametrize("name", sorted(FILTERS))
def test_a_metric_counts_a_line_that_its_function_logs(name: str, logs: dict[str, list[dict[str, Any]]]) -> None:
    rule = FILTERS[name]
    lines = [line for line in logs[rule["LogGroupName"]["Ref"]] if finds(rule["FilterPattern"], line)]
    assert lines
    for change in rule["MetricTransformations"]:
        value = change["MetricValue"]
        assert all(float(line[value[2:]]) >= 0 for line in lines) if value.startswith("$.") else value == "1"


def test_a_mail_that_ses_refuses_counts_as_a_failure_and_one_that_is_sent_does_not() -> None:
    pattern = FILTERS["DeliveryFailedMetric"]["FilterPattern"]
    assert [finds(pattern, {"message": "delivery", "outcome": each}) for each in ("refused", "sent")] == [True, False]


def test_a_message_that_fails_is_logged_with_its_id_the_error_and_the_place(
    logs: dict[str, list[dict[str, Any]]],
) -> None:
    [failed] = [line for line in logs["IngestLog"] if line["message"] == "failed"]
    assert failed["level"] == "WARNING"
    assert failed["message_id"] == sample("ingest", "two-uploads-and-a-broken-message")["Records"][1]["messageId"]
    assert failed["error"] == "JSONDecodeError"
    assert re.fullmatch(r"core/audit\.py:\d+", failed["where"])
    assert failed["reason"] == "", "what others say may hold an address"


def test_whatever_is_logged_of_an_upload_names_its_version(logs: dict[str, list[dict[str, Any]]]) -> None:
    (ver,) = {line["ver"] for line in logs["IngestLog"] if line.get("id") == "2024/03/al-omrane.md"}
    rendered = {line["group"] for line in logs["RenderLog"] if line.get("ver") == ver}
    assert {"art:2024/03/al-omrane.md", "cat:economie:2024-03", "sitemap:2024-03"} <= rendered


def test_what_we_say_ourselves_of_a_failure_is_logged() -> None:
    assert why(StoreUnavailable("idx/a: SlowDown"))["reason"] == "idx/a: SlowDown"
