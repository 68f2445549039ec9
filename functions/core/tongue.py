"""The language that a text reads as, by the commonest little words of each: for a notice, never for a decision."""

from collections.abc import Mapping

from functions.core.article import LANGUAGES, Language

_LITTLE_WORDS: Mapping[Language, tuple[str, ...]] = {
    "fr": (" de ", " la ", " les ", " et ", " des "),
    "en": (" the ", " of ", " and ", " to ", " in "),
    "ar": (" ال", " في ", " من "),
}
_READ = 2000  # characters
_PLENTY = 5  # little words in so many characters: a text of that language has ten to twenty
_FEWEST, _TIMES = 8, 4  # how many of another language tell, and how many to each of its own


def other_tongue(html: str, said: Language) -> Language | None:
    """The language that HTML reads as, if it is clearly another one than is said."""
    beginning = html[:_READ]
    own = _count(beginning, said)
    if own >= _PLENTY:
        return None
    counts = {lang: _count(beginning, lang) for lang in LANGUAGES if lang != said}
    other = max(counts, key=counts.__getitem__)
    return other if counts[other] >= max(_FEWEST, _TIMES * own) else None


def _count(text: str, lang: Language) -> int:
    return sum(map(text.count, _LITTLE_WORDS[lang]))
