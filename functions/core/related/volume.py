"""A volume: a document of the archive in memory, with what has been worked out of it."""

from array import array
from collections.abc import Iterator
from functools import cached_property
from heapq import nlargest
from itertools import count
from typing import NamedTuple

from functions.core.related.fingerprint import Signature
from functions.core.related.index import Asked, asked_by
from functions.core.related.postings import Postings
from functions.core.related.rows import LEAST, Row
from functions.core.related.sums import lacking, long_number, plus, reaching, unpacked

_SAMPLED = 8  # the closest of one article in so many are no closer than those of all
_MANY, _PART = 256, 40  # articles, and one in so many: few terms are held by more, and most of the work is theirs
_KEPT = 4  # answers
_REMEMBERED = 256  # long numbers of a volume, which take more room than entries: 50 MB for 100,000 articles


class _Known(NamedTuple):
    """Long numbers by term, and the sums that answer a question."""

    long: dict[int, int]
    answers: "dict[Asked, array[int]]"


class Volume:
    """A document; threads may share it. What comes of it by a change takes over what still holds."""

    def __init__(self, postings: Postings, known: _Known | None = None) -> None:
        self.postings = postings
        self._known = known or _Known({}, {})

    def row(self, upload_id: str) -> Row | None:
        """The row of an article, if it is here."""
        number = self._numbers.get(upload_id)
        return None if number is None else Row(self.postings.stamps[number], self.postings.edges[number])

    def with_edge(self, upload_id: str, edge: int) -> "Volume":
        """The same, but for where the shortlist of one of its articles ends."""
        return Volume(self.postings.with_edge(upload_id, edge), self._known)

    def without(self, upload_id: str) -> "Volume":
        """The same without an article."""
        number = self._numbers.get(upload_id)
        if number is None:
            return self
        long = {term: lacking(each, number) for term, each in self._known.long.copy().items()}
        return Volume(self.postings.without(upload_id), _Known(long, {}))

    def plus(self, upload_id: str, row: Row, signature: Signature) -> "Volume":
        """The same with an article that it does not have."""
        postings, shares = self.postings.plus(upload_id, row, signature), dict(asked_by(signature))
        number = postings.ids.index(upload_id)
        long = {term: plus(each, number, shares.get(term, 0)) for term, each in self._known.long.copy().items()}
        return Volume(postings, _Known(long, {}))

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return dict(zip(self.postings.ids, count(), strict=False))

    def closest(self, asked: Asked, least: int, room: int) -> Iterator[tuple[int, str]]:
        """Those as close as `least`, or the `room` closest and some others: less how close each is, and its id."""
        sums = self._sums(asked)
        some = sums[::_SAMPLED]
        if least <= LEAST and len(some) >= room:  # what is more has been learnt from other volumes
            least = max(least, nlargest(room, some)[-1])
        return ((-sums[number], self.postings.ids[number]) for number in reaching(sums, least))

    def hosts(self, asked: Asked) -> Iterator[str]:
        """Those to whom the asking one is as close as the last on their shortlist."""
        return map(self.postings.ids.__getitem__, reaching(self._sums(asked), self.postings.edges))

    def _sums(self, asked: Asked) -> "array[int]":
        """How close each article is, by number. Some answers are kept: who publishes asks the same three times."""
        answers = self._known.answers
        answer = answers.get(asked)
        if answer is None:
            answer = self._summed(asked)
            if len(answers) >= _KEPT:
                answers.clear()
            answers[asked] = answer
        return answer

    def _summed(self, asked: Asked) -> "array[int]":
        index, size = self.postings.terms, len(self.postings.ids)
        rare: list[tuple[int, slice]] = []
        long = 0
        for key, share in asked:
            entries = index.entries(key)
            held = entries.stop - entries.start
            if held >= _MANY and held * _PART >= size:
                long += share * self._long_of(key, entries)
            elif held:
                rare.append((share, entries))
        sums = unpacked(long, size)
        for share, entries in rare:
            for number, other in zip(index.numbers[entries], index.shares[entries], strict=True):
                sums[number] += share * other
        return sums

    def _long_of(self, key: int, entries: slice) -> int:
        known = self._known.long
        long = known.get(key)
        if long is None:
            index = self.postings.terms
            long = long_number(len(self.postings.ids), index.numbers[entries], index.shares[entries])
            if len(known) >= _REMEMBERED:
                known.clear()
            known[key] = long
        return long
