import contextlib
import http.client
import json
import os
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

import boto3
import pytest
from boto3.s3.transfer import TransferConfig

from infra.local.archives import Archives
from infra.local.errors import PressError
from infra.local.press import STATUS_FILE, LocalPress, find_press
from infra.local.resources import Template
from tests.infra import stubs

MEGABYTE = 1024 * 1024


def client(service: str, endpoint: str) -> Any:
    """A client with credentials and a region of its own, as some user would have them."""
    return boto3.client(  # type: ignore[call-overload] # the name is a variable
        service,
        endpoint_url=endpoint,
        region_name="us-west-2",
        aws_access_key_id="AKIAANY",
        aws_secret_access_key="any",
    )


def test_an_s3_client_of_any_region_meets_the_same_buckets(press: LocalPress, tmp_path: Path) -> None:
    s3 = client("s3", press.endpoint)
    big = tmp_path / "big.jpg"
    big.write_bytes(os.urandom(11 * MEGABYTE))
    s3.upload_file(str(big), "rotative-inbox", "articles/big é.jpg", Config=TransferConfig(5 * MEGABYTE))
    s3.put_object(Bucket="rotative-site", Key="index.html", Body=b"une", ContentType="text/html")
    press.wait_until_quiet(5)
    bodies = [each["body"] for name, event in stubs.CALLS if name == "ingest" for each in event["Records"]]
    assert [json.loads(each)["Records"][0]["eventName"] for each in bodies] == ["ObjectCreated:CompleteMultipartUpload"]
    assert boto3.client("s3").get_object(Bucket="rotative-inbox", Key="articles/big é.jpg")["ContentLength"] == (
        11 * MEGABYTE
    )
    with urllib.request.urlopen(press.url) as page:  # noqa: S310 - our own
        assert page.read() == b"une"


@pytest.mark.parametrize("origin", ["https://evil.example", "http://localhost.evil.example", "null"])
def test_a_web_page_of_elsewhere_reads_nothing_of_this_machines_aws(press: LocalPress, origin: str) -> None:
    asked = urllib.request.Request(f"{press.endpoint}/rotative-state", headers={"Origin": origin})  # noqa: S310 - our own
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(asked)  # noqa: S310 - our own
    with refused.value as no:
        assert (no.code, no.headers["Access-Control-Allow-Origin"]) == (403, None)
    asked.add_header("Origin", "http://localhost:8000")
    with urllib.request.urlopen(asked) as answer:  # noqa: S310 - our own
        assert answer.status == 200


@pytest.mark.parametrize(
    ("name", "status"),
    [("localhost", 200), ("127.0.0.1", 200), ("rotative-site.localhost", 200), ("LocalHost", 200),
     ("evil.example", 403), ("localhost.evil.example", 403), ("127.0.0.1.evil.example", 403), ("xlocalhost", 403)],
)  # fmt: skip
def test_only_this_machines_names_are_answered(press: LocalPress, name: str, status: int) -> None:
    boto3.client("s3").put_object(Bucket="rotative-site", Key="index.html", Body=b"une")
    for address in (press.url, press.endpoint):
        port = int(address.rpartition(":")[2])
        for host in (name, f"{name}:{port}"):
            connection = http.client.HTTPConnection("127.0.0.1", port)
            with contextlib.closing(connection):
                connection.request("GET", "/", headers={"Host": host})
                assert connection.getresponse().status == status


def test_queues_and_tables_answer_over_http_too(press: LocalPress) -> None:
    url = press.cloud.template.queues["IngestQueue"].url
    client("sqs", press.endpoint).send_message(QueueUrl=url, MessageBody="by hand")
    press.wait_until_quiet(5)
    assert stubs.CALLS[-1][1]["Records"][0]["body"] == "by hand"
    assert client("dynamodb", press.endpoint).list_tables()["TableNames"] == ["rotative-subscribers"]


def test_a_saved_file_reaches_its_function_within_a_fraction_of_a_second(press: LocalPress, inbox: Path) -> None:
    time.sleep(0.2)  # until the system watches
    took = []
    for number in range(3):
        known = len(stubs.CALLS)
        start = time.monotonic()
        (inbox / "articles" / f"{number}.md").write_text("bonjour", encoding="utf-8")
        while len(stubs.CALLS) == known and time.monotonic() < start + 3:
            time.sleep(0.002)
        took.append(time.monotonic() - start)
    assert sorted(took)[1] < 0.3


def test_the_start_uploads_the_folder_and_puts_this_code_in_force(press: LocalPress) -> None:
    assert ("reconcile", {"task": "deploy"}) in stubs.CALLS


def test_a_receipt_is_told_to_whoever_listens(press: LocalPress) -> None:
    told: list[dict[str, Any]] = []
    press.on_outcome(told.append)
    s3 = boto3.client("s3")
    s3.put_object(Bucket="rotative-state", Key="receipts/a.md/1.json", Body=b'{"outcome": "published"}')
    s3.put_object(Bucket="rotative-state", Key="rec/a.md.json", Body=b"{}")
    assert told == [{"outcome": "published"}]


def test_a_running_press_can_be_found_and_used_by_another_process(press: LocalPress, tmp_path: Path) -> None:
    found = find_press(tmp_path / "data")
    assert found is not None
    assert (found["pid"], found["site"]) == (os.getpid(), press.url)
    code = (
        "import boto3, os; print(boto3.client('s3').list_buckets()['Buckets'][0]['Name']);"
        "boto3.client('sqs').send_message(QueueUrl=os.environ['INGEST_QUEUE_URL'], MessageBody='from outside')"
    )
    env = {"PATH": os.environ["PATH"], **found["env"]}
    done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=False)
    assert (done.stdout.strip(), done.stderr) == ("rotative-inbox", "")
    press.wait_until_quiet(5)
    assert stubs.CALLS[-1][1]["Records"][0]["body"] == "from outside"


def test_a_stop_is_quick_and_leaves_nothing(template: Template, inbox: Path, tmp_path: Path) -> None:
    press = LocalPress(inbox, tmp_path / "data", 0, 0, template=template)
    press.start()
    start = time.monotonic()
    press.stop()
    press.stop()
    assert time.monotonic() - start < 10  # not the half minute that a handler may take
    assert not (tmp_path / "data" / STATUS_FILE).exists()
    assert find_press(tmp_path / "data") is None


def test_a_stop_while_uploads_are_taken_in_is_no_failure(
    template: Template, inbox: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    failures: list[object] = []
    monkeypatch.setattr(threading, "excepthook", failures.append)
    press = LocalPress(inbox, tmp_path / "data", 0, 0, template=template)
    press.start()
    url = press.cloud.template.queues["IngestQueue"].url
    boto3.client("sqs").send_message(QueueUrl=url, MessageBody="poison")  # which comes again and again
    (catching_up,) = (each for each in threading.enumerate() if each.name == "catch-up")
    with pytest.raises(TimeoutError):
        press.wait_until_quiet(1)
    press.stop()
    catching_up.join(10)
    assert (catching_up.is_alive(), failures) == (False, [])


def test_a_stop_while_archives_are_looked_out_for_is_no_failure(
    template: Template, inbox: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks_out, failures = threading.Event(), list[object]()
    monkeypatch.setattr(threading, "excepthook", failures.append)

    def finds_the_cloud_gone(archives: Archives) -> None:
        looks_out.set()
        archives._stopping.wait()
        raise ConnectionError

    monkeypatch.setattr(Archives, "watch", finds_the_cloud_gone)
    press = LocalPress(inbox, tmp_path / "data", 0, 0, template=template)
    press.start()
    (catching_up,) = (each for each in threading.enumerate() if each.name == "catch-up")
    assert looks_out.wait(10)
    press.stop()
    catching_up.join(10)
    assert (catching_up.is_alive(), failures) == (False, [])


def test_a_press_killed_outright_comes_back_with_all_it_had(
    template_text: str, template: Template, inbox: Path, tmp_path: Path
) -> None:
    (tmp_path / "template.yaml").write_text(template_text, encoding="utf-8")
    (inbox / "articles" / "a.md").write_text("bonjour", encoding="utf-8")
    data = tmp_path / "data"
    command = [sys.executable, "-m", "tests.infra.running_press", str(tmp_path / "template.yaml"), str(inbox)]
    with subprocess.Popen([*command, str(data)], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        found = find_press(data)
        assert found is not None
        with pytest.raises(PressError, match="Another press already runs"):
            LocalPress(inbox, data, 0, 0, template=template).start()
        s3 = client("s3", found["endpoint"])
        versions = s3.list_object_versions(Bucket="rotative-inbox")["Versions"]
        written = s3.put_object(Bucket="rotative-site", Key="index.html", Body=b"une", ContentType="text/html")
        item = {"pk": {"S": "reader"}, "sk": {"S": "state"}}
        client("dynamodb", found["endpoint"]).put_item(TableName="rotative-subscribers", Item=item)
        process.kill()
    assert find_press(data) is None
    with LocalPress(inbox, data, 0, 0, template=template) as press:
        press.wait_until_quiet(5)
        s3 = boto3.client("s3")
        assert s3.list_object_versions(Bucket="rotative-inbox")["Versions"] == versions
        with urllib.request.urlopen(press.url) as page:  # noqa: S310 - our own
            assert (page.read(), page.headers["ETag"]) == (b"une", written["ETag"])
        assert boto3.client("dynamodb").scan(TableName="rotative-subscribers")["Items"] == [item]


def test_a_taken_port_is_named_with_its_option(template: Template, inbox: Path, tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(PressError, match=rf"Port {port} cannot be used .*--port"):
            LocalPress(inbox, tmp_path / "data", port, 0, template=template).start()
        with pytest.raises(PressError, match=rf"Port {port} cannot be used .*--aws-port"):
            LocalPress(inbox, tmp_path / "data", 0, port, template=template).start()


def test_a_folder_of_articles_that_is_only_a_link_is_refused(template: Template, inbox: Path, tmp_path: Path) -> None:
    (inbox / "articles").rename(tmp_path / "elsewhere")
    (inbox / "articles").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(PressError, match=r"articles is a link"):
        LocalPress(inbox, tmp_path / "data", 0, 0, template=template).start()


def test_a_missing_inbox_and_an_unusable_data_folder_are_named(template: Template, inbox: Path, tmp_path: Path) -> None:
    with pytest.raises(PressError, match=r"There is no inbox folder .*nowhere"):
        LocalPress(tmp_path / "nowhere", tmp_path / "data", 0, 0, template=template).start()
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(PressError, match=r"The data folder .*file.* cannot be written"):
        LocalPress(inbox, tmp_path / "file" / "data", 0, 0, template=template).start()


def test_a_new_folder_has_the_place_for_articles_that_its_editors_are_told_of(
    template: Template, tmp_path: Path
) -> None:
    (tmp_path / "inbox").mkdir()
    with LocalPress(tmp_path / "inbox", tmp_path / "data", 0, 0, template=template):
        assert (tmp_path / "inbox" / "articles").is_dir()
