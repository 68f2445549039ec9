"""A whole archive moves in, by the command or with the folder that `rotative serve` is given."""

import threading
from collections.abc import Iterator
from pathlib import Path

import boto3
import pytest
from click.testing import CliRunner, Result

from functions.bootstrap.press import press
from functions.core import keys
from functions.core.groups import FRONT
from infra.cli import main
from infra.commands.verify import differences
from infra.local import archives
from infra.local.press import LocalPress
from infra.newsroom import DATA
from infra.walk import MAX_FILE
from tests.workflows.articles import article, jpeg, with_lead

ARTICLES = 5


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """Five articles about one thing, one that shows an image, and the image."""
    folder = tmp_path / "archive"
    (folder / "2019" / "03").mkdir(parents=True)
    for number in range(ARTICLES):
        text = article(f"Al Omrane : le plan {number}", date=f"2019-03-{number + 1:02d}")
        (folder / "2019" / "03" / f"{number}.md").write_text(text, encoding="utf-8")
    (folder / "vue.md").write_text(with_lead("vue.jpg"), encoding="utf-8")
    (folder / "vue.jpg").write_bytes(jpeg())
    (folder / ".DS_Store").write_bytes(b"none of ours")
    return folder


@pytest.fixture
def running(inbox: Path) -> Iterator[LocalPress]:
    with LocalPress(inbox, inbox / DATA, 0, 0) as found:
        found.wait_until_quiet()
        yield found


def bring_in(archive: Path, inbox: Path) -> Result:
    return CliRunner().invoke(main, ["import", str(archive), "--inbox", str(inbox)])


def test_an_archive_is_live_with_its_related_boxes_when_the_command_ends(
    running: LocalPress, archive: Path, inbox: Path
) -> None:
    result = bring_in(archive, inbox)
    assert result.exit_code == 0, result.output
    assert "6 published, 1 stored; 0 there already" in result.output
    assert list(differences(press())) == []
    oldest = next(each.key for each in press().site.list("economie/2019/03/") if "plan-0" in each.key)
    found = running.cloud.object("SiteBucket", oldest)
    assert found
    assert b"le plan 1" in found.body


def test_an_import_that_is_repeated_uploads_only_what_is_new_and_tells_what_is_not_live(
    running: LocalPress, archive: Path, inbox: Path
) -> None:
    bring_in(archive, inbox)
    (archive / "faux.md").write_text(article("Sans rubrique", category="rien"), encoding="utf-8")
    (archive / "galerie.md").write_text(article("Une galerie", body="Un texte.\n\n[gallery]"), encoding="utf-8")
    result = bring_in(archive, inbox)
    assert result.exit_code == 1
    assert "1 refused, 1 published; 7 there already" in result.output
    assert "1 file with notices" in result.output
    assert "articles/faux.md" in result.output


def test_a_film_of_an_archive_is_told_and_not_uploaded(running: LocalPress, archive: Path, inbox: Path) -> None:
    with (archive / "film.mp4").open("wb") as film:
        film.truncate(MAX_FILE + 1)
    result = bring_in(archive, inbox)
    assert "articles/film.mp4: larger than 25 MB, not uploaded" in result.output.replace("\n", " ")
    assert "6 published, 1 stored; 0 there already" in result.output
    assert running.cloud.object("InboxBucket", "articles/film.mp4") is None


def test_an_import_that_goes_on_tells_too_what_is_not_live_of_its_first_part(
    running: LocalPress, archive: Path, inbox: Path
) -> None:
    body = article("Sans rubrique", category="rien").encode()
    (archive / "faux.md").write_bytes(body)
    boto3.client("s3").put_object(Bucket="rotative-inbox", Key="articles/faux.md", Body=body)  # and then Ctrl-C
    for said in (
        "6 published, 1 stored; 1 there already, 1 of them refused or waiting",
        "nothing new; 8 there already, 1 of",
    ):
        result = bring_in(archive, inbox)
        assert result.exit_code == 1
        assert "rubrique inconnue « rien »" in result.output
        assert said in result.output


def test_what_was_erased_does_not_come_back_with_an_archive(running: LocalPress, archive: Path, inbox: Path) -> None:
    bring_in(archive, inbox)
    (archive / "2019" / "03" / "0.md").rename(archive / "faux.md")
    bring_in(archive, inbox)
    press().state.put(keys.dirty(FRONT), b"a nonce whose wake-up was lost")
    assert (
        CliRunner().invoke(main, ["erase", "faux.md", "--reason", "x", "--yes", "--inbox", str(inbox)]).exit_code == 0
    )
    image = CliRunner().invoke(main, ["erase", "vue.jpg", "--reason", "x", "--yes", "--inbox", str(inbox)])
    assert (image.exit_code, "with the article that alone shows it" in image.output) == (2, True)
    result = bring_in(archive, inbox)
    assert "articles/faux.md: erased from the press" in result.output
    assert press().inbox.versions("articles/faux.md") == []


def test_a_folder_without_files_is_named(running: LocalPress, tmp_path: Path, inbox: Path) -> None:
    (tmp_path / "vide").mkdir()
    result = bring_in(tmp_path / "vide", inbox)
    assert result.exit_code == 2
    assert "there is no file" in result.output


def test_a_press_whose_folder_holds_an_archive_takes_it_in_as_one(
    inbox: Path, archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archives, "MANY", ARTICLES)
    archive.rename(inbox / "articles" / "archive")
    begun: list[str] = []
    found = LocalPress(inbox, inbox / DATA, 0, 0)
    found.cloud.on_object("StateBucket", keys.INTAKE_KEY, lambda _, body: begun.append(body.decode()))
    with found:
        found.wait_until_quiet()
        assert ['"over":true' in each for each in begun] == [False, True]
        assert keys.INTAKE_KEY not in [each.key for each in press().state.list("intake")]
        assert list(differences(press())) == []


def test_an_archive_that_is_moved_into_the_folder_of_a_running_press_is_taken_in_as_one(
    inbox: Path, archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archives, "MANY", 2)
    monkeypatch.setattr(archives, "_RENEWED", 0.0)
    begun: list[str] = []
    is_over = threading.Event()

    def hear(_: str, body: bytes) -> None:
        begun.append(body.decode())
        if '"over":true' in begun[-1]:
            is_over.set()

    with LocalPress(inbox, inbox / DATA, 0, 0) as found:
        found.wait_until_quiet()
        found.cloud.on_object("StateBucket", keys.INTAKE_KEY, hear)
        archive.rename(inbox / "articles" / "archive")
        assert is_over.wait(60)
        found.wait_until_quiet()
        assert '"over":false' in begun[0]
        assert '"over":false' in begun[1], "it is spoken of while it lasts"
        assert list(differences(press())) == []
