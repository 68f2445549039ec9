"""The archive of a build: rows and texts of all live articles, in files that every process reads and none holds."""

import pickle
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path

import numpy as np

from functions.core.parts import Row
from functions.core.related.fingerprint import Fingerprint
from infra.boxes import Boxes
from infra.texts import Collection, Texts

_ROWS, _ENDS, _WISHES = "rows.pickles", "ends.npy", "wishes.pickle"


class ArchiveWriter:
    """Takes in live articles, each under the next place."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._texts = Collection()
        self._rows = (folder / _ROWS).open("wb")
        self._ends: list[int] = []

    def add(self, row: Row, about: Fingerprint) -> int:
        """Take in an article; its place."""
        self._rows.write(pickle.dumps(row, pickle.HIGHEST_PROTOCOL))
        self._ends.append(self._rows.tell())
        self._texts.add(about)
        return len(self._ends) - 1

    def close(self) -> None:
        """Nothing more will come."""
        self._rows.close()
        np.save(self._folder / _ENDS, np.array([0, *self._ends], np.int64))
        (self._folder / _WISHES).write_bytes(pickle.dumps(self._texts.wishes()))
        self._texts.texts().save(self._folder)


class ArchiveReader:
    """Answers with rows and boxes for places, from what a writer has closed."""

    def __init__(self, folder: Path) -> None:
        wishes = pickle.loads((folder / _WISHES).read_bytes())  # noqa: S301 - a file of our own
        self._boxes = Boxes(Texts.load(folder), wishes)
        file = folder / _ROWS
        self._rows = np.memmap(file, np.uint8, "r").data if file.stat().st_size else memoryview(b"")
        self._ends = np.load(folder / _ENDS)

    def boxes(self, places: Iterable[int]) -> Iterator[tuple[Row, ...]]:
        """The related box of each place: as lists show it, in rank order."""
        for box in self._boxes.of(places):
            yield tuple(map(self._row, box))

    def _row(self, place: int) -> Row:
        start, end = self._ends[place : place + 2].tolist()
        row: Row = pickle.loads(self._rows[start:end])  # noqa: S301 - a file of our own
        return row


@lru_cache(maxsize=1)  # every chunk of a build asks for it
def archive_in(folder: str) -> ArchiveReader:
    """The archive that a build has written into a folder."""
    return ArchiveReader(Path(folder))
