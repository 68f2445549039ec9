"""Sketches: what tells of two texts, without either, whether they are almost the same. Pure; a text's own affair.

Words have a luck, the same everywhere: their CRC-32, of which the least is best. A sketch holds the runs of words that
the luckiest words of a text start where they first stand in it. Texts that share most of their runs share most of
these. Those whose sketches are compared share a longer run of one of their two luckiest words, under which texts are
filed (their `bands`).
"""

from collections.abc import Sequence
from functools import lru_cache
from struct import pack
from zlib import crc32

from functions.core.plain_text import words_of

_RUN, _LONG_RUN = 3, 5
_LEAST = 60  # words: shorter notices may well be alike
_SIZE = 48
_DIGITS = 8
_BANDS = 2
_ALIKE = 0.85
_REMEMBERED = 1 << 16
_BITS = (1 << 32) - 1
_LUCKY = 1 << 30  # every fourth word: among those, a long text has enough
_SPREAD = 0x9E3779B1  # Knuth's multiplicative hashing: a prime near 2**32 over the golden ratio


def sketch_of(html: str) -> str:
    """The sketch of an article's body, as hexadecimal digits; empty for a text too short to be called a copy."""
    hashes = _runs(html, _RUN, _SIZE)
    return pack(f">{len(hashes)}I", *hashes).hex()


def bands_of(html: str) -> tuple[str, ...]:
    """What an article's body is filed under, by longer runs: many texts share one of three words, few one of five."""
    return tuple(f"{number:0{_DIGITS}x}" for number in _runs(html, _LONG_RUN, _BANDS))


def are_alike(one: str, other: str) -> bool:
    """Whether two sketches are of texts that are almost the same."""
    mine, theirs = _hashes(one), _hashes(other)
    shared = len(mine & theirs)
    return shared > 0 and shared >= _ALIKE * max(len(mine), len(theirs))


def _hashes(sketch: str) -> set[str]:
    return {sketch[start : start + _DIGITS] for start in range(0, len(sketch), _DIGITS)}


def _runs(html: str, length: int, most: int) -> list[int]:
    """The hashes, of 32 bits, of the runs that the luckiest words start where they first stand, the luckiest first."""
    lucks, starts = _lucks_and_starts(words_of(html))
    hashes, starts = [lucks[start] for start in starts[:most]], starts[:most]
    for place in range(1, length):
        hashes = [hash_ * _SPREAD + lucks[start + place] & _BITS for hash_, start in zip(hashes, starts, strict=True)]
    return hashes


class _Lucks(dict[str, int]):
    """The luck of each word that was asked for lately."""

    def __missing__(self, word: str) -> int:
        if len(self) >= _REMEMBERED:
            self.clear()
        luck = self[word] = crc32(word.encode())
        return luck


_LUCKS = _Lucks()


@lru_cache(maxsize=2)
def _lucks_and_starts(words: Sequence[str]) -> tuple[list[int], list[int]]:
    """The luck of every word, and where the luckiest ones first stand."""
    if len(words) < _LEAST:
        return [], []
    lucks = list(map(_LUCKS.__getitem__, words))
    lucky = [(luck, place) for place, luck in enumerate(lucks) if luck < _LUCKY]
    places = dict(reversed(lucky))
    if len(places) < _SIZE:
        places = dict(zip(reversed(lucks), range(len(lucks) - 1, -1, -1), strict=True))
    return lucks + [0] * _LONG_RUN, [places[luck] for luck in sorted(places)[:_SIZE]]
