"""Floors: what each step of an article costs in a build, beside the least that does such a thing at all.

`python -m tests.bench.floors` (make bench-floors): CPU microseconds an article, the better of three rounds over 300
articles of 600 words, in one process; their related boxes are those of an archive of 10,000.
"""

import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple
from zlib import crc32

import nh3
import numpy as np
import pyromark
import yaml

from functions.bootstrap.desk import desk_of
from functions.bootstrap.house import house_of
from functions.core.article import Article
from functions.core.header import front_matter
from functions.core.html import plain_text
from functions.core.html.markdown import to_html
from functions.core.html.sanitize import sanitize
from functions.core.keys import id_of
from functions.core.page import Page
from functions.core.reading import Reading, Version, reading_of
from functions.core.related.archive import SHORTLIST
from functions.core.related.fingerprint import Fingerprint, fingerprint, signature_of
from functions.core.settings import Settings
from functions.core.site.articles import ArticleInputs, article_pages
from functions.core.sketches import bands_of, sketch_of
from functions.core.typography import typeset_html
from functions.core.upload import read_upload
from infra.boxes import Boxes
from infra.folder import FolderSite
from infra.newsroom import read_settings
from infra.texts import Collection, Texts
from tests.bench import corpus
from tests.bench.report import FOLDER, table, write_section

ARTICLES, ARCHIVE, ROUNDS = 300, 10_000, 3
_TOGETHER = 60  # boxes, nearly as many as a build chooses at once
_NOW = datetime(2030, 1, 1, tzinfo=UTC)
_WORD = re.compile(r"\w+")
_SPACED = re.compile(" ([:;!?»])")
_REASONS = {
    "front matter": "events with their lines, so that every mistake has one; no tags, anchors or aliases",
    "words": "the tags are taken off first, entities resolved",
    "typography": "a French text has a dozen rules, none inside code or addresses",
    "fingerprint": "stems, rarities, and the 192 heaviest in an order that does not depend on arrival",
    "sketch and bands": "the luckiest words have to be found and the runs that they start",
    "all of an upload": "the header, typography, and checks of links, images, addresses and hidden text",
    "related box": "the rarer terms too, then whole texts of the twenty closest, and whether any two tell one story",
    "page": "a template with navigation, JSON-LD and sharing data; the floor only joins and hashes its bytes",
}


class Step(NamedTuple):
    """A step, ours and the floor, each a function of an article's place; `ready` comes before and is not counted."""

    name: str
    ours: Callable[[int], object]
    floor: Callable[[int], object]
    against: str
    ready: Callable[[int], object] = int


class Sources(NamedTuple):
    """The corpus, as each step finds it."""

    keys: Sequence[str]
    raw: Sequence[bytes]
    splits: Sequence[front_matter.Split]
    html: Sequence[str]
    articles: Sequence[Article]
    readings: Sequence[Reading]
    pages: Sequence[Page]
    archive: Texts


def sources(settings: Settings) -> Sources:
    """The corpus, taken through every step once."""
    texts = [corpus.article(number) for number in range(ARTICLES)]
    archive = Collection()
    for number in range(ARCHIVE):
        archive.add(_about(settings, *corpus.article(number)))
    keys, raw = [f"articles/{path}" for path, _ in texts], [text.encode() for _, text in texts]
    splits = [front_matter.split(text) for _, text in texts]
    articles = [read_upload(key, body, desk_of(settings)) for key, body in zip(keys, raw, strict=True)]
    readings = [_reading(settings, key, article) for key, article in zip(keys, articles, strict=True)]
    html = [to_html(split.body) for split in splits]
    pages = [_pages(settings, *each)[0] for each in zip(keys, articles, readings, strict=True)]
    return Sources(keys, raw, splits, html, articles, readings, pages, archive.texts())


def _about(settings: Settings, path: str, text: str) -> Fingerprint:
    return fingerprint(path, read_upload(f"articles/{path}", text.encode(), desk_of(settings)))


def _reading(settings: Settings, key: str, article: Article) -> Reading:
    return reading_of(Version("1", _NOW), id_of(key), article, settings.newsroom.zone)


def _pages(settings: Settings, key: str, article: Article, reading: Reading) -> tuple[Page, ...]:
    return article_pages(ArticleInputs(id_of(key), article, reading.path), house_of(settings))


def _related_box(archive: Texts) -> Step:
    """So many boxes at a time, as a build chooses them."""
    boxes, common = Boxes(archive, {}), archive.common

    def ours(place: int) -> object:
        return None if place % _TOGETHER else list(boxes.of(range(place, place + _TOGETHER)))

    def by_common_terms(place: int) -> object:
        block = slice(place, place + _TOGETHER)
        return None if place % _TOGETHER else np.partition(common[:, block].T @ common, -SHORTLIST)

    return Step("related box", ours, by_common_terms, "only the terms that every tenth has, NumPy")


def steps(settings: Settings, found: Sources, out: Path) -> list[Step]:
    """The steps of a build that belong to one article, in their order."""
    site = FolderSite(out)
    yaml_of = partial(yaml.load, Loader=yaml.CSafeLoader)
    files = [out / f"{place}.html" for place in range(ARTICLES)]

    def forget(_: int) -> None:
        plain_text.words_of.cache_clear()
        plain_text.plain_text.cache_clear()

    def body(place: int) -> str:
        return found.articles[place].body

    def know_words(place: int) -> object:
        return plain_text.words_of(body(place))

    bodies = [plain_text.words_of(article.body) for article in found.articles]
    return [
        Step("front matter", lambda n: front_matter.load(found.splits[n].header, []),
             lambda n: yaml_of(found.splits[n].header), "PyYAML's C loader"),
        Step("Markdown", lambda n: to_html(found.splits[n].body),
             lambda n: pyromark.html(found.splits[n].body), "pyromark"),
        Step("sanitise", lambda n: sanitize(found.html[n]), lambda n: nh3.clean(found.html[n]), "nh3.clean"),
        Step("typography", lambda n: typeset_html(found.html[n], "fr"),
             lambda n: _SPACED.sub("\u00a0\\1", found.html[n]), "one rule, everywhere"),
        Step("words", know_words, lambda n: _WORD.findall(found.html[n].lower()), "one regular expression", forget),
        Step("fingerprint", lambda n: (signature_of(found.articles[n]), fingerprint(found.keys[n], found.articles[n])),
             lambda n: Counter(bodies[n]), "counting the words", know_words),
        Step("sketch and bands", lambda n: (sketch_of(body(n)), bands_of(body(n))),
             lambda n: [crc32(word.encode()) for word in bodies[n]], "hashing the words", know_words),
        _related_box(found.archive),
        Step("page", lambda n: _pages(settings, found.keys[n], found.articles[n], found.readings[n]),
             lambda n: Page(key="x", body=found.pages[n].body, content_type="text/html").etag, "its bytes, hashed"),
        Step("write", lambda n: site.put(found.pages[n]),
             lambda n: files[n].write_bytes(found.pages[n].body), "writing a file"),
        Step("all of an upload", lambda n: read_upload(found.keys[n], found.raw[n], desk_of(settings)),
             lambda n: nh3.clean(pyromark.html(yaml_of(found.splits[n].header) and found.splits[n].body)),
             "YAML, Markdown, nh3"),
    ]  # fmt: skip


def microseconds(do: Callable[[int], object], ready: Callable[[int], object]) -> float:
    """CPU time of one article."""
    rounds = []
    for _ in range(ROUNDS):
        seconds = 0.0
        for place in range(ARTICLES):
            ready(place)
            started = time.process_time()
            do(place)
            seconds += time.process_time() - started
        rounds.append(seconds)
    return min(rounds) / ARTICLES * 1e6


def main() -> None:
    """Measure and write."""
    with TemporaryDirectory() as folder:
        inbox = Path(folder) / "inbox"
        inbox.mkdir()
        (inbox / "newsroom.toml").write_bytes((FOLDER / "newsroom.toml").read_bytes())
        settings = read_settings(None, inbox)
        measured = [
            (step, microseconds(step.ours, step.ready), microseconds(step.floor, step.ready))
            for step in steps(settings, sources(settings), Path(folder) / "out")
        ]
    total = sum(ours for step, ours, _ in measured if step.name != "all of an upload")
    rows = [
        [step.name, f"{ours:.0f}", f"{ours / total:.0%}", step.against, f"{floor:.0f}", f"{ours / floor:.1f}",
         _REASONS.get(step.name, "")]
        for step, ours, floor in measured
    ]  # fmt: skip
    head = ["step", "µs", "share", "floor", "floor: µs", "ratio", "why more"]
    text = table(head, rows)
    write_section("Floors", "make bench-floors", text)
    sys.stdout.write(text + "\n")


if __name__ == "__main__":
    main()
