"""Translate: the versions of an article in other languages, and the pages on which it stands as one of them."""

from itertools import islice

from functions.core import keys
from functions.core.claims import translated
from functions.core.record import Record
from functions.core.translations import MOST, Version, family, version_of
from functions.workflows.ports import Press


def family_of(press: Press, record: Record) -> tuple[Version, ...]:
    """The versions of a live article's text, itself included; none when there is no other."""
    own = version_of(record)
    if own is None:
        return ()
    listed = press.state.list(keys.markers(*translated(own.original)), MOST)
    ids = dict.fromkeys([own.original, *(keys.id_of_marker(marker.key) for marker in islice(listed, MOST))])
    asked = [keys.record(id_) for id_ in ids if id_ != record.id]
    stored = press.state.get_many(asked) if asked else {}
    records = (Record.model_validate_json(each.body) for each in stored.values() if each)
    return family(own, map(version_of, records))


def relatives_of(press: Press, record: Record) -> frozenset[str]:
    """The ids of all uploads whose pages may name this one as their text in another language.

    To be read once the record and its markers are written: of two that are made at one moment, whoever looks later
    sees the other.
    """
    originals = (record.id, *record.translation_of)
    listed = (marker for original in originals for marker in press.state.list(keys.markers(*translated(original))))
    return frozenset({*originals, *(keys.id_of_marker(marker.key) for marker in listed)} - {record.id})
