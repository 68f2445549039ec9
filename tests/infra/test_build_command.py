"""`rotative build`: which folders it takes, and that it never takes the wrong ones."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Never

import pytest
from click.testing import CliRunner, Result

from infra.cli import main
from tests.core.documents import PNG
from tests.newsroom import inbox_below
from tests.workflows.articles import article


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = inbox_below(tmp_path)
    (folder / "articles" / "essai.md").write_text(article())
    return folder


def build(inbox: Path, out: Path) -> Result:
    return CliRunner().invoke(main, ["build", str(inbox), str(out), "--jobs", "1"], catch_exceptions=False)


def pages(out: Path) -> set[Path]:
    return {path for path in out.rglob("*") if path.is_file()}


def test_a_folder_that_is_no_inbox_takes_no_page_out_of_the_site(inbox: Path, tmp_path: Path) -> None:
    out = tmp_path / "site"
    assert build(inbox, out).exit_code == 0
    before = pages(out)
    (tmp_path / "elsewhere").mkdir()
    for wrong in (inbox / "articles", tmp_path / "elsewhere"):
        told = build(wrong, out)
        assert (told.exit_code, pages(out)) == (2, before)
        assert f"{wrong} holds neither articles/ nor newsroom.toml" in told.stderr
    assert f"as {inbox} does" in build(inbox / "articles", out).stderr


def test_a_newsroom_without_an_article_yet_has_a_site(inbox: Path, tmp_path: Path) -> None:
    (inbox / "articles" / "essai.md").unlink()
    (inbox / "articles").rmdir()
    assert build(inbox, tmp_path / "site").exit_code == 0
    assert (tmp_path / "site" / "index.html").is_file()


def test_the_site_of_another_generator_is_left_alone(inbox: Path, tmp_path: Path) -> None:
    out = tmp_path / "public"
    out.mkdir()
    for name in ("404.html", "index.html", "sitemap.xml"):
        (out / name).write_text("not ours")
    told = build(inbox, out)
    assert (told.exit_code, (out / "index.html").read_text()) == (2, "not ours")
    assert "not a site that I wrote" in told.stderr


def test_a_site_is_no_file_and_does_not_stand_among_the_uploads(inbox: Path, tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch()
    for out, reason in ((file, "is a file"), (inbox / "articles" / "site", "among the uploads"), (inbox, "holds the")):
        told = build(inbox, out)
        assert (told.exit_code, reason in told.stderr) == (2, True)
    assert not (inbox / "articles" / "site").exists()
    assert build(inbox, inbox / "site").exit_code == 0
    assert build(inbox, inbox / "site").exit_code == 0


def test_a_link_counts_where_it_leads_to_a_file_of_the_inbox_and_nowhere_else(inbox: Path, tmp_path: Path) -> None:
    articles, out = inbox / "articles", tmp_path / "site"
    (tmp_path / "secret.md").write_text(article("Le secret"))
    (articles / "out.md").symlink_to(tmp_path / "secret.md")
    (articles / "circle.md").symlink_to(articles / "circle.md")
    (articles / "nowhere.md").symlink_to(articles / "none.md")
    (articles / "in.md").symlink_to(articles / "essai.md")
    told = CliRunner().invoke(main, ["build", str(inbox), str(out), "--jobs", "1", "--json"], catch_exceptions=False)
    receipts = json.loads(told.stdout)["receipts"]
    assert [each["key"] for each in receipts] == ["articles/essai.md", "articles/in.md"]


@pytest.mark.parametrize("address", ["private/photo.png", "photo.png"])
def test_no_article_shows_an_image_to_which_a_link_leads_out_of_the_inbox(
    inbox: Path, tmp_path: Path, address: str
) -> None:
    articles, private = inbox / "articles", tmp_path / "private"
    private.mkdir()
    (private / "photo.png").write_bytes(PNG)
    (articles / "private").symlink_to(private)
    (articles / "photo.png").symlink_to(private / "photo.png")
    (articles / "own.png").write_bytes(PNG)
    (articles / "inside.png").symlink_to(articles / "own.png")
    (articles / "a.md").write_text(article() + f"\n![Une grue]({address})\n\n![Une autre](inside.png)\n")
    assert "1 published" in build(inbox, tmp_path / "site").stderr
    checked = CliRunner().invoke(main, ["check", str(articles / "a.md"), "--json"], catch_exceptions=False)
    (told,) = json.loads(checked.stdout)
    assert (told["outcome"], [each["value"] for each in told["problems"]]) == ("held", [f"articles/{address}"])


def test_what_cannot_be_read_or_written_is_named_in_a_line(
    inbox: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: str) -> Never:
        raise PermissionError(13, "Permission denied", path)

    monkeypatch.setattr("infra.folder.os.scandir", refuse)
    told = build(inbox, tmp_path / "site")
    assert (told.exit_code, told.stdout) == (2, "")
    assert told.stderr.endswith(f"rotative: {inbox}/articles/: Permission denied\n")


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "utf-8"])
def test_a_terminal_that_lacks_letters_is_told_all_the_same(inbox: Path, encoding: str) -> None:
    (inbox / "articles" / "refusé ’.md").write_text(article(category="Nulle part"))
    command = [sys.executable, "-m", "infra.cli", "check", str(inbox)]
    env = {**os.environ, "PYTHONIOENCODING": encoding}
    plain, as_json = (
        subprocess.run([*command, *options], capture_output=True, env=env, check=False) for options in ([], ["--json"])
    )
    assert (plain.returncode, as_json.returncode) == (1, 1)
    assert b"Nulle part" in plain.stdout
    assert any(each["file"].endswith("refusé ’.md") for each in json.loads(as_json.stdout))
