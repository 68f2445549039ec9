"""How rare a word is: the same for every newsroom and on every day, so that no weight depends on what arrived first.

The rarity of a stem is ten times the logarithm of one over the share of texts of 400 words that hold it, from the word
frequencies of wordfreq 3 (Robyn Speer, CC BY-SA 4.0) for the 1,500 commonest stems of a language. All others, names of
people and places among them, are equally rare: to tell them apart gains nothing when whole texts are compared.
"""

import re
from collections.abc import Mapping
from functools import cache
from types import ModuleType

from functions.core.article import Language
from functions.core.related import common_ar, common_en, common_fr
from functions.core.search_words import fold, stem

Term = tuple[str, int]
RAREST = 43
_COMMON: Mapping[Language, ModuleType] = {"fr": common_fr, "en": common_en, "ar": common_ar}
_TELLING = 20  # a word that every seventh text holds tells nothing
_SHORTEST = 3
_WORD = re.compile(r"[^\W\d_]+")
_WORDS_REMEMBERED = 1 << 16


def words(text: str) -> list[str]:
    """The words of a text in small letters; numbers are none, and an apostrophe ends one."""
    return _WORD.findall(text.lower())


class Terms(dict[str, Term | None]):
    """The stem and rarity of each word in small letters, None where it says nothing of what a text is about."""

    def __init__(self, lang: Language) -> None:
        self._rarities = _rarities(lang)

    def __missing__(self, word: str) -> Term | None:
        if len(self) >= _WORDS_REMEMBERED:
            self.clear()
        stemmed = stem(fold(word))
        rarity = self._rarities.get(stemmed, RAREST)
        found = self[word] = (stemmed, rarity) if len(word) >= _SHORTEST and rarity >= _TELLING else None
        return found


@cache
def terms(lang: Language) -> Terms:
    """The terms of a language, worked out as they are asked for."""
    return Terms(lang)


@cache
def _rarities(lang: Language) -> Mapping[str, int]:
    groups = (line.split() for line in _COMMON[lang].COMMON.strip().splitlines())
    return {stemmed: int(rarity) for rarity, *stems in groups for stemmed in stems}
