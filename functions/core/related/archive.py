"""The archive as the related engine looks through it: who finds which terms salient, in documents of many articles.

Two articles are close where the shares of the terms that both find salient, multiplied and summed, are high. Closeness
is a whole number and depends on the two alone; who is on an article's shortlist depends on the set of articles alone.
"""

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from heapq import nlargest
from typing import NamedTuple

from functions.core import keys
from functions.core.related.fingerprint import Signature
from functions.core.related.index import Asked, asked_by
from functions.core.related.postings import Postings
from functions.core.related.rows import LEAST, Row
from functions.core.related.sums import long_number, reaching, unpacked

_SAMPLED = 8  # the closest of one article in so many are no closer than those of all
PARTITIONS = 16
SHORTLIST = 20
_MANY, _PART = 256, 40  # articles, and one in so many: few terms are held by more, and most of the work is theirs
_KEPT = 4  # answers
_REMEMBERED = 256  # long numbers of a volume, which take more room than entries: 50 MB for 100,000 articles


def document_of(upload_id: str) -> str:
    """Which of the archive's documents holds an article: fixed by its id."""
    return f"{keys.POSTINGS}{int(keys.content_hash(upload_id.encode())[:8], 16) % PARTITIONS:02d}.bin"


class Shortlist(NamedTuple):
    """The closest articles, closest first, and how close the last one is; as far as can be where there is room."""

    ids: list[str]
    edge: int


class Volume:
    """A document in memory, with what has been worked out of it; threads may share it."""

    def __init__(self, postings: Postings) -> None:
        self.postings = postings
        self._long: dict[int, int] = {}
        self._answers: dict[Asked, array[int]] = {}

    def closest(self, asked: Asked, least: int, room: int) -> Iterator[tuple[int, str]]:
        """Those as close as `least`, or the `room` closest and some others: less how close each is, and its id."""
        sums = self._sums(asked)
        some = sums[::_SAMPLED]
        if len(some) >= room:
            least = max(least, nlargest(room, some)[-1])
        return ((-sums[number], self.postings.ids[number]) for number in reaching(sums, least))

    def hosts(self, asked: Asked) -> Iterator[str]:
        """Those to whom the asking one is as close as the last on their shortlist."""
        return map(self.postings.ids.__getitem__, reaching(self._sums(asked), self.postings.edges))

    def _sums(self, asked: Asked) -> "array[int]":
        """How close each article is, by number. Some answers are kept: who publishes asks the same three times."""
        answer = self._answers.get(asked)
        if answer is None:
            answer = self._summed(asked)
            if len(self._answers) >= _KEPT:
                self._answers.clear()
            self._answers[asked] = answer
        return answer

    def _summed(self, asked: Asked) -> "array[int]":
        index, size = self.postings.terms, len(self.postings.ids)
        rare: list[tuple[int, slice]] = []
        long = 0
        for key, share in asked:
            entries = index.entries(key)
            count = entries.stop - entries.start
            if count >= _MANY and count * _PART >= size:
                long += share * self._long_of(key, entries)
            elif count:
                rare.append((share, entries))
        sums = unpacked(long, size)
        for share, entries in rare:
            for number, other in zip(index.numbers[entries], index.shares[entries], strict=True):
                sums[number] += share * other
        return sums

    def _long_of(self, key: int, entries: slice) -> int:
        long = self._long.get(key)
        if long is None:
            index = self.postings.terms
            long = long_number(len(self.postings.ids), index.numbers[entries], index.shares[entries])
            if len(self._long) >= _REMEMBERED:
                self._long.clear()
            self._long[key] = long
        return long


class Archive:
    """All live articles."""

    def __init__(self, volumes: Sequence[Volume]) -> None:
        self._volumes = volumes

    @classmethod
    def of(cls, signatures: Mapping[str, Signature], edges: Mapping[str, int] | None = None) -> "Archive":
        """The archive of these articles; where the shortlists end counts for `hosts_of` alone."""
        rows = {id_: Row("", (edges or {}).get(id_, LEAST)) for id_ in signatures}
        return cls([Volume(Postings.of({id_: (rows[id_], each) for id_, each in signatures.items()}))])

    def shortlist(self, upload_id: str, signature: Signature) -> Shortlist:
        """The articles closest to one: those among which its related box is chosen."""
        asked, without = asked_by(signature), {upload_id, *signature.exclude}
        nearest: list[tuple[int, str]] = []
        edge = LEAST
        for volume in self._volumes:
            found = volume.closest(asked, edge, SHORTLIST + len(without))
            nearest = sorted([*nearest, *(each for each in found if each[1] not in without)])[:SHORTLIST]
            edge = -nearest[-1][0] if len(nearest) == SHORTLIST else LEAST
        return Shortlist([id_ for _, id_ in nearest], edge)

    def hosts_of(self, upload_id: str, signatures: Iterable[Signature]) -> frozenset[str]:
        """The articles on whose shortlist any of these signatures of one article may stand, or which pin it.

        Whoever changes a signature asks this after having stored it. So it suffices that each change tells those whose
        shortlist it enters or leaves: of two changes that meet, the later one sees the other.
        """
        hosts = {id_ for each in map(asked_by, signatures) for volume in self._volumes for id_ in volume.hosts(each)}
        wishes = [wish for volume in self._volumes for wish in volume.postings.wishes.items()]
        hosts.update(id_ for id_, (pin, _) in wishes if upload_id in pin)
        return frozenset(hosts - {upload_id} - {id_ for id_, (_, exclude) in wishes if upload_id in exclude})
