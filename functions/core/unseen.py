"""Signs that nobody sees: taken out of what is read, spelled out in what is told.

What is pasted from the web or a word processor holds soft hyphens, spaces without width, joiners of lines. They would
part words for search, and a date or a field's name from what it is.
"""

import re

UNSEEN = "\u00ad\u200b\u2060\ufeff"
DIRECTIONS = "\u061c\u200e\u200f"  # marks of direction: of use between words, of none at the ends of a text
CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff]")  # which no text has
_MAX_VALUE = 120
# What a reader of a receipt would not see, or would see turned round (bidirectional controls).
_INVISIBLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff]")


def without_unseen(text: str) -> str:
    """The text without the signs that nobody sees."""
    if text.isprintable():  # which none of them is
        return text
    for sign in UNSEEN:  # a pattern would look at every letter
        text = text.replace(sign, "")
    return text


def without_controls(text: str) -> str:
    """The text without the characters that no text has."""
    return CONTROLS.sub("", text)


def visible(text: str | None) -> str | None:
    """A text as a receipt may show it: at most 120 characters, control characters spelled out."""
    if text is None:
        return None
    shown = spelled_out(text[: _MAX_VALUE + 1])
    return shown if len(shown) <= _MAX_VALUE else f"{shown[: _MAX_VALUE - 1]}…"


def spelled_out(text: str) -> str:
    """A text that stays on its line: its control characters spelled out."""
    return _INVISIBLE.sub(lambda match: f"\\u{ord(match[0]):04x}", text)
