"""Words as search compares them: folded and cut to a light stem. `words` in templates/assets/site.js does the same.

tests/site/test_search_words.py holds both to one table. A word typed and a word written meet in their stem.
"""

import re
import unicodedata

_LETTERS = str.maketrans(
    {"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "đ": "d", "ł": "l", "\u0131": "i", "ـ": "", "ى": "ي", "ة": "ه"}
    | {digit: str(value) for value, digit in enumerate("٠١٢٣٤٥٦٧٨٩")}
)
_MARKS = re.compile("[\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670]")
_WORD = re.compile(r"[\u0621-\u06d3]+|[^\W_]+")  # و and ب are written onto the name that follows: وOCP is OCP
_INITIALS = re.compile(r"\b([a-z])\.(?=[a-z]\b)", re.ASCII)
# More than one: "electronic" begins with alef and lam of its own, and is found whether or not the article is there too.
_ARTICLE = re.compile("^(?:(?:[وف]?[بك]?ال|[وف]?لل)(?=...))+")
_PLURAL = re.compile("^([ء-ي]{3,})(?:ات|ه|(?<=.{4})[وي]ن)$")
_FIRST_ARABIC = "\u0600"


def fold(text: str) -> str:
    """The text in small letters and European digits, without accents, ligatures or vowel signs."""
    small = text.lower()
    if small.isascii():
        return small
    return _MARKS.sub("", unicodedata.normalize("NFKD", small)).translate(_LETTERS)


def stem(word: str) -> str:
    """A folded word without what number and gender change: `nationaux` and `nationale` become `national`."""
    if word >= _FIRST_ARABIC:
        return _PLURAL.sub(r"\1", _ARTICLE.sub("", word))
    # One after the other: régionaux, prix, énergies; a word of four letters is left alone.
    if word.endswith("aux") and len(word) > 5 and word[-4] != "e":
        word = word[:-3] + "al"
    if word.endswith(("s", "x")) and len(word) > 4:
        word = word[:-1]
    if word.endswith("e") and len(word) > 4:
        word = word[:-1]
    if word.endswith("y") and len(word) > 3:
        word = word[:-1] + "i"
    return word


def stems(text: str) -> list[str]:
    """The stems of a text's words, in their order: U.S. is one; what an apostrophe cuts off is a letter, hence none."""
    folded = fold(text)
    if "." in folded:
        folded = _INITIALS.sub(r"\1", folded)
    return [stem(word) for word in _WORD.findall(folded) if len(word) > 1]
