"""Duplicates: whose text an upload repeats, and who has to hear that it has one, has another, or has none any more.

Of two uploads that change at one moment, whoever looks last has written its record and markers before, and so has the
other one: each looks once more when it has written, puts itself right, and sends for the other if that one is wrong.
"""

from collections.abc import Iterable, Sequence

from functions.core import keys
from functions.core.claims import BAND
from functions.core.duplicates import Compare, Elders, bands_in, elders_of, filed, offer_of
from functions.core.errors import WriteConflict
from functions.core.reading import Reading
from functions.core.record import Record
from functions.workflows.ports import Press
from functions.workflows.records import records_of


def comparing(press: Press) -> Compare:
    """The comparison of a text with those that are live now."""

    def compare(upload_id: str, history: Sequence[Reading]) -> Elders:
        others = _others(press, upload_id, bands_in(history))
        return elders_of(upload_id, history, filter(None, map(offer_of, others)))

    return compare


def compare_again(press: Press, record: Record) -> None:
    """Look once more, now that a record is written: whoever is wrong about it is ingested again.

    Raises WriteConflict if the record itself is wrong by now about the others.
    """
    left = {claim.value for claim in record.left_behind if claim.kind == BAND}
    others = _others(press, record.id, {*bands_in(record.history), *left})
    offers = filter(None, map(offer_of, others))
    if record.offered and record.elders != filed(elders_of(record.id, record.history, offers)):
        raise WriteConflict(record.id)
    press.queues.ask_ingests([other.key for other in others if _is_wrong(other, record)])


def _is_wrong(other: Record, record: Record) -> bool:
    offer = offer_of(record) if other.offered else None
    thought = {ver for ver, elders in other.elders.items() if record.id in elders}
    return thought != set(elders_of(other.id, other.history, [offer] if offer else []))


def _others(press: Press, upload_id: str, bands: Iterable[str]) -> list[Record]:
    found = (marker.key for band in sorted(bands) for marker in press.state.list(keys.markers(BAND, band)))
    return records_of(press.state, (id_ for id_ in map(keys.id_of_marker, found) if id_ != upload_id))
