"""A press's day, so that its functions ask for all that they ever ask for."""

import json
from datetime import UTC, datetime
from typing import Any
from unittest.mock import patch

import boto3
import pytest

from functions.bootstrap.press import press
from functions.core import keys
from functions.core.objects import Condition
from functions.core.preview import LIFE
from functions.workflows import intake
from functions.workflows.ports import State
from functions.workflows.records import record_of
from infra.local.cloud import LocalCloud
from infra.local.lambda_runtime import InvocationFailed
from tests.e2e.test_one_definition import UPLOADS
from tests.handlers.test_events import EVENTS
from tests.infra import state_machines
from tests.workflows.articles import article, jpeg


def press_day(cloud: LocalCloud) -> None:
    """Uploads, changes, withdrawals, a schedule, a draft, pins, settings, a deployment, reconciles."""
    s3 = boto3.client("s3")

    def put(key: str, body: bytes | str) -> None:
        s3.put_object(Bucket="rotative-inbox", Key=key, Body=body)

    put("newsroom.toml", (EVENTS / "uploads" / "newsroom.toml").read_bytes())
    cloud.runtime.invoke_here("ReconcileFunction", {"task": "deploy"})
    for key, body in UPLOADS.items():
        put(key, body)
    put("articles/bientot.md", article("Bientôt", date="2099-01-01"))
    put("articles/brouillon.md", article("Brouillon", draft="true"))
    put("articles/minuit.md", article("Minuit", date="2022-01-31 23:30:00+00:00"))
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
    _change_settings(cloud)
    _grow_old(cloud, "rotative-site", keys.PREVIEWS)
    _grow_old(cloud, "rotative-state", keys.DRAFTS)
    press().state.put("dirty/front", b"lost")
    _lose(press().state, keys.receipts("2022/bilan.md"))
    intake.begin(press())  # and nobody goes on with it
    _grow_old(cloud, "rotative-state", keys.INTAKE_KEY)
    for task in ("light", "full", "deploy"):
        cloud.runtime.invoke_here("ReconcileFunction", {"task": task})
    with patch.object(intake, "_PART", 2):
        cloud.drain()
    _before_a_rebuild(s3)
    state_machines.run(cloud, "RebuildStateMachine")
    _break_a_record(cloud)


def _change_settings(cloud: LocalCloud) -> None:
    """A category gets another name, then midnight another place: articles leave the lists that they stood in."""
    settings = (EVENTS / "uploads" / "newsroom.toml").read_text(encoding="utf-8")
    renamed = settings.replace('slug = "economie"', 'slug = "eco"')
    for changed in (renamed, settings.replace("Africa/Casablanca", "UTC")):
        boto3.client("s3").put_object(Bucket="rotative-inbox", Key="newsroom.toml", Body=changed)
        cloud.drain()


def _grow_old(cloud: LocalCloud, bucket: str, prefix: str) -> None:
    """As if what stands under the prefix had been written longer ago than a preview lives."""
    found = [each for key, each in cloud.s3.get_bucket(bucket).keys.items() if key.startswith(prefix)]
    assert found
    for each in found:
        each.last_modified -= 2 * LIFE


def _before_a_rebuild(s3: Any) -> None:
    """A page lost, a page too many, documents lost or left behind, a related box that nobody looked at."""
    _lose(press().state, "doc/")
    press().state.put("doc/box=2023/noor.md.json", b"{}")
    s3.delete_object(Bucket="rotative-site", Key="index.html")
    s3.put_object(Bucket="rotative-site", Key="economie/2024/03/page-9/index.html", Body=b"")
    press().state.put("dirty/rel:2022/bilan.md", b"lost")


def _break_a_record(cloud: LocalCloud) -> None:
    """A page and a rebuild meet a record that cannot be read; each has it made anew."""
    broken = keys.record("2022/bilan.md")
    message = json.loads((EVENTS / "render" / "front.json").read_text(encoding="utf-8"))["Records"][0]
    render = {"Records": [{**message, "body": '{"group": "art:2022/bilan.md"}'}]}
    rebuild = {"BatchInput": {"task": "articles"}, "Items": [{"key": broken}]}
    for function, event in (("RenderFunction", render), ("RebuildFunction", rebuild)):
        press().state.put(keys.dirty("art:2022/bilan.md"), function.encode())
        press().state.put(broken, b"{")
        with pytest.raises(InvocationFailed):
            cloud.runtime.invoke_here(function, event)
        cloud.drain()
        assert record_of(press().state, "2022/bilan.md")


def _lose(state: State, prefix: str) -> None:
    for found in list(state.list(prefix)):
        state.delete(found.key, Condition(found.etag))
