"""Sums by article number, of 16 bits each. All of them together are one long whole number.

So one multiplication weighs all of them, and one addition adds others to them all. No sum reaches the highest of its
bits, which is there to tell who has reached a bound.
"""

import re
from array import array
from collections import deque
from collections.abc import Iterable
from functools import lru_cache

_BITS, _BYTES = 16, 2
_HIGHEST, _ALL = 1 << _BITS - 1, (1 << _BITS) - 1
_MARK = re.compile(b"\x80")  # the highest bit alone, in the upper byte of two


def unpacked(long: int, size: int) -> "array[int]":
    """So many sums, from their long number."""
    return array("H", long.to_bytes(size * _BYTES, "little"))


def long_number(size: int, numbers: Iterable[int], shares: Iterable[int]) -> int:
    """So many sums as one number: what each of the numbered ones has; 0 for all others."""
    sums = unpacked(0, size)
    deque(map(sums.__setitem__, numbers, shares), maxlen=0)
    return _packed(sums)


def plus(long: int, number: int, share: int) -> int:
    """Sums where that of one article, which was 0, is its share."""
    return long + (share << number * _BITS) if share else long


def lacking(long: int, number: int) -> int:
    """Sums where that of one article is 0."""
    below = number * _BITS
    return long - ((long >> below & _ALL) << below)


def reaching(sums: "array[int]", bound: "int | array[int]") -> list[int]:
    """The numbers whose sum is as great as a bound, or each as its own."""
    highest = _each(len(sums), _HIGHEST)
    least = _packed(bound) if isinstance(bound, array) else bound * _each(len(sums), 1)
    reached = _packed(sums) + highest - least & highest
    return [mark.start() // _BYTES for mark in _MARK.finditer(reached.to_bytes(len(sums) * _BYTES, "little"))]


@lru_cache(maxsize=128)  # two for each document of the archive, while the size of some changes
def _each(size: int, number: int) -> int:
    """So many sums that are all the same."""
    return number * int.from_bytes(b"\x01\x00" * size, "little")


def _packed(sums: "array[int]") -> int:
    return int.from_bytes(sums.tobytes(), "little")
