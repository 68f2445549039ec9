"""Sketches: what tells of two texts, without either, whether they are almost the same. Pure; a text's own affair.

A sketch holds the smallest hashes of a text's runs of words. Texts that share most of their runs share most of these;
and nearly always one of the two smallest, under which they are filed (their `bands`).
"""

import re
from html import unescape
from zlib import crc32

_RUN = 3
_LEAST = 60  # words: shorter notices may well be alike
_SIZE = 48
_DIGITS = 8
_BANDS = 2
_ALIKE = 0.85
_TAG = re.compile(r"<[^>]*>")
_WORD = re.compile(r"\w+")


def sketch_of(html: str) -> str:
    """The sketch of an article's body, as hexadecimal digits; empty for a text too short to be called a copy."""
    words = _WORD.findall(unescape(_TAG.sub(" ", html)).casefold())
    if len(words) < _LEAST:
        return ""
    runs = {" ".join(words[start : start + _RUN]).encode() for start in range(len(words) - _RUN + 1)}
    return "".join(f"{number:0{_DIGITS}x}" for number in sorted(set(map(crc32, runs)))[:_SIZE])


def bands_of(sketch: str) -> tuple[str, ...]:
    """What a sketch is filed under."""
    return _hashes(sketch)[:_BANDS]


def are_alike(one: str, other: str) -> bool:
    """Whether two sketches are of texts that are almost the same."""
    mine, theirs = set(_hashes(one)), set(_hashes(other))
    smallest = sorted(mine | theirs)[:_SIZE]
    return bool(smallest) and len(mine & theirs & set(smallest)) >= _ALIKE * len(smallest)


def _hashes(sketch: str) -> tuple[str, ...]:
    return tuple(sketch[start : start + _DIGITS] for start in range(0, len(sketch), _DIGITS))
