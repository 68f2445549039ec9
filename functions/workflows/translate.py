"""Translate: the versions of an article in other languages, and the pages on which it stands as one of them."""

from collections.abc import Iterable, Iterator

from functions.core import keys
from functions.core.claims import translated
from functions.core.record import Record
from functions.core.spelling import is_same, spellings
from functions.core.translations import MOST, Family, Translation, family, translation_of, versions_in
from functions.workflows.ports import Press
from functions.workflows.records import records_of


def versions_of(press: Press, record: Record) -> tuple[Translation, ...]:
    """A live article in all its languages; none when there is but one."""
    return versions_in(_family(press, record, [record.id], MOST)) if record.article else ()


def relatives_of(press: Press, record: Record) -> Iterable[str]:
    """The ids of all uploads whose pages may name this one as their text in another language.

    To be read once the record and its markers are written: of two links that are made at one moment, whoever looks
    later sees both.
    """
    return _family(
        press, record, [record.id, *(id_ for original in record.translation_of for id_ in spellings(original))], None
    )


def _family(press: Press, record: Record, ids: Iterable[str], most: int | None) -> Family:
    known = {record.id: translation_of(record)}

    def learn(asked: Iterable[str]) -> None:
        records = records_of(press.state, (id_ for id_ in asked if id_ not in known))
        known.update((each.id, translation_of(each)) for each in records)

    def of_id(upload_id: str) -> Translation | None:
        learn([upload_id])
        return known.get(upload_id)

    def translators(upload_id: str) -> Iterator[Translation]:
        said = [keys.id_of_marker(marker.key) for marker in press.state.list(keys.markers(*translated(upload_id)))]
        learn(said)
        found = (known.get(id_) for id_ in said)
        return (each for each in found if each and is_same(each.of, upload_id))

    return family(ids, of_id, translators, most)
