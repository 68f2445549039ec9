"""`rotative rebuild` and `verify` on a running press: nothing written in a dry run, killed and resumed, parts alone."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import boto3
import pytest
from click.testing import CliRunner, Result

from functions.bootstrap.press import press as connected
from infra.cli import main
from tests.e2e.test_serve import Served, free_port, run
from tests.infra.recorder import Call, recording
from tests.newsroom import SETTINGS
from tests.workflows.articles import article, jpeg, with_lead

pytestmark = pytest.mark.long
SITE = "rotative-site"


@pytest.fixture
def press(tmp_path: Path) -> Iterator[Served]:
    """A press with a history: an edit that moved an article, a bad version, a withdrawal, an image."""
    folder = tmp_path / "inbox"
    (folder / "articles").mkdir(parents=True)
    (folder / "newsroom.toml").write_bytes(SETTINGS)
    (folder / "articles" / "vue.jpg").write_bytes(jpeg())
    served = Served(folder, free_port())
    publish(served, tmp_path, "vue.md", with_lead("vue.jpg", title="La vue", date="2024-03-29"))
    publish(served, tmp_path, "bilan.md", article("Le bilan", date="2024-04-01", category="developpement-durable"))
    publish(served, tmp_path, "bilan.md", article("Le bilan, revu", date="2024-04-01", slug="revu"))
    publish(served, tmp_path, "vue.md", article("Cassé", category="inconnue"))
    publish(served, tmp_path, "parti.md", article("Parti", date="2024-05-01"))
    publish(served, tmp_path, "parti.md", article("Parti", date="2024-05-01", withdrawn="true"))
    yield served
    if served.process.poll() is None:
        served.stop()


def publish(served: Served, folder: Path, name: str, text: str) -> None:
    file = folder / name
    file.write_text(text)
    done = run("publish", str(file), "--inbox", str(served.inbox))
    assert done.returncode in {0, 1}, done.stderr


@pytest.fixture
def s3(press: Served) -> Iterator[Any]:
    """A client of the press; this process talks to it from now on."""
    document = json.loads((press.inbox / ".rotative" / "press.json").read_text())
    before = dict(os.environ)
    os.environ.update(document["env"])
    connected.cache_clear()
    yield boto3.client("s3")
    connected.cache_clear()
    os.environ.clear()
    os.environ.update(before)


def site(s3: Any) -> dict[str, bytes]:
    listed = s3.list_objects_v2(Bucket=SITE).get("Contents", [])
    return {each["Key"]: s3.get_object(Bucket=SITE, Key=each["Key"])["Body"].read() for each in listed}


def rotative(press: Served, *arguments: str) -> Result:
    """The command, in this process."""
    return CliRunner().invoke(main, [*arguments, "--inbox", str(press.inbox)])


def test_a_dry_run_tells_what_would_be_written_and_asks_for_no_write(press: Served, s3: Any) -> None:
    s3.delete_object(Bucket=SITE, Key="robots.txt")
    s3.put_object(Bucket=SITE, Key="index.html", Body=b"spoilt\n")
    s3.put_object(Bucket=SITE, Key="economie/2019/01/index.html", Body=b"nobody's\n")
    before = site(s3)
    calls: list[Call] = []
    with recording(calls.append):
        told = rotative(press, "rebuild", "--dry-run")
        counted = rotative(press, "rebuild", "--dry-run", "--json")
        part = rotative(press, "rebuild", "--dry-run", "--json", "--since", "2024-04-01", "--until", "2024-04-30")
    assert {call.action.split(":")[1][:3] for call in calls} == {"Get", "Lis"}
    assert site(s3) == before
    assert (told.exit_code, counted.exit_code, part.exit_code) == (0, 0, 0), told.output
    lines = told.stdout.splitlines()
    assert {"create robots.txt", "write index.html", "delete economie/2019/01/index.html", "-spoilt"} <= set(lines)
    assert any(line.startswith("+") and "Le bilan, revu" in line for line in lines)
    wrong = {"robots.txt": "missing", "index.html": "different", "economie/2019/01/index.html": "orphan"}
    assert {each["key"]: each["what"] for each in json.loads(counted.stdout)} == wrong
    assert json.loads(part.stdout) == [{"key": "index.html", "what": "different"}]
    verified = rotative(press, "verify", "--json")
    assert (verified.exit_code, len(json.loads(verified.stdout))) == (1, 3)
    assert rotative(press, "verify", "--repair").exit_code == 0
    assert rotative(press, "verify").exit_code == 0


def test_a_rebuild_that_is_killed_is_resumed_and_writes_only_the_rest(press: Served, s3: Any) -> None:
    before = site(s3)
    for key in before:
        s3.delete_object(Bucket=SITE, Key=key)
    command = [sys.executable, "-m", "infra.cli", "rebuild", "--inbox", str(press.inbox)]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as killed:
        press.wait(lambda: bool(s3.list_objects_v2(Bucket=SITE).get("Contents")))
        killed.kill()
    standing = site(s3)
    assert 0 < len(standing) < len(before)
    done = rotative(press, "rebuild", "--json")
    assert done.exit_code == 0, done.output
    assert json.loads(done.stdout) == {
        "written": len(before) - len(standing), "deleted": 0, "unchanged": len(standing)
    }  # fmt: skip
    assert site(s3) == before


def test_an_unknown_category_is_refused_with_those_there_are(press: Served, s3: Any) -> None:
    refused = rotative(press, "rebuild", "--category", "inconnue")
    assert refused.exit_code == 2
    assert "economie, developpement-durable" in refused.output
    named = rotative(press, "rebuild", "--category", "Développement durable", "--json")
    assert json.loads(named.stdout)["written"] == 0
