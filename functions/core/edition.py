"""An edition: the whole site as a function of all records. What `build`, `rebuild` and `verify` hold the press to."""

from bisect import insort
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import takewhile

from functions.core import keys
from functions.core.claims import BAND, moved, translated
from functions.core.entry import Entry
from functions.core.groups import (
    FRONT,
    STATIC,
    Group,
    Need,
    groups_of_claims,
    months_listed,
    needs,
    own_month,
    standing_groups,
)
from functions.core.moves import Move, move_of, new_path
from functions.core.page import Page
from functions.core.pins import Pins
from functions.core.record import Record
from functions.core.settings import Settings
from functions.core.site.composition import list_pages
from functions.core.site.house import House
from functions.core.spelling import is_same, one_name
from functions.core.translations import Translation, family, versions_in

_BY_MONTH = frozenset({"cat", "month"})  # kinds of lists whose months pages link to


class Edition:
    """Every list of the site, from every record. What it keeps of one is small: there may be very many."""

    def __init__(self, settings: Settings, as_of: datetime, pins: Pins) -> None:
        self._settings, self._as_of, self._pins = settings, as_of, pins
        self._lists: defaultdict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
        self._entries: dict[str, Entry] = {}
        self._values: defaultdict[str, set[str]] = defaultdict(set)
        self._moves: defaultdict[str, list[tuple[str, Move]]] = defaultdict(list)
        self._translators: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
        self._translation_of: dict[str, str] = {}
        self._groups = {*standing_groups(settings)} - {STATIC}

    def add(self, record: Record) -> Entry | None:
        """Take in a record; each id once, in any order. Its entry, if it is live."""
        ever = record.ever
        self._groups.update(groups_of_claims((*ever, *record.left_behind)))
        for claim in ever:
            if claim.kind in _BY_MONTH:
                self._values[claim.kind].add(claim.value)
        self._add_links(record)
        entry = record.entry()
        if entry is None:
            return None
        self._entries[record.id] = entry
        place = (keys.inverted(entry.published_at), record.id)  # the end of its markers: lists are in LIST's order
        for claim in record.claims:
            if claim.kind != BAND:
                self._lists[claim.kind, claim.value].append(place)
        return entry

    def _add_links(self, record: Record) -> None:
        """What it says of other uploads: that it has become what they were, or says what they say."""
        for former in record.moved_from:
            for place in _places(record, moved(former)):
                insort(self._moves[one_name(former)], (place, move_of(record, former)))
        for original in record.translation_of:
            for place in _places(record, translated(original)):
                insort(self._translators[one_name(original)], (place, record.id))
        if record.article and record.article.translation_of:
            self._translation_of[record.id] = record.article.translation_of

    def entries(self, upload_ids: Iterable[str]) -> tuple[Entry, ...]:
        """Live articles as lists and boxes show them."""
        return tuple(self._entries[id_] for id_ in upload_ids)

    def new_path(self, upload_id: str) -> str:
        """Where the addresses of an upload that is not live lead now; empty where nothing has taken its place."""
        return new_path(upload_id, lambda former: (move for _, move in self._moves.get(one_name(former), ())))

    def versions(self, upload_id: str) -> tuple[Translation, ...]:
        """A live article in all its languages; none when there is but one."""
        if upload_id not in self._translation_of and one_name(upload_id) not in self._translators:
            return ()
        return versions_in(family([upload_id], self._translation, self._translators_of))

    def _translation(self, upload_id: str) -> Translation | None:
        entry = self._entries.get(upload_id)
        return Translation(entry.id, entry.lang, entry.path, self._translation_of.get(upload_id)) if entry else None

    def _translators_of(self, upload_id: str) -> Iterator[Translation]:
        said = (self._translation(id_) for _, id_ in self._translators.get(one_name(upload_id), ()))
        return (each for each in said if each and is_same(each.of, upload_id))

    def pages(self, house: House) -> Iterator[Page]:
        """The pages of every list's group, group by group."""
        for name in self.list_groups():
            yield from self.group_pages(name, house)

    def list_groups(self) -> Iterable[str]:
        """The groups made from lists, sorted."""
        return sorted(self._groups)

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
            known = any(need.value in self._values[need.kind] for need in needs(group, self._settings))
            return (month,) if known else ()
        listed = months_listed(group)
        if listed is None:
            return ()
        values, prefix = self._values[listed.kind], listed.prefix
        return tuple(sorted(value.removeprefix(prefix) for value in values if value.startswith(prefix)))


def _places(record: Record, listed: tuple[str, str]) -> list[str]:
    """The markers that a record has in a list."""
    return [claim.marker(record.id) for claim in record.ever if claim[:2] == listed]
