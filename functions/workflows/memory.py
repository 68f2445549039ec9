"""Memory: what a warm function remembers to spare calls. Forgetting any of it changes no byte of the site."""

from collections.abc import Iterable, Mapping

from functions.core.document import Item
from functions.core.related.subjects import Subject
from functions.workflows.shelves import Shelves

_MOST = 50_000
_MOST_SUBJECTS = 1_000


class Memory:
    """Items by marker and marker ETag, and the ETags of pages as this function last saw them.

    An item stays true under its marker's ETag, since every change of a record is followed by a fresh nonce in each of
    its markers. A page's ETag may be out of date: it is good for a conditional write, which then fails, and for nothing
    else until it has been checked.
    """

    def __init__(self) -> None:
        self._items: dict[tuple[str, str], Item] = {}
        self._etags: dict[str, str | None] = {}
        self._behind: dict[str, int] = {}
        self._subjects: dict[str, Subject] = {}
        self.shelves = Shelves()

    def item(self, marker: str, etag: str) -> Item | None:
        """What stands for a marker under this ETag, if it is known."""
        return self._items.get((marker, etag))

    def learn_items(self, items: Mapping[str, Item]) -> None:
        """Items by marker."""
        if len(self._items) > _MOST:
            self._items.clear()
        self._items.update(((marker, item.etag), item) for marker, item in items.items())

    def etags(self, keys: Iterable[str]) -> dict[str, str | None]:
        """The remembered ETags of those of the keys that are known; None for a page that was not there."""
        return {key: self._etags[key] for key in keys if key in self._etags}

    def learn_etags(self, etags: Mapping[str, str | None]) -> None:
        """ETags of pages; None for one that is not there."""
        if len(self._etags) > _MOST:
            self._etags.clear()
        self._etags.update(etags)

    def forget_etags(self, keys: Iterable[str]) -> None:
        """ETags that turned out to be wrong, or are in doubt."""
        for key in keys:
            self._etags.pop(key, None)

    def fall_behind(self, document: str, by: int) -> int:
        """How many items a stored document lacks by now."""
        self._behind[document] = self._behind.get(document, 0) + by
        return self._behind[document]

    def caught_up(self, document: str) -> None:
        """A document has just been stored."""
        self._behind[document] = 0

    def subjects(self, stamps: Mapping[str, str]) -> dict[str, Subject]:
        """Those of the articles that are known as their stamps say they are now."""
        found = ((id_, self._subjects.get(id_)) for id_ in stamps)
        return {id_: subject for id_, subject in found if subject and subject.stamp == stamps[id_]}

    def learn_subjects(self, subjects: Mapping[str, Subject]) -> None:
        """What boxes show of articles, and choose them by."""
        if len(self._subjects) > _MOST_SUBJECTS:
            self._subjects.clear()
        self._subjects.update(subjects)
