"""Relate: an article's fingerprint enters (or leaves) the archive, and every box it concerns is flagged."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple

from functions.core import keys
from functions.core.build import Build
from functions.core.document import SIGNATURES, Document
from functions.core.entry import Entry
from functions.core.groups import Need, article_group
from functions.core.objects import Condition
from functions.core.record import Record
from functions.core.related import PARTITIONS, Archive, partition_of
from functions.workflows.dirty import mark
from functions.workflows.lists import read_list
from functions.workflows.ports import Press

_WARM_ARCHIVES = 2


class Signatures(NamedTuple):
    """The archive as the related engine sees it, and the entry behind each fingerprint."""

    archive: Archive
    entries: Mapping[str, Entry]


def relate(press: Press, build: Build, upload_id: str) -> bool:
    """Flag the articles whose box this upload enters or leaves; writes no page.

    Its own signature is stored first, so that whoever changes at the same moment sees it: of two articles, at least
    one is told of the other.
    """
    stored = press.state.get(keys.record(upload_id))
    if stored is None:
        return False
    record = Record.model_validate_json(stored.body)
    part = partition_of(upload_id)
    document = press.state.get(keys.document(SIGNATURES, part))
    shelf = read_list(press, build, Need(SIGNATURES, part))
    body = Document(build=build.id, items=shelf.items).canonical()
    if document is None or document.body != body:
        press.state.put(keys.document(SIGNATURES, part), body, Condition(document.etag if document else None))
    archive = signatures(press, build).archive
    mark(press, map(article_group, sorted({upload_id, *archive.touched_by(record.fingerprints)})))
    return False


def signatures(press: Press, build: Build) -> Signatures:
    """Every live article's fingerprint, as its partition's document has it."""
    found = press.state.get_many([keys.document(SIGNATURES, str(part)) for part in range(PARTITIONS)])
    return _archive_of(tuple(stored.body for stored in found.values() if stored), build.id)


@lru_cache(maxsize=_WARM_ARCHIVES)
def _archive_of(bodies: tuple[bytes, ...], build: str) -> Signatures:
    documents: Iterable[Document] = map(Document.model_validate_json, bodies)
    items = [item for document in documents if document.build == build for item in document.items.values()]
    return Signatures(
        Archive(item.about for item in items if item.about),
        {item.entry.id: item.entry for item in items if item.entry},
    )
