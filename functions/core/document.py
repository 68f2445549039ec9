"""A derived document: the entries of one list, each with the ETag of the marker it was read under."""

from collections.abc import Mapping

from functions.core.entry import Entry
from functions.core.model import Frozen
from functions.core.record import Record


class Item(Frozen):
    """What a marker stands for: an entry, or nothing (`entry` None) when its record no longer claims the place."""

    etag: str
    entry: Entry | None = None


class Document(Frozen):
    """The items of a list by marker key, as of one build. May be thrown away."""

    build: str
    items: Mapping[str, Item] = {}


def items_of(record: Record, etag: str) -> dict[str, Item]:
    """The items of a record, for every place it ever had, under one marker ETag.

    An entry counts only where a live record claims the place.
    """
    item = Item(etag=etag, entry=record.entry())
    blank, claimed = Item(etag=etag), set(record.claims)
    return {claim.marker(record.id): item if claim in claimed else blank for claim in record.ever}
