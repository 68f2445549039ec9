"""Slugs: the one spelling of a title, a tag or a name in paths and group values."""

import re
import unicodedata
from functools import lru_cache

MAX_LENGTH = 80
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
_BARRIER = re.compile(r"[^a-z0-9\u0621-\u064a\u0671-\u06d3]+")
# Accents, tashkeel, tatweel, and what no reader sees: soft hyphens, joiners, direction marks.
_MARKS = re.compile(
    r"[\u0300-\u036f\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed\u00ad\u200b-\u200f\u2060\ufeff]+"
)
# NFKD also takes these apart; in Arabic the composed letter is another letter, so they are put together again.
_ARABIC = {"ا\u0653": "آ", "ا\u0654": "أ", "و\u0654": "ؤ", "ا\u0655": "إ", "ي\u0654": "ئ"}
_COMPOSED = re.compile("|".join(_ARABIC))


@lru_cache(maxsize=4096)
def slug(text: str) -> str:
    """Lower-case Latin letters without accents, digits and Arabic letters, hyphens between; "" when nothing is left.

    At most 80 characters, cut between words where there is a hyphen to cut at. A slug is its own slug.
    """
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold()).translate(_LETTERS)
    plain = _COMPOSED.sub(lambda match: _ARABIC[match[0]], plain)
    return _cut(_BARRIER.sub("-", _MARKS.sub("", plain)).strip("-"))


def _cut(words: str) -> str:
    if len(words) <= MAX_LENGTH:
        return words
    head, hyphen, _ = words[: MAX_LENGTH + 1].rpartition("-")
    return head if hyphen else words[:MAX_LENGTH]
