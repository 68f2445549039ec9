"""What can be written on a card, and where its lines end."""

import re
import unicodedata
from collections.abc import Callable

from functions.core.unseen import DIRECTIONS

# What the fonts of templates/cards have; docs/fonts.md says how they were made.
_LATIN = (
    "\x20-\x7e\xa0-\u012b\u012e-\u0131\u0134-\u0165\u0168-\u017f\u0192\u0218-\u021b\u2010\u2012-\u2014\u2018-\u201a"
)
_SIGNS = "\u201c-\u201e\u2020-\u2022\u2026\u202f\u2030\u2032\u2033\u2039\u203a\u20ac\u2122\u2212"
_ARABIC = "\u060c\u061b\u061f\u0621-\u063a\u0640-\u064a\u0660-\u066c\u0671\u0679\u067e\u0686\u0688\u0691\u0698"
_MORE_ARABIC = "\u06a9\u06af\u06be\u06c1\u06cc\u06d2\u06d4"
_UNKNOWN = re.compile(f"[^{_LATIN}{_SIGNS}{_ARABIC}{_MORE_ARABIC}{DIRECTIONS}]")

_STEPS = 128  # of the room: nobody sees whether lines could be evener by less


def drawable(text: str) -> str:
    """The text without what the fonts lack: a letter falls back to its base, an emoji to nothing."""
    if not _UNKNOWN.search(text):
        return text
    words = _UNKNOWN.sub(_nearest, text.replace("\u2011", "-")).split(" ")
    return " ".join(word for word in words if word)


def _nearest(match: re.Match[str]) -> str:
    return _UNKNOWN.sub("", unicodedata.normalize("NFKD", match[0]))


def broken(text: str, room: float, width: Callable[[str], float]) -> list[str]:
    """The text in as few lines as the room (in pixels) allows, and these as even as can be.

    It breaks at ordinary spaces alone, so a French mark never begins a line; but a word wider than the room is cut.
    """
    words = [part for word in text.split(" ") for part in _cut(word, room, width)]
    widths, gap = [width(word) for word in words], width(" ")
    lines = _filled(words, widths, gap, room)
    low, high = max([room * 0.4, *(wide for wide in widths if wide <= room)]), room
    while high - low > room / _STEPS:
        middle = (low + high) / 2
        if len(_filled(words, widths, gap, middle)) == len(lines):
            high = middle
        else:
            low = middle
    return _filled(words, widths, gap, high)


def _cut(word: str, room: float, width: Callable[[str], float]) -> list[str]:
    if width(word) <= room:
        return [word]
    most = max(1, int(len(word) * room * 0.9 / width(word)))
    return [word[place : place + most] for place in range(0, len(word), most)]


def _filled(words: list[str], widths: list[float], gap: float, room: float) -> list[str]:
    lines: list[list[str]] = []
    used = 0.0
    for word, wide in zip(words, widths, strict=True):
        if lines and used + gap + wide <= room:
            lines[-1].append(word)
            used += gap + wide
        else:
            lines.append([word])
            used = wide
    return [" ".join(line) for line in lines]
