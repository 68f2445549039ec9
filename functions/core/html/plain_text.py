"""Plain text: the words of an article's body without its markup."""

import re
from functools import lru_cache
from html import unescape

_TAG = re.compile(r"<[^>]*>")
_WORD = re.compile(r"\w+")
_VOWELS = re.compile("[\u0610-\u061a\u064b-\u065f\u0670]+")  # Arabic ones stand on letters, and would part words
# A capital within a sentence: the name of somebody or something.
_NAME = re.compile(r"[A-ZÀ-ÖØ-Þ](?<=[a-zß-öø-ÿ,;)][ \u00a0’'].)[^\W\d_]+")
# Latin-1 lacks these marks of our languages, and one letter; a control character stands in for that.
_LETTER, _STAND_IN = "œ", "\x9c"
_BEYOND = "’‘“”…–—€\u202f" + _STAND_IN
_SMALL = bytes(
    ord(sign.lower()) if sign.isalnum() or sign in "_" + _STAND_IN else ord(" ") for sign in map(chr, range(256))
)


def words(text: str) -> list[str]:
    """The words of a text in small letters, without Arabic vowel signs; an apostrophe ends one, a number is one.

    What Latin-1 can spell is looked up byte by byte: the pattern finds the same, but takes twice the time.
    """
    latin = text
    for mark in _BEYOND:
        latin = latin.replace(mark, " ")
    latin = latin.replace(_LETTER, _STAND_IN).replace(_LETTER.upper(), _STAND_IN)
    try:
        small = latin.encode("latin-1").translate(_SMALL).decode("latin-1")
    except UnicodeEncodeError:
        return _WORD.findall(without_vowels(text).lower())
    return small.replace(_STAND_IN, _LETTER).split()


def without_vowels(text: str) -> str:
    """The text as it is written in haste: مدرّب and مدرب are one word, as أيضًا and أيضا are."""
    return _VOWELS.sub("", text)


def names(text: str) -> list[str]:
    """The names within the sentences of a text, word by word; those that open one cannot be told from other words."""
    return _NAME.findall(text)


@lru_cache(maxsize=2)  # related boxes and the search for copies want them of one body after the other
def words_of(html: str) -> tuple[str, ...]:
    """The words of sanitised HTML."""
    return tuple(words(plain_text(html)))


@lru_cache(maxsize=2)  # so do related boxes and the search
def names_of(html: str) -> list[str]:
    """The names in sanitised HTML."""
    return names(plain_text(html))


@lru_cache(maxsize=2)
def plain_text(html: str) -> str:
    """The text of sanitised HTML, a space where a tag stood."""
    return unescape(_TAG.sub(" ", html))
