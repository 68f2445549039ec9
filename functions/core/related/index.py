"""An inverted index: who finds which terms salient, and how much."""

from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache
from hashlib import blake2b
from itertools import accumulate
from typing import NamedTuple

from functions.core.related.fingerprint import Signature

_FEW = 1 << 16  # numbers below it fit into 16 bits
Asked = tuple[tuple[int, int], ...]
"""What an article asks an index: the keys of its salient terms, each with its share."""


class Index(NamedTuple):
    """Articles under small numbers. An entry is such a number, and the share that a term has of that article.

    Terms stand as 64 bits of a hash, in order; those of one language are no other's. The entries of term t begin where
    those of the term before end, and end at `ends[t]`.
    """

    terms: "array[int]"
    ends: "array[int]"
    numbers: "array[int]"
    shares: bytes

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
            bytes([share for _, share in entries]),
        )

    def entries(self, key: int) -> slice:
        """Where the entries of a term are."""
        place = bisect_left(self.terms, key)
        return slice(self._start(place), self.ends[place] if self._is_at(place, key) else self._start(place))

    def plus(self, number: int, asked: Asked) -> "Index":
        """The same with an article whose number no other one has."""
        former = self._replace(numbers=array(code_of(number + 1), self.numbers)) if number >= _FEW else self
        terms, ends, numbers = array("Q"), array("I"), array(former.numbers.typecode)
        shares = bytearray()
        place = entry = 0
        for more, (key, share) in enumerate(sorted(asked)):
            before, place = place, bisect_left(self.terms, key, place)
            terms += self.terms[before:place]
            ends.extend([end + more for end in self.ends[before:place]])
            is_known = self._is_at(place, key)
            end = self.ends[place] if is_known else self._start(place)
            terms.append(key)
            ends.append(end + more + 1)
            numbers += former.numbers[entry:end]
            numbers.append(number)
            shares += self.shares[entry:end]
            shares.append(share)
            place, entry = place + is_known, end
        terms += self.terms[place:]
        ends.extend([end + len(asked) for end in self.ends[place:]])
        return Index(terms, ends, numbers + former.numbers[entry:], bytes(shares + self.shares[entry:]))

    def minus(self, number: int) -> "Index":
        """The same without an article."""
        gone = list(self._entries_of(number))
        numbers, shares = self.numbers[:], bytearray(self.shares)
        for entry in reversed(gone):
            del numbers[entry], shares[entry]
        ends = [end - bisect_left(gone, end) for end in self.ends]
        kept = [(term, end) for term, start, end in zip(self.terms, [0, *ends], ends, strict=False) if start < end]
        return Index(
            array("Q", [term for term, _ in kept]), array("I", [end for _, end in kept]), numbers, bytes(shares)
        )

    def _entries_of(self, number: int) -> Iterator[int]:
        """Where the entries of an article are: looked for among all, since few articles leave or change."""
        entry = -1
        for _ in range(self.numbers.count(number)):
            entry = self.numbers.index(number, entry + 1)
            yield entry

    def _start(self, place: int) -> int:
        return self.ends[place - 1] if place else 0

    def _is_at(self, place: int, key: int) -> bool:
        return place < len(self.terms) and self.terms[place] == key


NO_ENTRIES = Index(array("Q"), array("I"), array("H"), b"")


def code_of(size: int) -> str:
    """The type of article numbers where there are so many, as `array` calls it."""
    return "H" if size <= _FEW else "I"


def asked_by(signature: Signature) -> Asked:
    """The question that finds who is close to an article."""
    return tuple([(_key(signature.lang, term), share) for term, share in signature.shares.items()])


@lru_cache(maxsize=1 << 16)
def _key(lang: str, term: str) -> int:
    return int.from_bytes(blake2b(f"{lang} {term}".encode(), digest_size=8).digest(), "little")
