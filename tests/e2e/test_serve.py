"""`rotative serve` as a person meets it: a process, a folder, a site."""

import json
import random
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import boto3
import pytest

from tests.workflows.articles import article

PATIENCE = 90


class Served:
    """A running press."""

    def __init__(self, inbox: Path, port: int) -> None:
        self.inbox = inbox
        self.port = port
        self.log = inbox.parent / f"serve-{port}.log"
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "infra.cli", "serve", "--inbox", str(inbox), "--port", str(port)],
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        try:
            self.wait(lambda: self.get("/") is not None)
        except AssertionError:
            self.process.kill()
            self.process.wait()
            raise

    def get(self, path: str) -> str | None:
        """The body at a path; None unless it is there."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=5) as answer:
                return str(answer.read().decode())
        except (urllib.error.URLError, ConnectionError):
            return None

    def wait(self, condition: Callable[[], bool]) -> None:
        """Until something is so."""
        deadline = time.monotonic() + PATIENCE
        while not condition():
            assert self.process.poll() is None, self.log.read_text()
            assert time.monotonic() < deadline, self.log.read_text()
            time.sleep(0.02)

    def shows(self, path: str, text: str) -> bool:
        return text in (self.get(path) or "")

    def stop(self, number: int = signal.SIGINT) -> int:
        """End the press and wait for it."""
        self.process.send_signal(number)
        return self.process.wait(PATIENCE)


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "infra.cli", *arguments], capture_output=True, text=True, timeout=PATIENCE, check=False
    )


def free_port() -> int:
    """A port that no outgoing connection can take before the press does, with its neighbour free too."""
    while True:
        port = random.randrange(20_000, 32_000, 2)  # below the range that Linux gives to outgoing connections
        with socket.socket() as first, socket.socket() as second:
            try:
                first.bind(("127.0.0.1", port))
                second.bind(("127.0.0.1", port + 1))
            except OSError:
                continue
        return port


@pytest.fixture
def served(inbox: Path) -> Iterator[Served]:
    press = Served(inbox, free_port())
    yield press
    if press.process.poll() is None:
        press.process.kill()
        press.process.wait()


def test_a_file_saved_changed_and_deleted_in_the_folder_is_live_changed_and_gone(served: Served) -> None:
    file = served.inbox / "articles" / "essai.md"
    file.write_text(article("Un premier essai"))
    served.wait(lambda: served.shows("/", "Un premier essai") and served.shows("/economie/", "Un premier essai"))
    assert f"published articles/essai.md  http://127.0.0.1:{served.port}/economie/" in served.log.read_text()
    file.write_text(article("Un second essai"))
    served.wait(lambda: served.shows("/", "Un second essai") and not served.shows("/economie/", "Un premier essai"))
    file.unlink()
    served.wait(lambda: not served.shows("/", "Un second essai") and not served.shows("/economie/", "Un second essai"))


def test_publish_prints_the_receipt_and_status_says_since_when(served: Served, tmp_path: Path) -> None:
    file = tmp_path / "essai.md"
    file.write_text(article("Un essai"))
    inbox = str(served.inbox)
    published = run("publish", str(file), "--inbox", inbox, "--json")
    assert published.returncode == 0, published.stderr
    receipt = json.loads(published.stdout)[0]
    assert receipt["outcome"] == "published"
    assert served.shows(receipt["url"].removeprefix("https://www.example.ma"), "Un essai")
    status = run("status", "essai.md", "--inbox", inbox, "--json")
    assert json.loads(status.stdout)["live_ver"] == receipt["ver"]
    assert run("verify", "--inbox", inbox).returncode == 0
    file.write_text(article("Un essai", category="economi"))
    refused = run("publish", str(file), "--inbox", inbox)
    assert refused.returncode == 1
    assert "Économie" in refused.stdout


def test_a_real_s3_client_publishes(served: Served) -> None:
    document = json.loads((served.inbox / ".rotative" / "press.json").read_text())
    s3 = boto3.client(
        "s3",
        endpoint_url=document["endpoint"],
        aws_access_key_id="any",
        aws_secret_access_key="any",
        region_name="us-east-1",
    )
    s3.put_object(Bucket="rotative-inbox", Key="articles/par-s3.md", Body=article("Par S3").encode())
    served.wait(lambda: served.shows("/economie/", "Par S3"))


def test_a_restart_after_a_crash_shows_the_same_site_again(served: Served) -> None:
    (served.inbox / "articles" / "essai.md").write_text(article("Un essai"))
    served.wait(lambda: served.shows("/", "Un essai") and served.shows("/feed.xml", "Un essai"))
    front, feed = served.get("/"), served.get("/feed.xml")
    served.stop(signal.SIGKILL)
    again = Served(served.inbox, free_port())
    try:
        assert again.get("/") == front
        assert again.get("/feed.xml") == feed
    finally:
        assert again.stop() == 0


def test_what_stands_in_the_way_is_said_clearly_with_exit_code_2(served: Served, tmp_path: Path) -> None:
    missing = run("serve", "--inbox", str(tmp_path / "nowhere"))
    assert (missing.returncode, "nowhere" in missing.stderr) == (2, True)
    other = tmp_path / "other"
    (other / "articles").mkdir(parents=True)
    taken = run("serve", "--inbox", str(other), "--port", str(served.port))
    assert (taken.returncode, str(served.port) in taken.stderr, "--port" in taken.stderr) == (2, True, True)
    twice = run("serve", "--inbox", str(served.inbox), "--port", str(free_port()))
    assert (twice.returncode, "already" in twice.stderr) == (2, True)
    silent = run("status", "--inbox", str(other))
    assert (silent.returncode, "rotative serve" in silent.stderr) == (2, True)
    (other / "newsroom.toml").touch()
    below = run("serve", "--inbox", str(other / "articles"))
    assert (below.returncode, f"name {other}" in below.stderr) == (2, True)


def test_the_newsletter_form_is_answered_on_the_same_host(served: Served) -> None:
    body = b"email=salma%40example.com&consent=yes&consent_version=1&locale=fr"
    url = f"http://127.0.0.1:{served.port}/api/newsletter/subscriptions"
    with urllib.request.urlopen(url, data=body, timeout=10) as answer:
        assert answer.url.endswith("/newsletter/pending/")
        assert answer.status == 200
