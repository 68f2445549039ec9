"""Lists: the live entries of a list, newest first, reading only the records that changed since they were last read."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from itertools import islice
from typing import NamedTuple

from functions.core import keys
from functions.core.build import Build
from functions.core.document import Document, Item, items_of
from functions.core.errors import UnknownForm
from functions.core.groups import Need
from functions.core.objects import Listed
from functions.workflows.ports import Press
from functions.workflows.records import records_of

_PAGE = 1000
_SPARE = 12
_FEW = 4  # as many records are read one by one before it pays to fetch the list's document
_MUCH = 12  # as many items a document may lack before it pays to store it again


class Listing(NamedTuple):
    """A list as read: its live entries' items, and all of its items by marker."""

    live: tuple[Item, ...]
    items: Mapping[str, Item]


def read_list(press: Press, build: Build, need: Need) -> Listing:
    """The newest live items of a list. An item is used again only under the marker ETag that LIST shows now."""
    page_size = min(_PAGE, need.limit + _SPARE) if need.limit else _PAGE
    markers = press.state.list(keys.markers(need.kind, need.value), page_size)
    seen: dict[str, Item] = {}
    live: list[Item] = []
    while _wants_more(need, live) and (page := list(islice(markers, page_size))):
        items = _items(press, build, need, page)
        seen.update(items)
        live.extend(item for item in items.values() if item.entry is not None)
    wanted = (item for place, item in enumerate(live) if item.entry and need.takes(place, item.entry.published_at))
    return Listing(tuple(wanted), seen)


def _wants_more(need: Need, live: Sequence[Item]) -> bool:
    """Whether what comes next, which is no newer than what came last, may be wanted."""
    last = live[-1].entry if live else None
    return last is None or need.takes(len(live), last.published_at)


def keep_document(press: Press, build: Build, need: Need, listing: Listing) -> None:
    """Store the document of a list, once it lacks so much that a cold start would feel it."""
    document = keys.document(need.kind, need.value)
    if press.memory.fall_behind(document, 0) > _MUCH:
        press.state.put(document, Document(build=build.id, items=listing.items).canonical())
        press.memory.caught_up(document)


def _items(press: Press, build: Build, need: Need, page: Sequence[Listed]) -> dict[str, Item]:
    """The items of a page of markers, in their order: remembered, from the list's document, or from the records."""
    found = {marker.key: item for marker in page if (item := press.memory.item(marker.key, marker.etag))}
    if len(page) - len(found) > _FEW:
        known = _stored_items(press, build, need)
        found.update({marker.key: known[marker.key] for marker in page if _holds(known, marker)})
        press.memory.learn_items(found)
    unknown = [marker for marker in page if marker.key not in found]
    if unknown:
        found.update(_read_items(press, unknown))
        press.memory.fall_behind(keys.document(need.kind, need.value), len(unknown))
    return {marker.key: found[marker.key] for marker in page}


def _stored_items(press: Press, build: Build, need: Need) -> Mapping[str, Item]:
    stored = press.state.get(keys.document(need.kind, need.value))
    with suppress(UnknownForm):
        document = Document.read(stored.body) if stored else None
        return document.items if document and document.build == build.id else {}
    return {}


def _holds(items: Mapping[str, Item], marker: Listed) -> bool:
    return marker.key in items and items[marker.key].etag == marker.etag


def _read_items(press: Press, markers: Sequence[Listed]) -> Iterator[tuple[str, Item]]:
    ids = {marker.key: keys.id_of_marker(marker.key) for marker in markers}
    records = {record.id: record for record in records_of(press.state, ids.values())}
    for marker in markers:
        record = records.get(ids[marker.key])
        items = items_of(record, marker.etag) if record else {}
        # One read serves every list: all markers of one ingest carry one nonce, so they have one ETag.
        press.memory.learn_items(items)
        item = items.get(marker.key) or Item(etag=marker.etag)
        press.memory.learn_items({marker.key: item})
        yield marker.key, item
