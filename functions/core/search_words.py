"""Words as search compares them: folded and cut to a light stem. `words` in templates/assets/site.js does the same.

tests/site/test_search_words.py holds both to one table. A word typed and a word written meet in their stem.
"""

import re
import unicodedata

_LETTERS = str.maketrans(
    {"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "đ": "d", "ł": "l", "\u0131": "i", "ـ": "", "ى": "ي", "ة": "ه"}
)
_MARKS = re.compile("[\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670]")
_WORD = re.compile(r"[^\W_]+")
_ARTICLE = re.compile("^(?:[وبفك]?ال|لل)(?=...)")
# One after the other: régionaux, prix, énergies; a word of four letters is left alone.
_ENDINGS = (
    (re.compile("^(..+[^e])aux$"), r"\1al"),
    (re.compile("^(....+)[sx]$"), r"\1"),
    (re.compile("^(....+)e$"), r"\1"),
    (re.compile("^(...+)y$"), r"\1i"),
)


def fold(text: str) -> str:
    """The text in small letters without accents, ligatures or vowel signs."""
    return _MARKS.sub("", unicodedata.normalize("NFKD", text.lower())).translate(_LETTERS)


def stem(word: str) -> str:
    """A folded word without what number and gender change: `nationaux` and `nationale` become `national`."""
    word = _ARTICLE.sub("", word)
    for ending, left in _ENDINGS:
        word = ending.sub(left, word)
    return word


def stems(text: str) -> list[str]:
    """The stems of a text's words, in their order; what an apostrophe cuts off is one letter, hence none."""
    return [stem(word) for word in _WORD.findall(fold(text)) if len(word) > 1]
