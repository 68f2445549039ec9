"""Shelves: the archive's documents as a warm function holds them, each under the ETag it was read with."""

from collections.abc import Callable, Mapping
from threading import RLock
from typing import NamedTuple, TypeVar

from functions.core.objects import Stored
from functions.core.related.archive import Archive, document_of
from functions.core.related.postings import NO_POSTINGS, Postings
from functions.core.related.rows import Row
from functions.core.related.volume import Volume

T = TypeVar("T")
Read = Callable[[list[str]], Mapping[str, Stored | None]]


class Shelf(NamedTuple):
    """One document, and its ETag; None where there is none yet."""

    etag: str | None
    volume: Volume


_NONE = Shelf(None, Volume(NO_POSTINGS))


class Shelves:
    """All documents, and the archive that they make together; only what changed is read anew."""

    def __init__(self) -> None:
        self._shelves: dict[str, Shelf] = {}
        self._lock = RLock()

    def __len__(self) -> int:
        return len(self._shelves)

    def shelf_of(self, upload_id: str) -> Shelf:
        """The document of an article as last seen. It may be out of date, and a write that relies on it then fails."""
        return self._shelves.get(document_of(upload_id), _NONE)

    @property
    def archive(self) -> Archive:
        """All documents as last seen."""
        with self._lock:
            return Archive([shelf.volume for shelf in self._shelves.values()])

    @property
    def rows(self) -> dict[str, Row]:
        """All rows, by article."""
        with self._lock:
            return dict(row for shelf in self._shelves.values() for row in shelf.volume.postings.rows())

    def stamps(self, upload_ids: list[str]) -> dict[str, str]:
        """The stamps of those of the articles that are there."""
        rows = {id_: self.shelf_of(id_).volume.row(id_) for id_ in upload_ids}
        return {id_: row.stamp for id_, row in rows.items() if row}

    def take(self, document: str, shelf: Shelf) -> None:
        """Hold a document as it was read, or has just been written."""
        with self._lock:
            self._shelves[document] = shelf

    def ask(self, etags: Mapping[str, str], read: Read, question: Callable[[], T]) -> T:
        """The answer to a question put to exactly these versions of the documents, or newer ones."""
        wanted = dict(etags)
        while True:
            with self._lock:
                for lost in self._shelves.keys() - wanted.keys():
                    del self._shelves[lost]
                unlike = [name for name, etag in wanted.items() if self._shelves.get(name, _NONE).etag != etag]
                if not unlike:
                    return question()
            for document, stored in read(unlike).items():
                if stored is None:
                    del wanted[document]
                else:
                    wanted[document] = stored.etag
                    self.take(document, Shelf(stored.etag, Volume(Postings.read(stored.body))))
