"""`rotative build`: which folders it takes, and that it never takes the wrong ones."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from infra.cli import main
from tests.newsroom import SETTINGS
from tests.workflows.articles import article


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    (folder / "articles").mkdir(parents=True)
    (folder / "newsroom.toml").write_bytes(SETTINGS)
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
