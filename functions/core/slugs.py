"""Slugs: the one spelling of a title, a tag or a name in paths and group values."""

import re
import unicodedata
from functools import lru_cache
from itertools import takewhile

MAX_LENGTH = 80
MAX_LENGTH_ON_DISK = 60  # of letters that take four bytes: a folder's name has at most 255, our six letters included
# NFKD takes accents off; these letters are no letter plus accent.
_LETTERS = str.maketrans(
    {
        "œ": "oe",
        "æ": "ae",
        "ß": "ss",
        "ø": "o",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "ł": "l",
        "ħ": "h",
        "\u0131": "i",
        "ŋ": "n",
    }
    | {"ŧ": "t", "ƒ": "f", "ə": "e", "ɛ": "e", "ɔ": "o"}
    | {digit: str(value) for value, digit in enumerate("٠١٢٣٤٥٦٧٨٩")}
)
# Accents are taken off letters and signs, but й, ё and ї are letters of their own.
_ACCENTS = re.compile(r"(?<![\u0400-\u052f])[\u0300-\u036f]+")
# Accents of no letter, tashkeel, tatweel, and what no reader sees: fillers, soft hyphens, joiners, direction marks.
_MARKS = re.compile(
    r"[\u0300-\u036f\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed\u00ad\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    r"\u1ab0-\u1aff\u1dc0-\u1dff\u200b-\u200f\u2060\u20d0-\u20ff\u3164\ufe00-\ufe0f\ufe20-\ufe2f\ufeff\U000e0100-\U000e01ef]+"
)
_BARRIER = re.compile(r"[\W_]+")


@lru_cache(maxsize=4096)
def slug(text: str) -> str:
    """Lower-case letters of any script (Latin and Greek without accents) and digits, hyphens between; or "".

    At most 80 characters, cut between words where there is a hyphen to cut at. A slug is its own slug.
    """
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold()).casefold()
    plain = _ACCENTS.sub("", unicodedata.normalize("NFKD", folded).translate(_LETTERS))
    plain = _MARKS.sub("", unicodedata.normalize("NFC", plain))
    return _cut(_BARRIER.sub("-" if plain.isascii() else _barrier, plain).strip("-"))


def _barrier(match: re.Match[str]) -> str:
    """A hyphen; the vowels of Indic and Thai letters, marks to Unicode, stay with the letter before them."""
    vowels = "".join(takewhile(_is_mark, match[0])) if match.start() else ""
    return vowels if vowels == match[0] else f"{vowels}-"


def _is_mark(letter: str) -> bool:
    return unicodedata.category(letter) in {"Mn", "Mc"}


def _cut(words: str) -> str:
    most = MAX_LENGTH if max(words, default="") <= "\uffff" else MAX_LENGTH_ON_DISK
    if len(words) <= most:
        return words
    head, hyphen, _ = words[: most + 1].rpartition("-")
    return head if hyphen else words[:most]
