"""An archive of any size: records, markers and documents as the functions would have left them."""

import random
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta

import numpy as np

from functions.bootstrap.desk import desk_of
from functions.core import keys
from functions.core.article import Article, Author, Tag
from functions.core.build import Build
from functions.core.document import Document, Item, items_of
from functions.core.reading import Version, reading_of
from functions.core.record import Record
from functions.core.related.archive import SHORTLIST, document_of
from functions.core.related.fingerprint import Fingerprint, Signature, fingerprint
from functions.core.related.postings import Postings
from functions.core.related.rows import LEAST, Row
from functions.core.upload import read_upload
from infra.boxes import Boxes
from infra.newsroom import read_settings
from infra.texts import Collection
from tests.bench import corpus
from tests.bench.report import FOLDER
from tests.fakes import FakeState
from tests.newsroom import Newsroom

NEWEST = datetime(2026, 11, 19, 12, tzinfo=UTC)
_CATEGORIES = ("economie", "developpement-durable")
_TAGS = 400
_AUTHORS = 60
_WORDS = 4_000
_CARRIED = frozenset({"cat", "tag", "author", "all"})  # lists whose newest entries a document keeps
_KEPT = 50
_BLOCK = 32
_LETTERS = str.maketrans("0123456789", "bcdfglmprv")


def articles(count: int, every: timedelta) -> Iterator[tuple[str, Article]]:
    """Seeded articles, the newest first: one category, four tags, two authors, sixty words of text each."""
    for place in range(count):
        luck = random.Random(place)
        # The first tag is everybody's, the last ones nearly nobody's.
        tags = sorted({min(int(luck.paretovariate(0.4)), _TAGS) for _ in range(9)})[:4]
        words = [word(min(int(luck.paretovariate(0.5)), _WORDS)) for _ in range(60)]
        title = " ".join(words[:8])
        yield (
            f"{place // 1000:04d}/{place:07d}.md",
            Article(
                title=title,
                category=_CATEGORIES[luck.random() < 0.3],
                tags=tuple(Tag(slug=f"sujet-{tag}", label=f"Sujet {tag}") for tag in tags),
                authors=tuple(Author(slug=f"plume-{n}", name=f"Plume {n}") for n in luck.sample(range(_AUTHORS), 2)),
                published_at=NEWEST - every * place,
                slug=keys.code_of(title),
                body=f"<p>{' '.join(words)}</p>",
                words=len(words),
            ),
        )


def word(number: int) -> str:
    """A word for a number: another one for each, and of letters alone."""
    return "mot" + str(number).translate(_LETTERS)


def preload(newsroom: Newsroom, count: int, every: timedelta) -> None:
    """Fill a newsroom's state with an archive."""
    build, zone = newsroom.build, newsroom.build.settings.newsroom.zone
    kept: dict[tuple[str, str], dict[str, Item]] = {}
    rows: dict[str, Row] = {}
    prints: dict[str, Fingerprint] = {}
    for upload_id, article in articles(count, every):
        version = Version("v1", article.published_at)
        reading = reading_of(version, upload_id, article, zone).model_copy(update={"exposed": True})
        record = Record(
            id=upload_id,
            key=keys.inbox_key(upload_id),
            ver="v1",
            build=build.id,
            state="live",
            live_ver="v1",
            article=article,
            about=fingerprint(upload_id, article),
            path=reading.path,
            history=(reading,),
        )
        _put(newsroom.state, record, kept)
        if record.row and record.about:
            rows[upload_id], prints[upload_id] = record.row, record.about
    _put_documents(newsroom.state, build, kept)
    _put_signatures(newsroom.state, rows, prints)


def preload_signatures(newsroom: Newsroom, count: int) -> Signature:
    """Fill a newsroom's state with the related index of so many articles of 600 words; a signature to ask it for."""
    desk = desk_of(read_settings(FOLDER / "newsroom.toml", FOLDER))
    prints = {}
    for number in range(count):
        path, text = corpus.article(number)
        prints[path] = fingerprint(path, read_upload(keys.ARTICLES + path, text.encode(), desk))
    _put_signatures(newsroom.state, {path: Row(keys.content_hash(path.encode())[:12]) for path in prints}, prints)
    return next(iter(prints.values())).signature


def _put_signatures(state: FakeState, rows: Mapping[str, Row], prints: Mapping[str, Fingerprint]) -> None:
    parts: defaultdict[str, dict[str, tuple[Row, Signature]]] = defaultdict(dict)
    for upload_id, edge in edges(prints):
        parts[document_of(upload_id)][upload_id] = rows[upload_id]._replace(edge=edge), prints[upload_id].signature
    for document, some in parts.items():
        state.put(document, Postings.of(some).body)


def edges(prints: Mapping[str, Fingerprint]) -> Iterator[tuple[str, int]]:
    """Where each article's shortlist ends, as `Archive.shortlist` says it."""
    some = Collection()
    for about in prints.values():
        some.add(about)
    boxes = Boxes(some.texts(), {})
    for start in range(0, len(prints), _BLOCK):
        block = np.arange(start, min(start + _BLOCK, len(prints)))
        for place, row in zip(block.tolist(), boxes.close(block), strict=True):
            row[place] = 0
            edge = int(np.partition(row, -SHORTLIST)[-SHORTLIST]) if len(row) >= SHORTLIST else LEAST
            yield some.ids[place], max(edge, LEAST)


def _put(state: FakeState, record: Record, kept: dict[tuple[str, str], dict[str, Item]]) -> None:
    nonce = f"nonce of {record.id}".encode()
    state.put(keys.record(record.id), record.canonical())
    for claim in record.ever:
        state.put(claim.marker(record.id), nonce)
    etag = next(state.list(record.ever[0].marker(record.id))).etag
    items = items_of(record, etag)
    for claim in record.ever:
        shelf = kept.setdefault((claim.kind, claim.value), {})
        if claim.kind not in _CARRIED or len(shelf) < _KEPT or ":" in claim.value:
            shelf[claim.marker(record.id)] = items[claim.marker(record.id)]


def _put_documents(state: FakeState, build: Build, kept: dict[tuple[str, str], dict[str, Item]]) -> None:
    for (kind, value), items in kept.items():
        state.put(keys.document(kind, value), Document(build=build.id, items=items).canonical())
