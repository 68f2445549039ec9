import resource
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest

from functions.core.page import Page
from infra.build import Built, build
from infra.chunks import Plan
from infra.folder import FolderSite
from infra.newsroom import read_settings
from tests.bench import corpus
from tests.bench.report import FOLDER
from tests.newsroom import inbox_below

PAYS_FOR_TWO = 160  # uploads


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    return inbox_below(tmp_path, (FOLDER / "newsroom.toml").read_bytes())


def built(inbox: Path, out: Path, jobs: int = 1) -> Built:
    settings = read_settings(None, inbox)
    return build(Plan(inbox, out, settings, datetime(2030, 1, 1, tzinfo=UTC), jobs), lambda *_: None)


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_processes_write_the_site_that_one_writes(inbox: Path, tmp_path: Path) -> None:
    corpus.write(inbox / "articles", range(PAYS_FOR_TWO))
    (inbox / "articles/faux.md").write_text("sans en-tête", encoding="utf-8")
    (inbox / "articles/redite.md").write_text(corpus.article(PAYS_FOR_TWO - 1)[1], encoding="utf-8")
    alone, together = built(inbox, tmp_path / "alone"), built(inbox, tmp_path / "together", jobs=2)
    assert alone == together
    assert Counter(receipt.outcome for receipt in alone.receipts) == {"published": PAYS_FOR_TWO, "refused": 2}
    assert files(tmp_path / "alone") == files(tmp_path / "together")


def test_a_second_build_writes_what_changed_and_sweeps_what_is_no_page(inbox: Path, tmp_path: Path) -> None:
    corpus.write(inbox / "articles", range(3))
    out = tmp_path / "out"
    first, before = built(inbox, out), files(out)
    (out / "vieux").mkdir()
    (out / "vieux/orphelin.html").write_bytes(b"x")
    (out / "index.html").write_bytes(before["index.html"] + b"more than there was")
    second = built(inbox, out)
    assert (second.pages.written, second.pages.deleted) == (1, 1)
    assert second.pages.unchanged == first.pages.written - 1
    assert files(out) == before
    assert not (out / "vieux").exists()


def test_what_programs_write_beside_the_articles_is_no_upload(inbox: Path, tmp_path: Path) -> None:
    corpus.write(inbox / "articles", range(1))
    for name in (".DS_Store", "~$brouillon.docx", "article.md~", ".git/HEAD"):
        (inbox / "articles" / name).parent.mkdir(exist_ok=True)
        (inbox / "articles" / name).write_bytes(b"")
    assert [receipt.outcome for receipt in built(inbox, tmp_path / "out").receipts] == ["published"]


def test_a_page_for_which_a_disk_has_no_room_is_named_and_not_taken_for_written(tmp_path: Path) -> None:
    page, site = Page("a/index.html", b"x" * 1000), FolderSite(tmp_path)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (500, hard))
    try:
        with pytest.raises(OSError, match=r"large: .*/a/index\.html"):
            site.put(page)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert site.put(page)
    assert not site.put(page)


def test_addresses_of_an_earlier_site_lie_side_by_side_as_pages_of_folders(inbox: Path, tmp_path: Path) -> None:
    corpus.write(inbox / "articles", range(1))
    (file,) = (inbox / "articles").rglob("*.md")
    file.write_text(file.read_text().replace("---\n", "---\naliases: [/a.html, /a.html/amp/, /b.php]\n", 1))
    out = tmp_path / "out"
    built(inbox, out)
    assert sorted(name for name in files(out) if name.startswith("_before/")) == [
        "_before/a.html/amp/index.html", "_before/a.html/index.html", "_before/b.php/index.html",
    ]  # fmt: skip
    assert built(inbox, out).pages[:2] == (0, 0)
