"""Every sample event is fed to its handler, on the resources of template.yaml. A new file in events/ is a new test."""

import importlib
import json
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import boto3
import pytest

from functions.bootstrap.press import press
from functions.core.errors import NoSettings
from functions.core.keys import audits, id_of
from functions.workflows.receipts import receipt_of
from infra.local.cloud import LocalCloud
from infra.local.template import load
from tests.newsroom import SETTINGS
from tests.workflows.articles import article, jpeg

EVENTS = Path(__file__).parents[2] / "events"
SAMPLES = [
    path
    for folder in ("ingest", "render", "reconcile", "clock", "rebuild")
    for path in sorted((EVENTS / folder).glob("*.json"))
]
ARTICLE, IMAGE, GONE = (f"articles/2024/03/{name}" for name in ("al-omrane.md", "photo.jpg", "retire.md"))
ODD = "articles/2024/03/" + unicodedata.normalize("NFD", "étude + bilan.md")
# The messages that have to be delivered again, by their place in the batch; none for a sample that is not named here.
FAILED = {"two-uploads-and-a-broken-message": [1], "broken-message": [0]}
# The inbox key that a sample's receipt is about, and what it says.
ANSWERED = {
    "article": (ARTICLE, "published"),
    "our-own-request": (ARTICLE, "published"),
    "key-with-plus-space-and-nfd-accent": (ODD, "published"),
    "image": (IMAGE, "stored"),
    "withdrawn": (GONE, "withdrawn"),
    "directory-marker": ("articles/2024/", "refused"),
    "pinned-front": ("front.yaml", "stored"),
    "settings": ("newsroom.toml", "stored"),
    "two-uploads-and-a-broken-message": (IMAGE, "stored"),
}


class Context:
    """As much of Lambda's context as the handlers use."""

    function_name = "sample"
    memory_limit_in_mb = 512
    invoked_function_arn = "arn:aws:lambda:eu-west-3:123456789012:function:sample"
    aws_request_id = "52fdfc07-2182-454f-963f-5f0f9a621d72"

    def get_remaining_time_in_millis(self) -> int:
        return 30_000


@pytest.fixture
def inbox() -> Iterator[dict[str, str]]:
    """The newest version of each uploaded key, in a press whose queues nobody reads."""
    with LocalCloud(load()):
        yield lay_in()


def lay_in() -> dict[str, str]:
    """Upload settings and a few articles; answers the newest version of each key."""
    s3 = boto3.client("s3")
    uploads = {
        "newsroom.toml": SETTINGS,
        ARTICLE: article().encode(),
        ODD: article("Étude").encode(),
        IMAGE: jpeg(),
        GONE: article("Retiré").encode(),
        "articles/2024/": b"",
        "front.yaml": b"pinned: [2024/03/al-omrane.md]",
        "notes/idees.md": b"rien",
    }
    bucket = "rotative-inbox"
    versions = {key: s3.put_object(Bucket=bucket, Key=key, Body=body)["VersionId"] for key, body in uploads.items()}
    versions[GONE] = s3.delete_object(Bucket=bucket, Key=GONE)["VersionId"]
    handle("reconcile", {"task": "full"})
    return versions


def handle(name: str, event: dict[str, Any]) -> Any:
    return importlib.import_module(f"functions.handlers.{name}").handler(event, Context())


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_sample_event_is_handled(path: Path, inbox: dict[str, str]) -> None:
    event = json.loads(path.read_text(encoding="utf-8"))
    answer = handle(path.parent.name, event)
    if "Records" in event:
        again = [event["Records"][place]["messageId"] for place in FAILED.get(path.stem, ())]
        assert [failure["itemIdentifier"] for failure in answer["batchItemFailures"]] == again
    if path.stem in ANSWERED:
        key, outcome = ANSWERED[path.stem]
        receipt = receipt_of(press(), key, inbox[key])
        assert receipt is not None
        assert (receipt.outcome, receipt.id) == (outcome, id_of(key))


def test_a_batch_of_renders_writes_the_pages_of_its_groups(inbox: dict[str, str]) -> None:
    for name in ("ingest/article", "render/front", "render/batch"):
        handle(name.split("/")[0], json.loads((EVENTS / f"{name}.json").read_text(encoding="utf-8")))
    written = {found.key for found in press().site.list("")}
    assert {"index.html", "economie/index.html", "economie/2024/03/index.html", "feed.xml"} <= written


def test_who_uploaded_settings_is_kept(inbox: dict[str, str]) -> None:
    event = json.loads((EVENTS / "ingest" / "settings.json").read_text(encoding="utf-8"))
    handle("ingest", event)
    assert [found.key for found in press().state.list(audits(id_of("newsroom.toml")))]


@pytest.mark.parametrize(
    ("name", "task", "answer"),
    [("reconcile", "light", {"groups": 0, "uploads": 0}), ("reconcile", "full", {"groups": 0, "uploads": 0}),
     ("clock", "tick", {"due": 0}), ("issue", "issue", {})],
)  # fmt: skip
def test_no_schedule_alarms_the_operator_of_a_press_that_has_no_settings_yet(
    name: str, task: str, answer: dict[str, int]
) -> None:
    with LocalCloud(load()):
        assert handle(name, {"task": task}) == answer


def test_a_deployment_cannot_put_code_in_force_without_settings() -> None:
    with LocalCloud(load()), pytest.raises(NoSettings):
        handle("reconcile", {"task": "deploy"})
