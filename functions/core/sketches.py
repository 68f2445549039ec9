"""Sketches: what tells of two texts, without either, whether they are almost the same. Pure; a text's own affair.

Words have a luck, the same everywhere: their CRC-32, of which the least is best; a long word is luckier than any short
one. A sketch holds the runs of words that the luckiest words of a text start where they first stand in it. Texts that
share most of their runs share most of these. Those whose sketches are compared share a longer run of one of their two
luckiest words, under which texts are filed (their `bands`).
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from struct import pack
from zlib import crc32

from functions.core.html.plain_text import words_of

_RUN, _LONG_RUN = 3, 5
_LEAST = 60  # words: shorter notices may well be alike
_SIZE = 48
_LONG = 8  # letters: every fifth word, hence enough of them in most texts, and a fifth of the work
_DIGITS = 8
_BANDS = 2
_ALIKE = 0.85


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
    words = words_of(html)
    return _hashes_of([" ".join(words[start : start + length]) for start in _starts(words)[:most]])


@lru_cache(maxsize=2)
def _starts(words: Sequence[str]) -> list[int]:
    """Where the luckiest words first stand, the luckiest first."""
    if len(words) < _LEAST:
        return []
    backwards = range(len(words) - 1, -1, -1)
    long = {word: place for place, word in zip(backwards, reversed(words), strict=True) if len(word) >= _LONG}
    starts = _by_luck(long)
    if len(starts) < _SIZE:
        every = dict(zip(reversed(words), backwards, strict=True))
        starts += _by_luck({word: every[word] for word in every.keys() - long.keys()})
    return starts[:_SIZE]


def _by_luck(places: Mapping[str, int]) -> list[int]:
    return [place for _, place in sorted(zip(_hashes_of(places), places.values(), strict=True))]


def _hashes_of(texts: Iterable[str]) -> list[int]:
    return list(map(crc32, map(str.encode, texts)))
