"""Postings: which articles hold a term, how much of each it is, and the sums of that over many terms.

A term's table has a whole number for each article that holds it, in order: the article's own, and 8 bits for a share.

A term that many articles hold is one long whole number, 16 bits an article: one multiplication weighs all of them, one
addition adds all of them up. No sum reaches the highest of its bits, which is there to tell who has reached a bound.
"""

import re
from array import array
from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache

_BITS, _BYTES = 16, 2
_SHARE, _ENTRY = 8, 4  # bits, bytes
_HIGHEST = 1 << _BITS - 1
_MARK = re.compile(b"\x80")  # the highest bit alone, in the upper byte of two
_MANY, _PART = 256, 40  # articles, and one in so many: few terms are held by more, and most of the work is theirs
_REMEMBERED = 256  # long numbers, which take more room than tables: 50 MB for 100,000 articles


class Postings:
    """The articles of one language, each under a small number, by term."""

    def __init__(self) -> None:
        self._tables: defaultdict[str, array[int]] = defaultdict(lambda: array("I"))
        self._long: dict[str, int] = {}
        self._end = 0

    def put(self, number: int, shares: Mapping[str, int]) -> None:
        """Take in the shares that terms have of an article; it must not be there."""
        add: Callable[[array[int], int], None] = (
            array.append if number >= self._end else insort
        )  # a whole archive comes in order
        self._end = max(self._end, number + 1)
        for term, share in shares.items():
            add(self._tables[term], number << _SHARE | share)
        for term in self._long.keys() & shares.keys():
            self._long[term] += shares[term] << _BITS * number

    def remove(self, number: int, shares: Mapping[str, int]) -> None:
        """Take out an article that was put in with these shares."""
        for term in shares:
            table = self._tables[term]
            del table[bisect_left(table, number << _SHARE)]
            if not table:
                del self._tables[term]
        for term in self._long.keys() & shares.keys():
            self._long[term] -= shares[term] << _BITS * number

    def sums(self, shares: Mapping[str, int], size: int) -> "array[int]":
        """By number, of all below `size`: the shares of the article, times these and summed over the terms."""
        rare: list[tuple[int, array[int]]] = []
        long = 0
        for term, share in shares.items():
            table = self._tables.get(term, _NONE)
            if len(table) >= _MANY and len(table) * _PART >= size:
                long += share * self._long_of(term, table, size)
            elif table:
                rare.append((share, table))
        sums = _unpacked(long, size)
        for share, table in rare:
            for number, other in _entries(table):
                sums[number] += share * other
        return sums

    def _long_of(self, term: str, table: "array[int]", size: int) -> int:
        if term not in self._long:
            if len(self._long) >= _REMEMBERED:
                self._long.clear()
            parts = _unpacked(0, size)
            for number, share in _entries(table):
                parts[number] = share
            self._long[term] = _packed(parts)
        return self._long[term]


def reaching(sums: "array[int]", bound: "int | array[int]") -> list[int]:
    """The numbers whose sum is as great as a bound, or each as its own."""
    ones = _ones(len(sums))
    least = _packed(bound) if isinstance(bound, array) else bound * ones
    reached = _packed(sums) + _HIGHEST * ones - least & _HIGHEST * ones
    return [mark.start() // _BYTES for mark in _MARK.finditer(reached.to_bytes(len(sums) * _BYTES, "little"))]


def _entries(table: "array[int]") -> Iterator[tuple[int, int]]:
    """The articles and shares of a table that has any: of each entry, the lowest byte is the share."""
    numbers = bytearray(table.tobytes())
    shares = numbers[::_ENTRY]
    numbers[::_ENTRY] = bytes(len(shares))
    return zip(array("I", numbers[1:] + b"\0"), shares, strict=True)


@lru_cache(maxsize=2)
def _ones(size: int) -> int:
    return int.from_bytes(b"\x01\x00" * size, "little")


def _packed(sums: "array[int]") -> int:
    return int.from_bytes(sums.tobytes(), "little")


def _unpacked(long: int, size: int) -> "array[int]":
    return array("H", long.to_bytes(size * _BYTES, "little"))


_NONE = array("I")
