"""Sketches: what tells of two texts, without either, whether they are almost the same. Pure; a text's own affair.

A sketch holds the smallest hashes of a text's runs of words. Texts that share most of their runs share most of these.
Those whose sketches are compared share one of the two smallest hashes of longer runs, under which texts are filed
(their `bands`).
"""

import re
from zlib import crc32

from functions.core.plain_text import plain_text

_RUN, _LONG_RUN = 3, 5
_LEAST = 60  # words: shorter notices may well be alike
_SIZE = 48
_DIGITS = 8
_BANDS = 2
_ALIKE = 0.85
_WORD = re.compile(r"\w+")


def sketch_of(html: str) -> str:
    """The sketch of an article's body, as hexadecimal digits; empty for a text too short to be called a copy."""
    return "".join(_smallest(html, _RUN, _SIZE))


def bands_of(html: str) -> tuple[str, ...]:
    """What an article's body is filed under, by longer runs: many texts share one of three words, few one of five."""
    return _smallest(html, _LONG_RUN, _BANDS)


def are_alike(one: str, other: str) -> bool:
    """Whether two sketches are of texts that are almost the same."""
    mine, theirs = set(_hashes(one)), set(_hashes(other))
    smallest = sorted(mine | theirs)[:_SIZE]
    return bool(smallest) and len(mine & theirs & set(smallest)) >= _ALIKE * len(smallest)


def _hashes(sketch: str) -> tuple[str, ...]:
    return tuple(sketch[start : start + _DIGITS] for start in range(0, len(sketch), _DIGITS))


def _smallest(html: str, length: int, most: int) -> tuple[str, ...]:
    """The smallest hashes of a text's runs of words."""
    words = _WORD.findall(plain_text(html).casefold())
    if len(words) < _LEAST:
        return ()
    runs = {" ".join(words[start : start + length]).encode() for start in range(len(words) - length + 1)}
    return tuple(f"{number:0{_DIGITS}x}" for number in sorted(set(map(crc32, runs)))[:most])
