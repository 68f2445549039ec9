"""An editor's day on a running press: embargo, draft, dry run, receipt, return to an older version, erasure."""

import base64
import json
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote

import boto3
import pytest

from functions.core.files import MAX_TEXT_BYTES
from tests.e2e.test_serve import Served, free_port, run
from tests.newsroom import SETTINGS
from tests.workflows.articles import article, jpeg, with_lead

pytestmark = pytest.mark.long
SITE = "https://www.example.ma"


@pytest.fixture
def press(tmp_path: Path) -> Iterator[Served]:
    folder = tmp_path / "inbox"
    (folder / "articles").mkdir(parents=True)
    (folder / "newsroom.toml").write_bytes(SETTINGS)
    served = Served(folder, free_port())
    yield served
    if served.process.poll() is None:
        served.process.kill()
        served.process.wait()


@pytest.fixture
def s3(press: Served) -> Any:
    document = json.loads((press.inbox / ".rotative" / "press.json").read_text())
    return boto3.client(
        "s3",
        endpoint_url=document["endpoint"],
        aws_access_key_id="any",
        aws_secret_access_key="any",
        region_name="us-east-1",
    )


def objects(s3: Any) -> dict[str, bytes]:
    """Every object of the site bucket."""
    listed = s3.list_objects_v2(Bucket="rotative-site").get("Contents", [])
    return {each["Key"]: s3.get_object(Bucket="rotative-site", Key=each["Key"])["Body"].read() for each in listed}


def answer(press: Served, path: str) -> bytes:
    """What a reader gets at a path, headers and all, whatever the status."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{press.port}{quote(path)}", timeout=5) as found:
            return bytes(str(found.headers), "utf-8") + bytes(found.read())
    except urllib.error.HTTPError as error:
        return bytes(str(error.headers), "utf-8") + error.read()


def published(press: Served, file: Path) -> dict[str, Any]:
    """The receipt of a file that is uploaded now."""
    done = run("publish", str(file), "--inbox", str(press.inbox), "--json")
    receipt: dict[str, Any] = json.loads(done.stdout)[0]
    return receipt


def test_an_embargoed_article_leaks_nowhere_and_is_live_everywhere_within_five_seconds(
    press: Served, s3: Any, tmp_path: Path
) -> None:
    hour = datetime.now(UTC) + timedelta(seconds=9)
    (press.inbox / "articles" / "vue.jpg").write_bytes(jpeg())
    file = tmp_path / "essai.md"
    file.write_text(
        with_lead("vue.jpg", title="Zanzibar", slug="zanzibar-slug", tags="Zanzibar", embargo=hour.isoformat())
    )
    receipt = published(press, file)
    assert receipt["outcome"] == "held"
    path = receipt["url"].removeprefix(SITE)
    looks = 0
    while datetime.now(UTC) < hour - timedelta(seconds=1):
        everything = objects(s3)
        for key, body in everything.items():
            assert b"anzibar" not in key.encode() + body
            assert b"anzibar" not in answer(press, "/" + key)
        assert b"anzibar" not in answer(press, path).replace(path.encode(), b"")
        assert not [key for key in everything if key.startswith("images/")]
        looks += 1
    assert looks
    while datetime.now(UTC) < hour:
        time.sleep(0.01)
    places = [path, "/", "/economie/", "/economie/2024/03/", "/feed.xml", "/feed.json", "/tags/zanzibar/"]
    while not all(press.shows(place, "Zanzibar") for place in places):
        assert datetime.now(UTC) < hour + timedelta(seconds=5)
        time.sleep(0.05)


def test_a_draft_is_read_by_whoever_has_its_address_and_published_by_a_word_less(press: Served, tmp_path: Path) -> None:
    file = tmp_path / "essai.md"
    file.write_text(article("Un brouillon", draft="true"))
    receipt = published(press, file)
    assert receipt["outcome"] == "draft"
    assert press.shows(receipt["report"]["preview"], "Un brouillon")
    assert not press.shows("/", "Un brouillon")
    page = press.get("/_receipts/essai.md") or ""
    assert "Aperçu" in page
    assert f'href="{receipt["report"]["preview"]}"' in page, "it leads to this machine's pages"
    file.write_text(article("Un brouillon"))
    assert published(press, file)["outcome"] == "published"
    assert press.shows("/", "Un brouillon")
    page = press.get("/_receipts/essai.md") or ""
    assert "Publié" in page
    assert "cat:economie" in page
    assert 'href="/economie/' in page


def test_a_dry_run_prints_the_diff_and_changes_nothing(press: Served, s3: Any, tmp_path: Path) -> None:
    file = tmp_path / "essai.md"
    file.write_text(article("Un premier essai"))
    published(press, file)
    before = objects(s3)
    file.write_text(article("Un second essai"))
    told = run("publish", str(file), "--inbox", str(press.inbox), "--dry-run")
    assert told.returncode == 0, told.stderr
    assert "write index.html" in told.stdout
    assert any(line.startswith("-") and "Un premier essai" in line for line in told.stdout.splitlines())
    assert any(line.startswith("+") and "Un second essai" in line for line in told.stdout.splitlines())
    counted = json.loads(run("publish", str(file), "--inbox", str(press.inbox), "--dry-run", "--json").stdout)
    assert [each["outcome"] for each in counted["receipts"]] == ["published"]
    assert {"key": "index.html", "what": "write"} in counted["changes"]
    rebuilt = run("rebuild", "--dry-run", "--inbox", str(press.inbox))
    assert (rebuilt.returncode, rebuilt.stdout) == (0, ""), rebuilt.stderr
    assert objects(s3) == before


def test_a_form_for_one_file_says_which_how_large_and_until_when(press: Served) -> None:
    made = run("presign", "2024/essai.md", "--inbox", str(press.inbox), "--minutes", "5")
    assert made.returncode == 0, made.stderr
    form = json.loads(made.stdout)
    policy = json.loads(base64.b64decode(form["fields"]["policy"]))
    assert {"key": "articles/2024/essai.md"} in policy["conditions"]
    assert ["content-length-range", 1, MAX_TEXT_BYTES] in policy["conditions"]
    assert {"Content-Type": form["fields"]["Content-Type"]} in policy["conditions"]
    assert datetime.fromisoformat(policy["expiration"]) < datetime.now(UTC) + timedelta(minutes=6)
    assert run("presign", "essai.exe", "--inbox", str(press.inbox)).returncode == 2


def test_pinned_stories_are_checked_and_published_like_any_file(press: Served, tmp_path: Path) -> None:
    for name, date in (("un", "2022-01-01"), ("deux", "2024-01-01")):
        file = tmp_path / f"{name}.md"
        file.write_text(article(f"Titre {name}", date=date))
        published(press, file)
    pins = tmp_path / "front.yaml"
    pins.write_text("pinned: [un.md]\nuntil: jamais\n")
    refused = run("check", str(pins))
    assert (refused.returncode, ":2" in refused.stdout) == (1, True)
    pins.write_text("pinned: [un.md]\n")
    assert published(press, pins)["outcome"] == "stored"
    press.wait(lambda: (press.get("/") or "").find("Titre un") < (press.get("/") or "").find("Titre deux"))


def test_an_older_version_comes_back_and_an_erased_article_does_not(press: Served, s3: Any, tmp_path: Path) -> None:
    file = tmp_path / "essai.md"
    file.write_text(article("Un premier essai"))
    first = published(press, file)["ver"]
    file.write_text(article("Un second essai"))
    published(press, file)
    inbox = str(press.inbox)
    assert first in run("history", "essai.md", "--inbox", inbox).stdout
    assert [run("restore", "essai.md", ver, "--inbox", inbox).returncode for ver in ("", "no-version")] == [2, 2]
    restored = run("restore", "essai.md", first[:20], "--inbox", inbox)
    assert restored.returncode == 0, restored.stderr
    assert press.shows("/", "Un premier essai")
    history = json.loads(run("history", "essai.md", "--inbox", inbox, "--json").stdout)
    assert [each["outcome"] for each in history] == ["published"] * 3
    assert all(each["by"] and each["source"] for each in history)
    erased = run("erase", "essai.md", "--inbox", inbox, "--reason", "Jugement", "--yes")
    assert erased.returncode == 0, erased.stderr
    assert run("history", "essai.md", "--inbox", inbox).returncode == 2
    press.wait(lambda: run("verify", "--inbox", inbox).returncode == 0)
    assert not [key for key, body in objects(s3).items() if b"essai" in body]


def test_the_folder_brings_back_neither_a_newer_version_nor_an_erased_article(press: Served) -> None:
    inbox, file = str(press.inbox), press.inbox / "articles" / "essai.md"
    photo = file.with_name("photo.jpg")
    photo.write_bytes(jpeg())
    file.write_text(with_lead("photo.jpg", title="Un premier essai"))
    press.wait(lambda: press.shows("/", "Un premier essai"))
    first = json.loads(run("history", "essai.md", "--inbox", inbox, "--json").stdout)[0]["ver"]
    file.write_text(with_lead("photo.jpg", title="Un second essai"))
    press.wait(lambda: press.shows("/", "Un second essai"))
    restored = run("restore", "essai.md", first, "--inbox", inbox)
    assert restored.returncode == 0, restored.stderr
    assert "Un premier essai" in file.read_text()
    file.with_name("repere.md").write_text(article("Un repère"))
    press.wait(lambda: press.shows("/", "Un repère"))
    versions = run("history", "essai.md", "--inbox", inbox, "--json").stdout
    assert len(json.loads(versions)) == 3
    erased = run("erase", "essai.md", "--inbox", inbox, "--reason", "Jugement", "--yes")
    assert erased.returncode == 0, erased.stderr
    assert not file.exists()
    assert not photo.exists()
    press.stop()
    file.write_text(article("Un premier essai"))
    file.with_name("suite.md").write_text(article("Une suite"))
    again = Served(press.inbox, free_port())
    try:
        again.wait(lambda: again.shows("/", "Une suite"))
        assert not again.shows("/", "Un premier essai")
        assert run("history", "essai.md", "--inbox", inbox).returncode == 2
        assert "essai.md: erased from the press" in again.log.read_text()
    finally:
        again.stop()
