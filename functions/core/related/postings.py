"""Postings: which articles hold a term, how much of each it is, and the sums of that over many terms.

A term that many articles hold is one long whole number, 32 bits an article: one multiplication weighs all of them, one
addition adds all of them up, and no sum is so great that it runs into the next one.
"""

import sys
from array import array
from collections import defaultdict
from collections.abc import Mapping

_BITS = 32
_MANY, _PART = 256, 20  # articles, and one in so many: few terms are held by more, and most of the work is theirs
_REMEMBERED = 128  # long numbers, which take more room than tables: 50 MB for 100,000 articles


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
        sums = array("I", long.to_bytes(self._end * _BITS // 8, sys.byteorder))
        for share, table in rare:
            for number, other in table.items():
                sums[number] += share * other
        return sums

    def _long_of(self, term: str, table: Mapping[int, int]) -> int:
        if term not in self._long:
            if len(self._long) >= _REMEMBERED:
                self._long.clear()
            parts = array("I", bytes(self._end * _BITS // 8))
            for number, share in table.items():
                parts[number] = share
            self._long[term] = int.from_bytes(parts.tobytes(), sys.byteorder)
        return self._long[term]


_NONE: Mapping[int, int] = {}
