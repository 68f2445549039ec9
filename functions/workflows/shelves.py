"""Shelves: the archive's signature documents as a warm function holds them, each under the ETag it was read with."""

from collections.abc import Callable, Mapping
from itertools import compress
from operator import is_not
from threading import RLock
from typing import NamedTuple, TypeVar

from functions.core.objects import Stored
from functions.core.related.archive import Archive
from functions.core.related.fingerprint import Signature
from functions.core.related.rows import NO_ROWS, Row, read_rows

T = TypeVar("T")
Read = Callable[[list[str]], Mapping[str, Stored | None]]


class Shelf(NamedTuple):
    """One document: its ETag, None where there is none yet, its rows, and its bytes."""

    etag: str | None
    rows: Mapping[str, Row]
    body: bytes


_NONE = Shelf(None, {}, NO_ROWS)


class Shelves:
    """All documents, and the archive that they make together; only what changed is taken in anew."""

    def __init__(self) -> None:
        self.archive = Archive()
        self._shelves: dict[str, Shelf] = {}
        self._lock = RLock()

    def __len__(self) -> int:
        return len(self._shelves)

    def shelf(self, document: str) -> Shelf:
        """A document as last seen. It may be out of date, and a write on the strength of it then fails."""
        return self._shelves.get(document, _NONE)

    @property
    def rows(self) -> dict[str, Row]:
        """All rows, by article."""
        return {id_: row for shelf in self._shelves.values() for id_, row in shelf.rows.items()}

    def stamps(self, upload_ids: list[str]) -> dict[str, str]:
        """The stamps of those of the articles that are there."""
        rows = {id_: row for shelf in self._shelves.values() for id_ in upload_ids if (row := shelf.rows.get(id_))}
        return {id_: rows[id_].stamp for id_ in upload_ids if id_ in rows}

    def edge(self, upload_id: str, signature: Signature) -> int:
        """How far away an article's shortlist would end, by the documents as last seen."""
        with self._lock:
            return self.archive.shortlist(upload_id, signature).edge

    def unlike(self, etags: Mapping[str, str]) -> list[str]:
        """The documents that are not held under these ETags."""
        return [document for document, etag in etags.items() if self.shelf(document).etag != etag]

    def take(self, document: str, shelf: Shelf) -> None:
        """Hold a document as it was read, or has just been written."""
        with self._lock:
            before = self.shelf(document).rows
            for gone in before.keys() - shelf.rows.keys():
                self.archive.put(gone, None)
            is_new = map(is_not, map(before.get, shelf.rows), shelf.rows.values())
            for upload_id, row in compress(shelf.rows.items(), is_new):
                known = before.get(upload_id)
                if known is None or known.signature != row.signature:
                    self.archive.put(upload_id, row.signature, row.edge)
                elif known.edge != row.edge:
                    self.archive.move_edge(upload_id, row.edge)
            self._shelves[document] = shelf

    def ask(self, etags: Mapping[str, str], read: Read, question: Callable[[], T]) -> T:
        """The answer to a question put to exactly these versions of the documents, or newer ones."""
        wanted = dict(etags)
        while True:
            with self._lock:
                for lost in self._shelves.keys() - wanted.keys():
                    self.take(lost, _NONE)
                unlike = self.unlike(wanted)
                if not unlike:
                    return question()
            for document, stored in read(unlike).items():
                if stored is None:
                    del wanted[document]
                    self.take(document, _NONE)
                else:
                    wanted[document] = stored.etag
                    self.take(document, Shelf(stored.etag, read_rows(stored.body), stored.body))
