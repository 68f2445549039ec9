"""Postings: which articles hold a term, how much of each it is, and the sums of that over many terms.

A term that many articles hold is one long whole number, 32 bits an article: one multiplication weighs all of them, one
addition adds all of them up, and no sum is so great that it runs into the next one.
"""

import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping

_BITS = 32
_MANY, _PART = 256, 25  # articles, and one in so many: from then on the long number takes no more room than a table
_REMEMBERED = 256  # long numbers


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

    def sums(self, shares: Mapping[str, int], least: int) -> Iterator[tuple[int, int]]:
        """The articles whose shares, times these and summed over the terms, are at least so much; with the sum."""
        sums: defaultdict[int, int] = defaultdict(int)
        long = 0
        for term, share in shares.items():
            table = self._tables.get(term, _NONE)
            if len(table) >= _MANY and len(table) * _PART >= self._end:
                long += share * self._long_of(term, table)
            else:
                for number, other in table.items():
                    sums[number] += share * other
        if not long:
            return ((number, each) for number, each in sums.items() if each >= least)
        return _above(least, sums, _parts(long, self._end))

    def _long_of(self, term: str, table: Mapping[int, int]) -> int:
        if term not in self._long:
            if len(self._long) >= _REMEMBERED:
                self._long.clear()
            parts = memoryview(bytearray(self._end * _BITS // 8)).cast("I")
            for number, share in table.items():
                parts[number] = share
            self._long[term] = int.from_bytes(parts.cast("B"), sys.byteorder)
        return self._long[term]


_NONE: Mapping[int, int] = {}


def _parts(long: int, end: int) -> "memoryview[int]":
    return memoryview(long.to_bytes(end * _BITS // 8, sys.byteorder)).cast("I")


def _above(least: int, sums: Mapping[int, int], parts: "memoryview[int]") -> Iterator[tuple[int, int]]:
    for number, each in sums.items():
        if each + parts[number] >= least:
            yield number, each + parts[number]
    for number, each in enumerate(parts):
        if each >= least and number not in sums:
            yield number, each
