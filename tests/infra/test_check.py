"""`rotative check`, and `publish` where no press runs: what they say of files before anything is uploaded."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from infra.cli import main
from tests.newsroom import SETTINGS
from tests.workflows.articles import article, jpeg, with_lead


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    (folder / "articles").mkdir(parents=True)
    (folder / "newsroom.toml").write_bytes(SETTINGS)
    return folder


def save(inbox: Path, name: str, content: str | bytes) -> Path:
    path = inbox / "articles" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def rotative(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(each) for each in arguments], catch_exceptions=False)


@pytest.mark.parametrize("options", [[], ["--dry-run"]])
def test_two_files_that_would_be_one_upload_are_both_named(inbox: Path, tmp_path: Path, options: list[str]) -> None:
    first, second = tmp_path / "a" / "essai.md", tmp_path / "b" / "essai.md"
    for path in (first, second):
        path.parent.mkdir()
        path.write_text(article(path.parent.name))
    told = rotative("publish", first, second, "--inbox", inbox, *options)
    assert told.exit_code == 2
    assert f"{first} and {second} would both be articles/essai.md" in told.stderr


def test_a_file_that_is_given_twice_is_one_upload(inbox: Path) -> None:
    path = save(inbox, "essai.md", article())
    told = rotative("publish", path, path.parent / ".." / "articles" / path.name, "--inbox", inbox, "--dry-run")
    assert (told.exit_code, told.stderr.count("would be taken as articles/essai.md")) == (0, 1)


@pytest.mark.parametrize(("stored", "written"), [("é.jpg", "e\u0301.jpg"), ("e\u0301.jpg", "é.jpg")])
def test_an_image_in_another_spelling_is_there(inbox: Path, stored: str, written: str) -> None:
    path = save(inbox, "essai.md", with_lead(written))
    assert rotative("check", path).exit_code == 1
    save(inbox, stored, jpeg())
    assert rotative("check", path).exit_code == 0
