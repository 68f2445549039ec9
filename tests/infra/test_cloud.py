import json
import os
import resource
import sqlite3
import threading
from pathlib import Path
from typing import Any
from urllib.parse import unquote_plus

import boto3
import pytest
from botocore.exceptions import ClientError

from infra.local.cloud import LocalCloud
from infra.local.errors import PressError
from infra.local.resources import Template
from infra.local.template import read
from tests.infra import stubs

INBOX, STATE, SITE = "rotative-inbox", "rotative-state", "rotative-site"


def s3_records() -> list[dict[str, Any]]:
    """The S3 records that the ingest stub was given, in order."""
    bodies = [record["body"] for name, event in stubs.CALLS if name == "ingest" for record in event["Records"]]
    return [record for body in bodies for record in json.loads(body)["Records"]]


def test_a_write_sends_one_event_of_the_documented_shape(cloud: LocalCloud) -> None:
    key = "articles/2024/E\u0301te\u0301 + hiver.md"  # decomposed accents, as a Mac writes them
    version = boto3.client("s3").put_object(Bucket=INBOX, Key=key, Body=b"bonjour")["VersionId"]
    cloud.drain()
    [record] = s3_records()
    assert record["eventVersion"] == "2.1"
    assert record["eventName"] == "ObjectCreated:Put"
    assert record["userIdentity"]["principalId"]
    about = record["s3"]["object"]
    assert about["key"] == "articles/2024/E%CC%81te%CC%81+%2B+hiver.md"
    assert unquote_plus(about["key"]) == key
    assert about["versionId"] == version
    assert about["size"] == 7
    assert about["eTag"] == "f02368945726d5fc2a14eb576f7276c0"
    assert int(about["sequencer"], 16)


def test_a_multipart_upload_and_a_copy_send_one_event_each(cloud: LocalCloud) -> None:
    s3 = boto3.client("s3")
    upload = s3.create_multipart_upload(Bucket=INBOX, Key="articles/big.jpg", Metadata={"by": "me"})["UploadId"]
    part = s3.upload_part(Bucket=INBOX, Key="articles/big.jpg", UploadId=upload, PartNumber=1, Body=b"x" * 100)
    s3.complete_multipart_upload(
        Bucket=INBOX,
        Key="articles/big.jpg",
        UploadId=upload,
        MultipartUpload={"Parts": [{"PartNumber": 1, "ETag": part["ETag"]}]},
    )
    s3.copy_object(Bucket=INBOX, Key="articles/copy.jpg", CopySource={"Bucket": INBOX, "Key": "articles/big.jpg"})
    cloud.drain()
    assert [(each["eventName"], each["s3"]["object"]["key"]) for each in s3_records()] == [
        ("ObjectCreated:CompleteMultipartUpload", "articles/big.jpg"),
        ("ObjectCreated:Copy", "articles/copy.jpg"),
    ]


def test_deletions_send_events_and_other_buckets_none(cloud: LocalCloud) -> None:
    s3 = boto3.client("s3")
    version = s3.put_object(Bucket=INBOX, Key="articles/a.md", Body=b"1")["VersionId"]
    s3.delete_object(Bucket=INBOX, Key="articles/a.md")
    s3.delete_object(Bucket=INBOX, Key="articles/a.md", VersionId=version)
    s3.put_object(Bucket=STATE, Key="rec/a.json", Body=b"1")
    cloud.drain()
    assert [each["eventName"] for each in s3_records()] == [
        "ObjectCreated:Put",
        "ObjectRemoved:DeleteMarkerCreated",
        "ObjectRemoved:Delete",
    ]


def test_versions_are_listed_newest_first_however_fast_they_were_written(cloud: LocalCloud) -> None:
    s3 = boto3.client("s3")
    written = [s3.put_object(Bucket=INBOX, Key="a", Body=str(n).encode())["VersionId"] for n in range(5)]
    s3.put_object(Bucket=INBOX, Key="b", Body=b"other")
    pages = s3.get_paginator("list_object_versions").paginate(Bucket=INBOX, PaginationConfig={"PageSize": 2})
    listed = [each for page in pages for each in page.get("Versions", [])]
    assert [each["VersionId"] for each in listed if each["Key"] == "a"] == written[::-1]
    assert [each["IsLatest"] for each in listed] == [True, False, False, False, False, True]


def test_listings_page_in_the_order_of_bytes_and_fold_at_the_delimiter(cloud: LocalCloud) -> None:
    s3 = boto3.client("s3")
    keys = ["a/1", "a/2", "b", "c/d/1", "e", "é", "z/1"]
    for key in reversed(keys):
        s3.put_object(Bucket=SITE, Key=key, Body=b"")
    s3.put_object(Bucket=SITE, Key="gone", Body=b"")
    s3.delete_object(Bucket=SITE, Key="gone")
    listed = s3.get_paginator("list_objects_v2")
    pages = list(listed.paginate(Bucket=SITE, PaginationConfig={"PageSize": 2}))
    assert [each["Key"] for page in pages for each in page["Contents"]] == sorted(keys, key=str.encode)
    assert [page["KeyCount"] for page in pages] == [2, 2, 2, 1]
    folded = list(listed.paginate(Bucket=SITE, Delimiter="/", PaginationConfig={"PageSize": 1}))
    assert [each["Prefix"] for page in folded for each in page.get("CommonPrefixes", [])] == ["a/", "c/", "z/"]
    assert [each["Key"] for page in folded for each in page.get("Contents", [])] == ["b", "e", "é"]
    assert [each["Key"] for each in s3.list_objects_v2(Bucket=SITE, Prefix="c", StartAfter="c/a")["Contents"]] == [
        "c/d/1"
    ]


def test_of_two_writers_who_both_ask_for_a_new_object_one_wins(cloud: LocalCloud) -> None:
    s3 = boto3.client("s3")
    won: list[str] = []

    def write(who: str) -> None:
        for number in range(25):
            try:
                s3.put_object(Bucket=STATE, Key=f"rec/{number}", Body=who.encode(), IfNoneMatch="*")
                won.append(f"{number} {who}")
            except ClientError as error:
                assert error.response["Error"]["Code"] == "PreconditionFailed"  # noqa: PT017 - both ways are right

    writers = [threading.Thread(target=write, args=(who,)) for who in "abcd"]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    standing = [s3.get_object(Bucket=STATE, Key=f"rec/{number}")["Body"].read().decode() for number in range(25)]
    assert sorted(won) == sorted(f"{number} {who}" for number, who in enumerate(standing))


def test_a_restart_finds_objects_versions_and_items_as_they_were(template: Template, tmp_path: Path) -> None:
    def look() -> tuple[Any, ...]:
        s3, table = boto3.client("s3"), boto3.client("dynamodb")
        listed = s3.list_object_versions(Bucket=INBOX)
        page = s3.get_object(Bucket=SITE, Key="index.html")
        items = table.scan(TableName="rotative-subscribers")["Items"]
        headers = page["ETag"], page["LastModified"], page["ContentType"], page["CacheControl"], page["Metadata"]
        return listed["Versions"], listed["DeleteMarkers"], headers, items

    with LocalCloud(template, tmp_path):
        s3, table = boto3.client("s3"), boto3.client("dynamodb")
        for body in (b"1", b"2"):
            s3.put_object(Bucket=INBOX, Key="articles/a.md", Body=body)
        s3.delete_object(Bucket=INBOX, Key="articles/a.md")
        for body in (b"old", b"new"):
            s3.put_object(
                Bucket=SITE, Key="index.html", Body=body, ContentType="text/html", CacheControl="max-age=60",
                Metadata={"redirect": "/b/"},
            )  # fmt: skip
        s3.put_object(Bucket=SITE, Key="gone", Body=b"")
        s3.delete_object(Bucket=SITE, Key="gone")
        for pk in ("a", "b", "c"):
            table.put_item(
                TableName="rotative-subscribers", Item={"pk": {"S": pk}, "sk": {"S": "state"}, "n": {"N": "1"}}
            )
        key = {"pk": {"S": "a"}, "sk": {"S": "state"}}
        table.update_item(
            TableName="rotative-subscribers", Key=key, UpdateExpression="SET n = n + :one",
            ExpressionAttributeValues={":one": {"N": "1"}},
        )  # fmt: skip
        table.delete_item(TableName="rotative-subscribers", Key={**key, "pk": {"S": "b"}})
        before = look()
    with LocalCloud(template, tmp_path):
        assert look() == before
        assert boto3.client("s3").get_object(Bucket=SITE, Key="index.html")["Body"].read() == b"new"
        with pytest.raises(ClientError):
            boto3.client("s3").head_object(Bucket=SITE, Key="gone")
        assert len(before[3]) == 2


def test_a_restart_goes_on_with_the_messages_that_were_not_done_with(template: Template, tmp_path: Path) -> None:
    ingest, render = (template.queues[name] for name in ("IngestQueue", "RenderQueue"))
    with LocalCloud(template, tmp_path):
        sqs = boto3.client("sqs")
        for body in ("done", "in hand", "waiting"):
            sqs.send_message(QueueUrl=ingest.url, MessageBody=body)
        sqs.send_message(QueueUrl=ingest.url, MessageBody="later", DelaySeconds=600)
        sqs.send_message(QueueUrl=render.url, MessageBody="a page", MessageGroupId="g", MessageDeduplicationId="d")
        done, _ = (sqs.receive_message(QueueUrl=ingest.url)["Messages"][0] for _ in range(2))
        sqs.delete_message(QueueUrl=ingest.url, ReceiptHandle=done["ReceiptHandle"])
    for _ in range(2):  # whoever is killed once more has lost nothing either
        with LocalCloud(template, tmp_path) as cloud:
            assert all(pump.depth == 0 for pump in cloud.pumps)  # until the code is in force
            cloud.send_again()
            assert bodies(ingest.url) == ["in hand", "waiting"]
            assert bodies(render.url) == ["a page"]
            counts = boto3.client("sqs").get_queue_attributes(QueueUrl=ingest.url, AttributeNames=["All"])
            assert counts["Attributes"]["ApproximateNumberOfMessagesDelayed"] == "1"


def bodies(url: str) -> list[str]:
    received = boto3.client("sqs").receive_message(QueueUrl=url, MaxNumberOfMessages=10)
    return [each["Body"] for each in received.get("Messages", ())]


def test_what_a_full_disk_did_not_take_is_written_with_the_next_request(template: Template, tmp_path: Path) -> None:
    with LocalCloud(template, tmp_path) as cloud:
        assert cloud._journal is not None
        database = cloud._journal._database
        (pages,) = database.execute("PRAGMA page_count").fetchone()
        database.execute(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(sqlite3.Error, match="full"):
            boto3.client("s3").put_object(Bucket=STATE, Key="rec/large", Body=b"1" * 100_000)
        database.execute("PRAGMA max_page_count = 100000")
        boto3.client("s3").put_object(Bucket=STATE, Key="rec/small", Body=b"2")
    with LocalCloud(template, tmp_path):
        listed = boto3.client("s3").list_objects_v2(Bucket=STATE)["Contents"]
        assert [(each["Key"], each["Size"]) for each in listed] == [("rec/large", 100_000), ("rec/small", 1)]


def test_keys_outlive_a_start_on_a_full_disk(template: Template, tmp_path: Path) -> None:
    file = tmp_path / "secrets.json"
    with LocalCloud(template, tmp_path):
        kept = file.read_bytes()
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, hard))
    try:
        with pytest.raises(PressError, match="cannot be written"):
            LocalCloud(template, tmp_path).start()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert file.read_bytes() == kept
    assert file.stat().st_mode & 0o777 == 0o600


def test_the_environment_is_that_of_the_template_and_goes_with_the_cloud(template: Template) -> None:
    before = dict(os.environ)
    with LocalCloud(template):
        assert os.environ["STATE_BUCKET"] == STATE
        assert os.environ["AWS_EC2_METADATA_DISABLED"] == "true"
    assert dict(os.environ) == before


def test_a_second_cloud_in_one_process_is_refused(cloud: LocalCloud, template: Template) -> None:
    with pytest.raises(PressError, match="Another local cloud"):
        LocalCloud(template).start()


def test_a_handler_that_does_not_exist_is_known_at_the_start(template_text: str) -> None:
    broken = read(template_text.replace("tests.infra.stubs.clock", "tests.infra.stubs.calendar"))
    with (
        pytest.raises(PressError, match=r"ClockFunction: no handler tests\.infra\.stubs\.calendar"),
        LocalCloud(broken),
    ):
        pass
