"""Postings: which articles hold a term, how much of each it is, and the sums of that over many terms.

A term that many articles hold is one long whole number, 16 bits an article: one multiplication weighs all of them, one
addition adds all of them up. No sum reaches the highest of its bits, which is there to tell who has reached a bound.
"""

import re
from array import array
from collections import defaultdict
from collections.abc import Mapping
from functools import lru_cache

_BITS, _BYTES = 16, 2
_HIGHEST = 1 << _BITS - 1
_MARK = re.compile(b"\x80")  # the highest bit alone, in the upper byte of two
_MANY, _PART = 256, 40  # articles, and one in so many: few terms are held by more, and most of the work is theirs
_REMEMBERED = 256  # long numbers, which take more room than tables: 50 MB for 100,000 articles


class Postings:
    """The articles, each under a small number, by term."""

    def __init__(self) -> None:
        self._tables: defaultdict[str, dict[int, int]] = defaultdict(dict)
        self._long: dict[str, int] = {}
        self._end = 0

    def put(self, number: int, shares: Mapping[str, int]) -> None:
        """Take in the shares that terms have of an article; it must not be there."""
        self._end = max(self._end, number + 1)
        for term, share in shares.items():
            self._tables[term][number] = share
            if term in self._long:
                self._long[term] += share << _BITS * number

    def remove(self, number: int, shares: Mapping[str, int]) -> None:
        """Take out an article that was put in with these shares."""
        for term, share in shares.items():
            table = self._tables[term]
            del table[number]
            if term in self._long:
                self._long[term] -= share << _BITS * number
            if not table:
                del self._tables[term]

    def sums(self, shares: Mapping[str, int]) -> "array[int]":
        """By number: the shares of the article, times these and summed over the terms."""
        rare: list[tuple[int, Mapping[int, int]]] = []
        long = 0
        for term, share in shares.items():
            table = self._tables.get(term, _NONE)
            if len(table) >= _MANY and len(table) * _PART >= self._end:
                long += share * self._long_of(term, table)
            else:
                rare.append((share, table))
        sums = _unpacked(long, self._end)
        for share, table in rare:
            for number, other in table.items():
                sums[number] += share * other
        return sums

    def _long_of(self, term: str, table: Mapping[int, int]) -> int:
        if term not in self._long:
            if len(self._long) >= _REMEMBERED:
                self._long.clear()
            parts = _unpacked(0, self._end)
            for number, share in table.items():
                parts[number] = share
            self._long[term] = _packed(parts)
        return self._long[term]


def reaching(sums: "array[int]", bound: "int | array[int]") -> list[int]:
    """The numbers whose sum is as great as a bound, or each as its own."""
    ones = _ones(len(sums))
    least = _packed(bound) if isinstance(bound, array) else bound * ones
    reached = _packed(sums) + _HIGHEST * ones - least & _HIGHEST * ones
    return [mark.start() // _BYTES for mark in _MARK.finditer(reached.to_bytes(len(sums) * _BYTES, "little"))]


@lru_cache(maxsize=2)
def _ones(size: int) -> int:
    return int.from_bytes(b"\x01\x00" * size, "little")


def _packed(sums: "array[int]") -> int:
    return int.from_bytes(sums.tobytes(), "little")


def _unpacked(long: int, size: int) -> "array[int]":
    return array("H", long.to_bytes(size * _BYTES, "little"))


_NONE: Mapping[int, int] = {}
