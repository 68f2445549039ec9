"""An edition: the whole site as a function of all records. What `build`, `rebuild` and `verify` hold the press to."""

from bisect import insort
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import takewhile

from functions.core.claims import moved, translated
from functions.core.composition import list_pages
from functions.core.entry import Entry
from functions.core.groups import FRONT, Group, Need, groups_of, months_listed, needs, own_month, standing_groups
from functions.core.moves import Move, move_of, new_path
from functions.core.page import Page
from functions.core.pins import Pins
from functions.core.record import Record
from functions.core.related.archive import Archive
from functions.core.related.fingerprint import Fingerprint
from functions.core.related.rank import rank
from functions.core.settings import Settings
from functions.core.site.house import House
from functions.core.translations import Translation, family, translation_of, versions_in

_PAGED_BY_RECORD = frozenset({"art", "rel", "static"})


class Edition:
    """Every list of the site, from every record. Lists hold (marker, entry), so their order is that of S3's LIST."""

    def __init__(self, settings: Settings, as_of: datetime, pins: Pins) -> None:
        self._settings, self._as_of, self._pins = settings, as_of, pins
        self._lists: defaultdict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
        self._entries: dict[str, Entry] = {}
        self.fingerprints: dict[str, Fingerprint] = {}
        self._values: defaultdict[str, set[str]] = defaultdict(set)
        self._moves: defaultdict[str, list[tuple[str, Move]]] = defaultdict(list)
        self._translators: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
        self._translations: dict[str, Translation] = {}
        self._groups: set[str] = set(standing_groups(settings))

    def add(self, record: Record) -> None:
        """Take in a record; each id once, in any order."""
        self._groups.update(groups_of(record))
        for claim in record.ever:
            self._values[claim.kind].add(claim.value)
        self._add_links(record)
        entry, about = record.entry(), record.about
        if entry is None or about is None:
            return
        self._entries[record.id], self.fingerprints[record.id] = entry, about
        for claim in record.claims:
            self._lists[claim.kind, claim.value].append((claim.marker(record.id), record.id))

    def _add_links(self, record: Record) -> None:
        """What it says of other uploads: that it has become what they were, or says what they say."""
        for former in record.moved_from:
            for place in _places(record, moved(former)):
                insort(self._moves[former], (place, move_of(record, former)))
        for original in record.translation_of:
            for place in _places(record, translated(original)):
                insort(self._translators[original], (place, record.id))
        if own := translation_of(record):
            self._translations[record.id] = own

    def archive(self) -> Archive:
        """All signatures, for the related boxes."""
        return Archive({id_: about.signature for id_, about in self.fingerprints.items()})

    def related(self, upload_id: str, archive: Archive) -> tuple[Entry, ...]:
        """The related box of a live article."""
        about = self.fingerprints[upload_id]
        wanted = [*about.pin, *archive.shortlist(upload_id, about.signature).ids]
        candidates = (self.fingerprints[id_] for id_ in wanted if id_ in self.fingerprints)
        return self.entries(each.id for each in rank(about, candidates))

    def entries(self, upload_ids: Iterable[str]) -> tuple[Entry, ...]:
        """Live articles as lists and boxes show them."""
        return tuple(self._entries[id_] for id_ in upload_ids)

    def new_path(self, upload_id: str) -> str:
        """Where the addresses of an upload that is not live lead now; empty where nothing has taken its place."""
        return new_path(upload_id, lambda former: (move for _, move in self._moves.get(former, ())))

    def versions(self, upload_id: str) -> tuple[Translation, ...]:
        """A live article in all its languages; none when there is but one."""
        if upload_id not in self._translations:
            return ()
        return versions_in(family([upload_id], self._translations.get, self._translators_of))

    def _translators_of(self, upload_id: str) -> Iterator[Translation]:
        said = (self._translations.get(id_) for _, id_ in self._translators.get(upload_id, ()))
        return (each for each in said if each and each.of == upload_id)

    def pages(self, house: House) -> Iterator[Page]:
        """The pages of every list's group, group by group."""
        for name in self.list_groups():
            yield from self.group_pages(name, house)

    def list_groups(self) -> Iterable[str]:
        """The groups made from lists, sorted."""
        return sorted(name for name in self._groups if Group.parse(name).kind not in _PAGED_BY_RECORD)

    def group_pages(self, name: str, house: House) -> tuple[Page, ...]:
        """The pages of one list's group."""
        group = Group.parse(name)
        entries = {need: self._entries_of(need) for need in needs(group, self._settings, self._as_of)}
        pinned = self._pins.entries(self._entries, self._as_of) if group.kind == FRONT else ()
        return list_pages(group, entries, self._months(group), house, pinned)

    def _entries_of(self, need: Need) -> tuple[Entry, ...]:
        listed = self._lists.get((need.kind, need.value), [])
        listed.sort()  # costs next to nothing where it is sorted already
        entries = enumerate(self._entries[id_] for _, id_ in listed)
        return tuple(entry for _, entry in takewhile(lambda each: need.takes(each[0], each[1].published_at), entries))

    def _months(self, group: Group) -> tuple[str, ...]:
        if month := own_month(group):
            return (
                (month,) if any(need.value in self._values[need.kind] for need in needs(group, self._settings)) else ()
            )
        listed = months_listed(group)
        if listed is None:
            return ()
        values, prefix = self._values[listed.kind], listed.prefix
        return tuple(sorted(value.removeprefix(prefix) for value in values if value.startswith(prefix)))


def _places(record: Record, listed: tuple[str, str]) -> list[str]:
    """The markers that a record has in a list."""
    return [claim.marker(record.id) for claim in record.ever if claim[:2] == listed]
