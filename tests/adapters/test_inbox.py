"""What editors' commands ask of S3 and SQS, on the fakes' semantics and on moto alike."""

import json
import time
from collections.abc import Iterator

import boto3
import pytest
from moto import mock_aws

from functions.adapters.s3 import S3Inbox
from functions.adapters.sqs import SqsQueues
from tests.fakes import FakeInbox

BUCKET = "inbox"


@pytest.fixture
def aws(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "any")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    monkeypatch.delenv("AWS_ENDPOINT_URL", raising=False)
    with mock_aws():
        yield


@pytest.fixture(params=["fake", "moto"])
def inbox(request: pytest.FixtureRequest, aws: None) -> FakeInbox | S3Inbox:
    """An inbox in which a.md was uploaded twice and deleted, and a.md.md once."""
    if request.param == "fake":
        fake = FakeInbox()
        for key in ("a.md", "a.md", "a.md.md"):
            fake.upload(key, b"body")
        fake.remove("a.md")
        return fake
    s3 = boto3.client("s3")
    s3.create_bucket(Bucket=BUCKET)
    s3.put_bucket_versioning(Bucket=BUCKET, VersioningConfiguration={"Status": "Enabled"})
    for key in ("a.md", "a.md", "a.md.md"):
        s3.put_object(Bucket=BUCKET, Key=key, Body=b"body")
    s3.delete_object(Bucket=BUCKET, Key="a.md")
    return S3Inbox(s3, BUCKET)


def test_an_erased_key_has_no_version_left_and_its_neighbour_has(inbox: FakeInbox | S3Inbox) -> None:
    assert inbox.erase("a.md") == 3
    assert list(inbox.versions("a.md")) == []
    assert len(inbox.versions("a.md.md")) == 1
    assert inbox.erase("a.md") == 0


def test_a_delayed_message_comes_when_its_time_has_come(aws: None) -> None:
    sqs = boto3.client("sqs")
    url = sqs.create_queue(QueueName="ingest")["QueueUrl"]
    SqsQueues(sqs, url, url, url).ask_ingests(["articles/a.md"], delay=1)
    assert "Messages" not in sqs.receive_message(QueueUrl=url)
    time.sleep(1.1)
    (message,) = sqs.receive_message(QueueUrl=url)["Messages"]
    assert json.loads(message["Body"]) == {"key": "articles/a.md"}
