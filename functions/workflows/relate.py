"""Relate: an article enters (or leaves) the archive, and every box it concerns is flagged; and what a box shows."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import partial
from typing import NamedTuple, TypeVar

from functions.core import keys
from functions.core.entry import Entry
from functions.core.errors import WriteConflict
from functions.core.groups import article_group
from functions.core.objects import Condition
from functions.core.record import Record
from functions.core.related.archive import Shortlist, document_of
from functions.core.related.fingerprint import Fingerprint
from functions.core.related.rank import Neighbour, rank
from functions.core.related.rows import Row
from functions.core.related.subjects import CANDIDATES, Subject, read_subjects, subjects_body
from functions.core.related.volume import Volume
from functions.workflows import intake
from functions.workflows.dirty import mark
from functions.workflows.ports import Press
from functions.workflows.records import record_of, records_of
from functions.workflows.shelves import Shelf, Shelves
from functions.workflows.translate import relatives_of

T = TypeVar("T")

_TRIES = 20
_SLACK = 1.25


class Placed(NamedTuple):
    """An article in a related box: how it got there, and what the box shows of it."""

    neighbour: Neighbour
    entry: Entry


class Box(NamedTuple):
    """A related box, and whether anything had to be written for it."""

    placed: tuple[Placed, ...]
    wrote: bool


class Kept(NamedTuple):
    """The candidates of a box as they were stored, and the ETag of that; None where nothing was."""

    etag: str | None
    subjects: Mapping[str, Subject]


def relate(press: Press, upload_id: str) -> bool:
    """Flag the articles whose box this upload enters or leaves, and its versions in other languages; writes no page.

    True if its own row had to be written.

    Its own row is stored first, so that whoever changes at the same moment sees it: of two articles, at least one is
    told of the other.
    """
    wrote = False
    if not press.memory.shelves:
        look(press, lambda _: None)  # a cold start: a write would meet what stands there
    for _ in range(_TRIES):
        shelf = press.memory.shelves.shelf_of(upload_id)  # before the record: who wrote since has the newer word
        record = record_of(press.state, upload_id)
        wanted = record.row if record else None
        if not says_the_same(shelf.volume.row(upload_id), wanted):
            _put(press, upload_id, shelf, _filed(press, upload_id, shelf.volume, record))
            wrote = True  # for all we know
        standing, hosts = look(press, partial(_row_and_hosts, record, upload_id))
        if says_the_same(standing, wanted):
            if hosts and intake.under_way(press):
                hosts = ()  # they are flagged at its end, with all others
            relatives = relatives_of(press, record) if record else ()
            mark(press, map(article_group, sorted({*hosts, *relatives})), record.ver if record else "")
            return wrote
    raise WriteConflict(document_of(upload_id))


def related_box(press: Press, subject: Subject) -> Box:
    """The related box of an article for its page; its row learns how far away its shortlist ends.

    The candidates are kept beside it, so that the page can be printed again without a look at each one's record.
    """
    about = subject.about
    kept = _kept(press, about.id)  # before the inputs, like the ETags of pages
    for _ in range(_TRIES):
        shortlist, stamps = look(press, partial(_candidates, about))
        if not _keep_edge(press, subject, shortlist.edge):
            subjects = _subjects(press, stamps, kept)
            return Box(_placed(about, subjects), _keep(press, about.id, kept, subjects))
        # Who came between the look and the write went by an edge that was too high: another look sees them.
    raise WriteConflict(document_of(about.id))


def boxes_of(press: Press, articles: Sequence[Fingerprint]) -> Iterator[tuple[Placed, ...]]:
    """The related boxes of some articles as they should be now, by one look at the archive. Reads only."""
    found = look(press, lambda shelves: [_candidates(about, shelves)[1] for about in articles])
    for about, stamps in zip(articles, found, strict=True):
        yield _placed(about, _subjects(press, stamps, _kept(press, about.id)))


def forget_box(press: Press, upload_id: str) -> Box:
    """No box: the article is not live, and its candidates are kept no longer."""
    kept = _kept(press, upload_id)
    if kept.etag:
        press.state.delete(keys.document(CANDIDATES, upload_id), Condition(kept.etag))
    return Box((), wrote=kept.etag is not None)


def says_the_same(row: Row | None, wanted: Row | None) -> bool:
    """Whether a row says of its article what it should; where its shortlist ends is not known to the record."""
    return row.stamp == wanted.stamp if row and wanted else row is wanted


def _placed(about: Fingerprint, subjects: Mapping[str, Subject]) -> tuple[Placed, ...]:
    ranked = rank(about, (each.about for each in subjects.values()))
    return tuple(Placed(neighbour, subjects[neighbour.id].entry) for neighbour in ranked)


def _subjects(press: Press, stamps: Mapping[str, str], kept: Kept) -> dict[str, Subject]:
    """The candidates, from their records; one that has not changed since it was kept or remembered is known."""
    known = {id_: each for id_, each in kept.subjects.items() if each.stamp == stamps.get(id_)}
    known |= press.memory.subjects(stamps)
    for record in records_of(press.state, (id_ for id_ in stamps if id_ not in known)):
        if subject := record.subject:
            known[record.id] = subject
    press.memory.learn_subjects(known)
    return known


def _kept(press: Press, upload_id: str) -> Kept:
    stored = press.state.get(keys.document(CANDIDATES, upload_id))
    return Kept(stored.etag, read_subjects(stored.body)) if stored else Kept(None, {})


def _keep(press: Press, upload_id: str, kept: Kept, subjects: Mapping[str, Subject]) -> bool:
    """Store the candidates, those alone; True if they were not what was stored."""
    if kept.subjects == subjects:
        return False
    press.state.put(keys.document(CANDIDATES, upload_id), subjects_body(subjects), Condition(kept.etag))
    return True


def _keep_edge(press: Press, subject: Subject, edge: int) -> bool:
    """Store how far away a shortlist ends; True when others may have gone by a value that was too high.

    A value that is too low costs idle renders and nothing else, so it need not be right at every moment.
    """
    upload_id = subject.about.id
    shelf = press.memory.shelves.shelf_of(upload_id)
    row = shelf.volume.row(upload_id)
    if row is None or row.stamp != subject.stamp or row.edge <= edge <= row.edge * _SLACK:
        return False
    _put(press, upload_id, shelf, shelf.volume.with_edge(upload_id, edge))
    return edge < row.edge


def look(press: Press, question: Callable[[Shelves], T]) -> T:
    """The answer to a question put to the archive as it stands now."""
    shelves = press.memory.shelves
    etags = {found.key: found.etag for found in press.state.list(keys.POSTINGS)}
    return shelves.ask(etags, press.state.get_many, lambda: question(shelves))


def _candidates(about: Fingerprint, shelves: Shelves) -> tuple[Shortlist, dict[str, str]]:
    shortlist = shelves.archive.shortlist(about.id, about.signature)
    return shortlist, shelves.stamps([*about.pin, *shortlist.ids])


def _row_and_hosts(record: Record | None, upload_id: str, shelves: Shelves) -> tuple[Row | None, Iterable[str]]:
    row = shelves.shelf_of(upload_id).volume.row(upload_id)
    return row, {upload_id, *shelves.archive.hosts_of(upload_id, record.signatures)} if record else ()


def _filed(press: Press, upload_id: str, volume: Volume, record: Record | None) -> Volume:
    """The document as the record wants it. Its shortlist ends where this function last saw it end, by the archive.

    Whoever prints the page looks anew, and seldom has to write the row once more.
    """
    others = volume.without(upload_id)
    subject = record.subject if record else None
    if subject is None:
        return others
    signature = subject.about.signature
    edge = press.memory.shelves.archive.shortlist(upload_id, signature).edge
    return others.plus(upload_id, Row(subject.stamp, edge), signature)


def _put(press: Press, upload_id: str, shelf: Shelf, volume: Volume) -> None:
    """Write the document of an article, unless somebody else wrote there."""
    document = document_of(upload_id)
    with suppress(WriteConflict):  # the document is not what it was
        etag = press.state.put(document, volume.postings.body, Condition(shelf.etag))
        press.memory.shelves.take(document, Shelf(etag, volume))
