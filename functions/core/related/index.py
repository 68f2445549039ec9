"""An inverted index: who finds which terms salient, and how much."""

from array import array
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from hashlib import blake2b
from itertools import accumulate
from operator import add
from typing import NamedTuple

from functions.core.related.fingerprint import Signature

KEY_BYTES = 5  # of a hash: of half a million terms, no two are likely to have the same
_FEW = 1 << 16  # numbers below it fit into 16 bits
Asked = tuple[tuple[int, int], ...]
"""What an article asks an index: the keys of its salient terms, each with its share."""


class Index(NamedTuple):
    """Articles under small numbers. An entry is such a number, and the share that a term has of that article.

    Terms stand as 40 bits of a hash, in order; those of one language are no other's. The entries of term t begin where
    those of the term before end, and end at `ends[t]`.
    """

    terms: "array[int]"
    ends: "array[int]"
    numbers: "array[int]"
    shares: "array[int]"

    @classmethod
    def of(cls, articles: Sequence[Asked]) -> "Index":
        """The index of articles, by number."""
        held: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
        for number, asked in enumerate(articles):
            for key, share in asked:
                held[key].append((number, share))
        terms = sorted(held)
        entries = [entry for term in terms for entry in held[term]]
        return cls(
            array("Q", terms),
            array("I", accumulate(len(held[term]) for term in terms)),
            array(code_of(len(articles)), [number for number, _ in entries]),
            array("B", [share for _, share in entries]),
        )

    def entries(self, key: int) -> slice:
        """Where the entries of a term are."""
        place = bisect_left(self.terms, key)
        return slice(self._start(place), self.ends[place] if self._has(key, place) else self._start(place))

    def plus(self, number: int, asked: Asked) -> "Index":
        """The same with an article whose number no other one has."""
        asked = tuple(sorted(asked))
        wide = self._with_room_for([key for key, _ in asked])
        places = [bisect_left(wide.terms, key) for key, _ in asked]
        at = [wide.ends[place] for place in places]
        numbers = array(code_of(number + 1), self.numbers) if number >= _FEW else self.numbers
        return wide._replace(
            ends=_moved(wide.ends, places, 1),
            numbers=_spliced(numbers, at, [number] * len(at)),
            shares=_spliced(self.shares, at, [share for _, share in asked]),
        )

    def minus(self, number: int) -> "Index":
        """The same without an article."""
        gone = list(self._entries_of(number))
        places = [bisect_right(self.ends, entry) for entry in gone]
        lonely = [place for place in places if self.ends[place] - self._start(place) == 1]
        return Index(
            terms=_less(self.terms, lonely),
            ends=_less(_moved(self.ends, places, -1), lonely),
            numbers=_less(self.numbers, gone),
            shares=_less(self.shares, gone),
        )

    def _with_room_for(self, keys: Sequence[int]) -> "Index":
        """The same, where each of these terms has its place, though it may have no entries yet."""
        places = {key: bisect_left(self.terms, key) for key in keys}
        new = {key: place for key, place in places.items() if not self._has(key, place)}
        at, ends = list(new.values()), [self._start(place) for place in new.values()]
        return self._replace(terms=_spliced(self.terms, at, list(new)), ends=_spliced(self.ends, at, ends))

    def _entries_of(self, number: int) -> Iterator[int]:
        """Where the entries of an article are: looked for among all, since few articles leave or change."""
        entry = -1
        for _ in range(self.numbers.count(number)):
            entry = self.numbers.index(number, entry + 1)
            yield entry

    def _start(self, place: int) -> int:
        return self.ends[place - 1] if place else 0

    def _has(self, key: int, place: int) -> bool:
        return place < len(self.terms) and self.terms[place] == key


NO_ENTRIES = Index(array("Q"), array("I"), array("H"), array("B"))


def code_of(size: int) -> str:
    """The type of article numbers where there are so many, as `array` calls it."""
    return "H" if size <= _FEW else "I"


def asked_by(signature: Signature) -> Asked:
    """The question that finds who is close to an article."""
    return tuple([(_key(signature.lang, term), share) for term, share in signature.shares.items()])


@lru_cache(maxsize=1 << 16)
def _key(lang: str, term: str) -> int:
    return int.from_bytes(blake2b(f"{lang} {term}".encode(), digest_size=KEY_BYTES).digest(), "little")


def _spliced(numbers: "array[int]", at: Sequence[int], more: Sequence[int]) -> "array[int]":
    """The numbers with more of them: each in front of a place; the places come in order."""
    spliced, before = array(numbers.typecode), 0
    for place, number in zip(at, more, strict=True):
        spliced += numbers[before:place]
        spliced.append(number)
        before = place
    return spliced + numbers[before:]


def _less(numbers: "array[int]", gone: Sequence[int]) -> "array[int]":
    """The numbers without those at some places, which come in order."""
    less = numbers[:]
    for place in reversed(gone):
        del less[place]
    return less


def _moved(ends: "array[int]", places: Iterable[int], by: int) -> "array[int]":
    """The ends where each of these places has an entry more, or less."""
    steps = [0] * len(ends)
    for place in places:
        steps[place] = by
    return array("I", map(add, ends, accumulate(steps)))
