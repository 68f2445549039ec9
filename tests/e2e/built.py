"""The demo newsroom as `rotative build` makes it, and the edge that serves it: no cloud, ready in seconds."""

import hashlib
import mimetypes
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from click.testing import CliRunner

from functions.bootstrap.house import house_of
from functions.core import keys
from functions.core.parts import SignUpForm
from functions.core.site.articles import article_pages
from functions.core.site.fixed import newsletter_question, newsletter_refusal
from infra.cli import main
from infra.local.api import Api
from infra.local.edge import edge_of
from infra.local.journal import StoredVersion
from infra.local.server import Server
from infra.local.template import load
from infra.newsroom import DEMO, lay_out_demo, read_settings
from tests.site import samples

NOW = "2026-11-24T12:00:00+00:00"
ARABIC = Path(__file__).parent / "newsroom.ar.toml"
_REFUSED = SignUpForm(email="nadia.tazi@example", chosen=("economie",), wrong=("email", "consent"))
_THEN = datetime(2026, 11, 24, 12, tzinfo=UTC)
_TYPES = {".html": "text/html; charset=utf-8", ".woff2": "font/woff2", ".webmanifest": "application/manifest+json"}


@dataclass(frozen=True)
class Built:
    """A built site: its folder and the address at which it is served."""

    folder: Path
    url: str

    def path(self, pattern: str) -> str:
        """The site path of the only folder that matches."""
        (found,) = (found for found in self.folder.glob(pattern) if found.is_dir())
        return f"/{found.relative_to(self.folder).as_posix()}/"

    def kinds(self) -> dict[str, str]:
        """One path of every kind of page."""
        return {
            "front": "/",
            "category": "/immobilier/",
            "month": "/economie/2024/03/",
            "article": self.path("economie/2024/03/investissements-al-omrane-*"),
            "arabic article": self.path("developpement-durable/2026/09/*"),
            "tag": "/tags/al-omrane/",
            "author": self.path("auteurs/nadia-tazi"),
            "corrections": "/corrections/",
            "search": "/search/",
            "not found": "/404.html",
            "gone": self.path("economie/2024/01/retire-*"),
            "sign-up": "/newsletter/",
            "pending": "/newsletter/pending/",
            "refused": "/newsletter/refused/",
            "question": "/newsletter/confirm/",
        }


def build_demo(folder: Path, *, newsroom: Path = DEMO / "newsroom.toml") -> Path:
    """The demo's uploads in a folder, published: the folder of the site. Unmarked articles are French everywhere."""
    inbox, site = folder / "inbox", folder / "site"
    lay_out_demo(inbox)
    for article in inbox.rglob("*.md"):
        text = article.read_text()
        if "\nlang:" not in text:
            article.write_text(text.replace("---\n", "---\nlang: fr\n", 1))
    answer = CliRunner().invoke(main, ["build", str(inbox), str(site), "--now", NOW, "--newsroom", str(newsroom)])
    assert answer.exit_code == 0, answer.output
    _add_what_no_folder_makes(site, newsroom)
    return site


@contextmanager
def served(site: Path) -> Iterator[Built]:
    """A folder, served by the local edge; it has no API."""

    def find(key: str) -> StoredVersion | None:
        path = site / key
        if not path.is_file():
            return None
        body = path.read_bytes()
        kind = _TYPES.get(path.suffix) or mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        freshness = "public, max-age=31536000, immutable" if key.startswith(("assets/", "images/")) else "max-age=0"
        metadata = {"content-type": kind, "cache-control": freshness}
        etag = hashlib.md5(body, usedforsecurity=False).hexdigest()
        return StoredVersion("site", key, "1", _THEN, etag, {"metadata": metadata}, body)

    def nobody(*_: object) -> None:
        raise AssertionError("a built site has no API")

    server = Server("site", edge_of(load(), find, Api((), nobody)), 0, "--port")
    server.start()
    try:
        yield Built(site, server.url)
    finally:
        server.stop()


def _add_what_no_folder_makes(site: Path, newsroom: Path) -> None:
    """A tombstone, for a folder of uploads has no history; and the pages that the API makes."""
    settings = read_settings(newsroom, DEMO)
    house = house_of(settings)
    path = keys.article_path(settings.category[0].slug, "2024-01", "retire", "aaaaaa")
    gone = samples.inputs(article=None, path=path, gone=True)
    for page in article_pages(gone, house):
        _write(site / page.key, page.body)
    for asked in ("confirm", "unsubscribe"):
        _write(site / "newsletter" / asked / "index.html", newsletter_question(asked, house))
    _write(site / "newsletter" / "refused" / "index.html", newsletter_refusal("", _REFUSED, house))


def _write(path: Path, body: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(body)
