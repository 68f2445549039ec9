"""What the handbook says of a bucket whose contents are lost."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime

import boto3
import pytest

from functions.adapters.s3 import S3Inbox
from functions.bootstrap.press import press
from functions.core import keys
from functions.workflows.erase import erase
from infra.local.cloud import LocalCloud
from infra.local.template import load
from tests.handlers.test_events import EVENTS
from tests.newsroom import SETTINGS
from tests.workflows.articles import article

STATE, SITE = "rotative-state", "rotative-site"


@pytest.fixture
def cloud() -> Iterator[LocalCloud]:
    with LocalCloud(load()) as made:
        s3 = boto3.client("s3")
        s3.put_object(Bucket="rotative-inbox", Key=keys.SETTINGS_KEY, Body=SETTINGS)
        for number in range(3):
            body = article(f"L'eau {number}", body=f"Un texte qui n'est que celui-ci : {number}.")
            s3.put_object(Bucket="rotative-inbox", Key=f"articles/eau-{number}.md", Body=body.encode())
        s3.delete_object(Bucket="rotative-inbox", Key="articles/eau-0.md")
        made.drain()
        yield made


def contents(bucket: str) -> dict[str, str]:
    return {each["Key"]: each["ETag"] for each in boto3.client("s3").list_objects_v2(Bucket=bucket)["Contents"]}


def test_a_deployment_makes_the_state_bucket_again_but_for_what_the_handbook_names(cloud: LocalCloud) -> None:
    state, site = contents(STATE), contents(SITE)
    for key in state:
        boto3.client("s3").delete_object(Bucket=STATE, Key=key)
    cloud.runtime.invoke_here("ReconcileFunction", {"task": "deploy"})
    cloud.drain()
    assert contents(SITE) == site
    lost = state.keys() - contents(STATE).keys()
    assert {key.partition("/")[0] for key in lost} <= {"audit", "receipts"}
    settings = keys.receipts(keys.id_of(keys.SETTINGS_KEY))
    assert all(key.startswith(settings) for key in lost if key.startswith(keys.RECEIPTS)), "the rest is made again"


def test_what_s3_tells_of_an_erasure_brings_back_nothing_of_what_was_erased(cloud: LocalCloud) -> None:
    shredder = S3Inbox(boto3.client("s3"), "rotative-inbox")
    erased = erase(press(), shredder, "eau-0.md", by="chef", reason="Jugement", now=datetime.now(UTC))
    cloud.drain()
    assert erased
    assert [key for key in contents(STATE) if "eau-0" in key] == []


def test_an_event_that_comes_after_an_erasure_brings_back_nothing_either(cloud: LocalCloud) -> None:
    [late] = json.loads((EVENTS / "ingest" / "article.json").read_text())["Records"]
    about = json.loads(late["body"])
    about["Records"][0]["s3"]["object"]["key"] = "articles/eau-0.md"
    shredder = S3Inbox(boto3.client("s3"), "rotative-inbox")
    assert erase(press(), shredder, "eau-0.md", by="chef", reason="Jugement", now=datetime.now(UTC))
    cloud.sqs.send_message(cloud.template.queues["IngestQueue"].name, json.dumps(about))
    cloud.drain()
    assert [key for key in contents(STATE) if "eau-0" in key] == []
