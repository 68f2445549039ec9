"""What reads and writes in bulk does so as the functions do, on moto over HTTP."""

import time
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import boto3
import pytest
from moto.server import ThreadedMotoServer

from functions.adapters.s3 import S3Inbox, S3Site
from functions.core.errors import WriteConflict
from functions.core.objects import Condition
from functions.core.page import Page
from functions.core.reading import Version
from infra.bulk import BulkInbox, BulkSite, at_once, store

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

INBOX, SITE = "inbox", "site"
NAMES = ("a.md", "a.md.md", "الطاقة.md", "été à l’aube.md", "100%.md", "a+b#c?.md", "vide.md", "~$x.md", "b/c d.html")


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    running = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    running.start()
    host, port = running.get_host_and_port()
    yield f"http://{host}:{port}"
    running.stop()


@pytest.fixture
def client(server: str, monkeypatch: pytest.MonkeyPatch) -> Iterator["S3Client"]:
    values = {"AWS_ACCESS_KEY_ID": "any", "AWS_SECRET_ACCESS_KEY": "any", "AWS_DEFAULT_REGION": "us-east-1"}
    for name, value in {**values, "AWS_ENDPOINT_URL": server}.items():
        monkeypatch.setenv(name, value)
    boto3.setup_default_session()
    s3 = boto3.client("s3")
    for bucket in (INBOX, SITE):
        s3.create_bucket(Bucket=bucket)
    s3.put_bucket_versioning(Bucket=INBOX, VersioningConfiguration={"Status": "Enabled"})
    yield s3
    for bucket in (INBOX, SITE):
        boto3.resource("s3").Bucket(bucket).object_versions.delete()
        s3.delete_bucket(Bucket=bucket)
    boto3.DEFAULT_SESSION = None


def upload(s3: "S3Client", name: str, body: str) -> None:
    s3.put_object(Bucket=INBOX, Key=f"articles/{name}", Body=body.encode())


def everything(inbox: S3Inbox) -> list[Any]:
    def read(key: str, version: Version) -> bytes | None:
        return None if version.deleted else inbox.read(key, version.ver, 100)

    return [(key, newest, [(each, read(key, each)) for each in inbox.versions(key)]) for key, newest in inbox.keys()]


def test_an_inbox_is_read_as_the_functions_read_it(client: "S3Client") -> None:
    for name in NAMES:
        upload(client, name, "" if name == "vide.md" else f"le premier {name}")
    for name in NAMES[::2]:
        upload(client, name, "le second " * 50)
    client.put_object(Bucket=INBOX, Key="articles/vue.jpg", Body=b"an image")
    client.delete_object(Bucket=INBOX, Key="articles/a.md.md")
    time.sleep(1.1)
    client.delete_object(Bucket=INBOX, Key="articles/a.md")
    bulk, plain = BulkInbox(client, INBOX, store(INBOX)), S3Inbox(client, INBOX)
    found = everything(bulk)
    assert found == everything(plain)
    assert [key for key, _, _ in found] == sorted((key for key, _, _ in found), key=str.encode)
    assert bulk.versions("articles/nulle-part.md") == []


def test_what_is_read_again_or_was_never_listed_is_read_as_well(client: "S3Client") -> None:
    upload(client, "a.md", "un")
    inbox = BulkInbox(client, INBOX, store(INBOX))
    assert [key for key, _ in inbox.keys()] == ["articles/a.md"]
    upload(client, "z.md", "deux")
    for key, body in (("articles/a.md", b"un"), ("articles/a.md", b"un"), ("articles/z.md", b"deux")):
        assert inbox.read(key, inbox.versions(key)[0].ver, 100) == body


def test_a_page_is_written_with_the_headers_that_the_functions_give_it(client: "S3Client") -> None:
    pages = [
        Page("économie/الطاقة/index.html", b"<p>"),
        Page("feed.json", b"{}", "application/feed+json"),
        Page("ancien/index.html", b"x", freshness="private", metadata={"redirect": "/a%20b/"}),
    ]
    wanted = []
    for site in (S3Site(client, SITE), BulkSite(client, SITE, store(SITE))):
        for page in pages:
            site.put(page, Condition(None))
            found = client.get_object(Bucket=SITE, Key=page.key)
            assert found["ETag"] == page.etag
            wanted.append((page.key, found["ContentType"], found["CacheControl"], found["Metadata"]))
            site.delete(page.key, Condition(page.etag))
    assert wanted[: len(pages)] == wanted[len(pages) :]


def test_a_page_is_made_once_and_replaced_only_as_what_it_was_read(client: "S3Client") -> None:
    site, first, second = BulkSite(client, SITE, store(SITE)), Page("a.html", b"1"), Page("a.html", b"2")
    for etag in (None, first.etag):
        if etag is None:
            site.put(first, Condition(None))
        with pytest.raises(WriteConflict):
            site.put(second, Condition('"other"'))
    with pytest.raises(WriteConflict):
        site.put(second, Condition(None))
    site.put(second, Condition(first.etag))
    assert client.get_object(Bucket=SITE, Key="a.html")["Body"].read() == b"2"
    with pytest.raises(WriteConflict):
        site.put(Page("b.html", b""), Condition(first.etag))


def test_results_come_in_the_order_of_what_was_to_be_done_and_little_waits() -> None:
    asked: list[int] = []

    def numbers() -> Iterator[int]:
        for number in range(200):
            asked.append(number)
            yield number

    results = at_once(lambda number: number * 2, numbers())
    assert next(results) == 0
    assert len(asked) < 40
    assert list(results) == [number * 2 for number in range(1, 200)]
