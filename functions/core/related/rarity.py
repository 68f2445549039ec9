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
from functions.core.search.stems import fold, stem
from functions.core.search.stop_words import STOP_WORDS_OF

RAREST = 38
_COMMON: Mapping[Language, ModuleType] = {"fr": common_fr, "en": common_en, "ar": common_ar}
_TELLING = 20  # a word that every seventh text holds tells nothing
_SHORTEST = 3
_NUMBERED = re.compile(r"[^\W\d_]+[0-9]{2,}")
_WORDS_REMEMBERED = 1 << 16


class Stems(dict[str, str]):
    """The stem of each word in small letters; empty where it says nothing of what a text is about.

    A number says nothing, nor does km2; a name that ends in one, COP22, does.
    """

    def __init__(self, lang: Language) -> None:
        self._rarities = rarities(lang)
        self._silent = {stem(fold(word)) for word in STOP_WORDS_OF[lang]}

    def __missing__(self, word: str) -> str:
        if len(self) >= _WORDS_REMEMBERED:
            self.clear()
        says = word.isalpha() or _NUMBERED.fullmatch(word)
        stemmed = stem(fold(word)) if says and len(word) >= _SHORTEST else ""
        tells = stemmed not in self._silent and self._rarities.get(stemmed, RAREST) >= _TELLING
        found = self[word] = stemmed if tells else ""
        return found


@cache
def stems(lang: Language) -> Stems:
    """The stems of a language, worked out as they are asked for."""
    return Stems(lang)


@cache
def rarities(lang: Language) -> Mapping[str, int]:
    """How rare the commonest stems of a language are."""
    groups = [line.split() for line in _COMMON[lang].COMMON.strip().splitlines()]
    # The Arabic table has its plurals still; of words that have become one, the commonest counts.
    shorter = stem if lang == "ar" else str
    return {shorter(stemmed): int(rarity) for rarity, *some in reversed(groups) for stemmed in some}
