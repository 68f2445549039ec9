"""The archive of a build: entries and texts of all live articles, in files that every process reads and none holds."""

import pickle
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path

import numpy as np

from functions.core.entry import Entry
from functions.core.related.fingerprint import Fingerprint
from infra.boxes import Boxes
from infra.texts import Collection, Texts

_ENTRIES, _ENDS, _WISHES = "entries.pickles", "ends.npy", "wishes.pickle"


class ArchiveWriter:
    """Takes in live articles, each under the next place."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._texts = Collection()
        self._entries = (folder / _ENTRIES).open("wb")
        self._ends: list[int] = []

    def add(self, entry: Entry, about: Fingerprint) -> int:
        """Take in an article; its place."""
        self._entries.write(pickle.dumps(entry, pickle.HIGHEST_PROTOCOL))
        self._ends.append(self._entries.tell())
        self._texts.add(about)
        return len(self._ends) - 1

    def close(self) -> None:
        """Nothing more will come."""
        self._entries.close()
        np.save(self._folder / _ENDS, np.array([0, *self._ends], np.int64))
        (self._folder / _WISHES).write_bytes(pickle.dumps(self._texts.wishes()))
        self._texts.texts().save(self._folder)


class Archive:
    """Answers with entries for places."""

    def __init__(self, folder: Path) -> None:
        wishes = pickle.loads((folder / _WISHES).read_bytes())  # noqa: S301 - a file of our own
        self._boxes = Boxes(Texts.load(folder), wishes)
        file = folder / _ENTRIES
        self._entries = np.memmap(file, np.uint8, "r").data if file.stat().st_size else memoryview(b"")
        self._ends = np.load(folder / _ENDS)

    def boxes(self, places: Iterable[int]) -> Iterator[tuple[Entry, ...]]:
        """The related box of each place: entries in rank order."""
        for box in self._boxes.of(places):
            yield tuple(map(self._entry, box))

    def _entry(self, place: int) -> Entry:
        start, end = self._ends[place : place + 2].tolist()
        entry: Entry = pickle.loads(self._entries[start:end])  # noqa: S301 - a file of our own
        return entry


@lru_cache(maxsize=1)  # every chunk of a build asks for it
def archive_in(folder: str) -> Archive:
    """The archive that a build has written into a folder."""
    return Archive(Path(folder))
