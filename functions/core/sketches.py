"""Sketches: what tells of two texts, without either, whether they are almost the same. Pure; a text's own affair.

Words have a luck, the same everywhere. A sketch holds the runs of words that the luckiest words of a text start
where they first stand in it. Texts that share most of their runs share most of these. Those whose sketches are compared
share a longer run of one of their two luckiest words, under which texts are filed (their `bands`).
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from zlib import crc32

from functions.core.plain_text import words_of

_RUN, _LONG_RUN = 3, 5
_LEAST = 60  # words: shorter notices may well be alike
_SIZE = 48
_DIGITS = 8
_BANDS = 2
_ALIKE = 0.85
_WORDS_REMEMBERED = 1 << 16


def sketch_of(html: str) -> str:
    """The sketch of an article's body, as hexadecimal digits; empty for a text too short to be called a copy."""
    return "".join(_runs(html, _RUN, _SIZE))


def bands_of(html: str) -> tuple[str, ...]:
    """What an article's body is filed under, by longer runs: many texts share one of three words, few one of five."""
    return tuple(_runs(html, _LONG_RUN, _BANDS))


def are_alike(one: str, other: str) -> bool:
    """Whether two sketches are of texts that are almost the same."""
    mine, theirs = _hashes(one), _hashes(other)
    shared = len(mine & theirs)
    return shared > 0 and shared >= _ALIKE * max(len(mine), len(theirs))


def _hashes(sketch: str) -> set[str]:
    return {sketch[start : start + _DIGITS] for start in range(0, len(sketch), _DIGITS)}


class _Luck(dict[str, int]):
    """The luck of each word, worked out once: the least is best."""

    def __missing__(self, word: str) -> int:
        if len(self) >= _WORDS_REMEMBERED:
            self.clear()
        number = self[word] = crc32(word.encode())
        return number


_LUCK = _Luck()


def _runs(html: str, length: int, most: int) -> Iterator[str]:
    """The hashes of the runs that the luckiest words start."""
    words = words_of(html)
    for start in _luckiest(words)[:most]:
        yield f"{crc32(' '.join(words[start : start + length]).encode()):0{_DIGITS}x}"


@lru_cache(maxsize=2)
def _luckiest(words: Sequence[str]) -> list[int]:
    """Where the luckiest words first stand, the luckiest one first."""
    if len(words) < _LEAST:
        return []
    places = dict(zip(reversed(words), range(len(words) - 1, -1, -1), strict=True))
    return [places[word] for word in sorted(places, key=_LUCK.__getitem__)[:_SIZE]]
