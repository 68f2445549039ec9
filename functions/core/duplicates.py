"""Duplicates: an article whose text is almost that of another one, which has stood longer, is not published.

Whoever would be live by itself offers its text. What others offer is all that counts, not what becomes of them: so each
record follows from its own versions and others' offers, there is no chain and no circle, and the order of events is
nobody's concern. The elder stays; once it is gone, or says something else, the younger is published.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from pydantic import AwareDatetime

from functions.core.claims import BAND
from functions.core.reading import Reading
from functions.core.record import Record
from functions.core.sketches import are_alike

Elders = Mapping[str, tuple[str, ...]]
"""By version of an upload, the ids whose text it repeats, the eldest first; only versions that repeat one."""
Compare = Callable[[str, Sequence[Reading]], Elders]


class Offer(NamedTuple):
    """The text with which an upload would be live by itself, and since when it has stood without interruption."""

    id: str
    since: AwareDatetime
    reading: Reading


def offer_of(record: Record) -> Offer | None:
    """What an upload offers; None unless it would be live and its text is to be compared."""
    found = [place for place, reading in enumerate(record.history) if reading.ver == record.offered]
    if not found or not record.history[found[0]].sketch:
        return None
    return Offer(record.id, _since(record.history[found[0] :]), record.history[found[0]])


def elders_of(upload_id: str, history: Sequence[Reading], offers: Iterable[Offer]) -> Elders:
    """The versions (of those that readers may have seen) that repeat what others offer, with these others' ids."""
    others = sorted((offer for offer in offers if offer.id != upload_id), key=_age)
    found: dict[str, tuple[str, ...]] = {}
    for place, reading in enumerate(history):
        if others and reading.exposed and reading.sketch:
            own = Offer(upload_id, _since(history[place:]), reading)
            if elders := tuple(other.id for other in others if _repeats(own, other)):
                found[reading.ver] = elders
    return found


def filed(elders: Elders) -> Elders:
    """The elders as a record has them: whoever of them grows younger, and stays an elder, concerns nobody's record."""
    return {ver: tuple(sorted(ids)) for ver, ids in elders.items()}


def bands_in(readings: Iterable[Reading]) -> tuple[str, ...]:
    """The bands in which the readings that may have been seen are filed, sorted."""
    return tuple(sorted({band for reading in readings if reading.exposed for band in _bands(reading)}))


class Comparison:
    """All offers of a newsroom, by band."""

    def __init__(self, records: Iterable[Record]) -> None:
        self._offers: defaultdict[str, list[Offer]] = defaultdict(list)
        for record in records:
            if offer := offer_of(record):
                for band in _bands(offer.reading):
                    self._offers[band].append(offer)

    def elders_of(self, upload_id: str, history: Sequence[Reading]) -> Elders:
        """As the function of that name, among all."""
        near = {offer.id: offer for band in bands_in(history) for offer in self._offers.get(band, ())}
        return elders_of(upload_id, history, near.values())


def _repeats(own: Offer, other: Offer) -> bool:
    if other.id == own.reading.moved_from or _age(other) > _age(own):
        return False
    return bool(_bands(own.reading) & _bands(other.reading)) and are_alike(own.reading.sketch, other.reading.sketch)


def _age(offer: Offer) -> tuple[AwareDatetime, str]:
    return offer.since, offer.id


def _bands(reading: Reading) -> frozenset[str]:
    return frozenset(claim.value for claim in reading.claims if claim.kind == BAND)


def _since(history: Sequence[Reading]) -> AwareDatetime:
    """Since when the first of the readings, newest first, has had its text in public, over its older likenesses."""
    newest = history[0]
    since = _begun(newest)
    for newer, reading in pairwise(history):
        if newer.kind == "accepted" and _begun(newer) > newer.at:
            break  # it was off the site until its hour
        if reading.kind == "refused":
            continue
        if reading.kind != "accepted" or not reading.exposed or not are_alike(newest.sketch, reading.sketch):
            break
        since = _begun(reading)
    return since


def _begun(reading: Reading) -> AwareDatetime:
    return max(reading.at, reading.visible_from) if reading.visible_from else reading.at
