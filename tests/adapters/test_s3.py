"""One contract of the state bucket and the inbox: on the fakes, on moto, and on an S3 server that is not moto.

The server is SeaweedFS (`make second-opinion`); where it is missing, its part is skipped.
"""

import io
import os
import socket
import subprocess
import time
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from botocore.response import StreamingBody
from moto import mock_aws

from functions.adapters.s3 import S3Inbox, S3State
from functions.core.errors import StoreUnavailable, WriteConflict
from functions.core.objects import Condition
from functions.workflows.ports import State
from tests.fakes import FakeState
from tests.gates.house import ROOT

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

WEED = Path(os.environ.get("WEED", ROOT / ".venv-weed" / "bin" / "weed"))
SERVERS = ["moto", pytest.param("seaweedfs", marks=pytest.mark.long)]


def free_ports(count: int) -> list[int]:
    sockets = [socket.socket() for _ in range(count)]
    for each in sockets:
        each.bind(("127.0.0.1", 0))
    ports = [each.getsockname()[1] for each in sockets]
    for each in sockets:
        each.close()
    return ports


@pytest.fixture(scope="session")
def seaweedfs(tmp_path_factory: pytest.TempPathFactory) -> Iterator["S3Client"]:
    """A real server on loopback, a process of its own."""
    if not WEED.exists():
        pytest.skip("no SeaweedFS here: make second-opinion")
    folder, ports = tmp_path_factory.mktemp("weed"), free_ports(4)
    flags = [
        "-s3",
        "-ip=127.0.0.1",
        "-ip.bind=127.0.0.1",
        "-master.telemetry=false",
        "-s3.port.iceberg=0",
        "-s3.port.lance=0",
        "-volume.max=200",
        f"-dir={folder}",
    ]
    names = ("s3", "master", "volume", "filer")
    flags += [f"-{name}.port={port}" for name, port in zip(names, ports, strict=True)]
    # Each listens for its own kind on a second port, 10,000 up, unless told another.
    flags += [f"-{name}.port.grpc={port}" for name, port in zip(names, free_ports(4), strict=True)]
    with (folder / "log").open("w") as log:
        process = subprocess.Popen([str(WEED), "server", *flags], stdout=log, stderr=log)
    client = boto3.client(
        "s3",
        endpoint_url=f"http://127.0.0.1:{ports[0]}",
        region_name="us-east-1",
        aws_access_key_id="any",
        aws_secret_access_key="any",
        config=Config(s3={"addressing_style": "path"}, retries={"total_max_attempts": 1}),
    )
    try:
        _wait(client, process)
        yield client
    finally:
        process.kill()
        process.wait(20)


def _wait(client: "S3Client", process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 60
    while True:
        try:
            client.create_bucket(Bucket="first")
            client.put_object(Bucket="first", Key="a", Body=b"")
        except (BotoCoreError, ClientError):
            if time.monotonic() > deadline or process.poll() is not None:
                raise
            time.sleep(0.2)
        else:
            return


@pytest.fixture
def bucket() -> str:
    return f"b{uuid.uuid4().hex}"


@pytest.fixture
def client(request: pytest.FixtureRequest) -> Iterator["S3Client"]:
    if request.param == "seaweedfs":
        yield request.getfixturevalue("seaweedfs")
        return
    with mock_aws():
        yield boto3.client("s3", region_name="us-east-1", aws_access_key_id="any", aws_secret_access_key="any")


@pytest.fixture(params=["fake", *SERVERS])
def state(request: pytest.FixtureRequest, bucket: str) -> Iterator[State]:
    if request.param == "fake":
        yield FakeState()
    elif request.param == "seaweedfs":
        server = request.getfixturevalue("seaweedfs")
        server.create_bucket(Bucket=bucket)
        yield S3State(server, bucket)
    else:
        with mock_aws():
            moto = boto3.client("s3", region_name="us-east-1", aws_access_key_id="any", aws_secret_access_key="any")
            moto.create_bucket(Bucket=bucket)
            yield S3State(moto, bucket)


def etag(state: State, key: str) -> str:
    found = state.get(key)
    assert found is not None
    return found.etag


def test_what_was_put_is_got_and_listed_under_one_etag(state: State) -> None:
    assert state.get("rec/a.json") is None
    state.put("rec/a.json", b"one")
    [listed] = state.list("rec/")
    assert (listed.key, listed.etag) == ("rec/a.json", etag(state, "rec/a.json"))
    assert state.get_many(["rec/a.json", "rec/b.json"])["rec/b.json"] is None


def test_a_new_object_is_made_once(state: State) -> None:
    state.put("k", b"one", Condition(None))
    with pytest.raises(WriteConflict):
        state.put("k", b"two", Condition(None))
    found = state.get("k")
    assert found is not None
    assert found.body == b"one"


def test_an_object_is_replaced_only_as_what_it_was_read(state: State) -> None:
    state.put("k", b"one")
    old = etag(state, "k")
    state.put("k", b"two", Condition(old))
    with pytest.raises(WriteConflict):
        state.put("k", b"three", Condition(old))
    with pytest.raises(WriteConflict):
        state.put("nothing", b"x", Condition(old))
    assert state.get("nothing") is None


def test_an_object_is_deleted_only_as_what_it_was_read(state: State) -> None:
    state.put("k", b"one")
    old = etag(state, "k")
    state.put("k", b"two")
    with pytest.raises(WriteConflict):
        state.delete("k", Condition(old))
    state.delete("k", Condition(etag(state, "k")))
    assert state.get("k") is None


def test_equal_bytes_have_equal_etags(state: State) -> None:
    state.put_many({"a": b"same", "b": b"same", "c": b"other"})
    assert etag(state, "a") == etag(state, "b") != etag(state, "c")


def test_a_listing_is_in_the_order_of_its_keys_page_by_page(state: State) -> None:
    keys = [f"idx/cat=économie/{number:04}~a+b c" for number in range(25)]
    state.put_many(dict.fromkeys(reversed(keys), b""))
    assert [found.key for found in state.list("idx/cat=économie/", page_size=10)] == keys


def test_the_values_under_a_prefix_are_told_once_each(state: State) -> None:
    state.put_many(dict.fromkeys(["idx/tag=a/1", "idx/tag=a/2", "idx/tag=b/1", "idx/x"], b"x"))
    assert list(state.values("idx/")) == ["tag=a", "tag=b"]


class Cut:
    """A connection that breaks off once the headers have come."""

    def get_object(self, **_: object) -> dict[str, Any]:
        return {"ETag": '"a"', "Body": StreamingBody(io.BytesIO(b"half"), 8)}


def test_an_answer_that_breaks_off_is_one_that_did_not_come() -> None:
    cut = cast("S3Client", Cut())
    with pytest.raises(StoreUnavailable):
        S3State(cut, "state").get("k")
    with pytest.raises(StoreUnavailable):
        S3Inbox(cut, "inbox").read("k", "1", 100)


@pytest.mark.parametrize("client", SERVERS, indirect=True)
def test_an_inbox_tells_every_version_of_a_key_newest_first(client: "S3Client", bucket: str) -> None:
    client.create_bucket(Bucket=bucket)
    client.put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": "Enabled"})
    first = client.put_object(Bucket=bucket, Key="articles/é+a.md", Body=b"one")["VersionId"]
    client.delete_object(Bucket=bucket, Key="articles/é+a.md")
    last = client.put_object(Bucket=bucket, Key="articles/é+a.md", Body=b"three")["VersionId"]
    client.put_object(Bucket=bucket, Key="articles/é+a.md.md", Body=b"another")
    inbox = S3Inbox(client, bucket)
    found = inbox.versions("articles/é+a.md")
    assert [version.deleted for version in found] == [False, True, False]
    assert (found[0].ver, found[-1].ver) == (last, first)
    assert inbox.read("articles/é+a.md", first, 2) == b"on"
    assert inbox.read("articles/é+a.md", last, 100) == b"three"
    assert inbox.erase("articles/é+a.md") == 3
    assert len(list(inbox.keys())) == 1
