"""What an article is about, as numbers: depends on that article alone."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property, lru_cache
from itertools import islice
from sys import intern
from typing import NamedTuple

from pydantic import AwareDatetime

from functions.core.article import Article, Language, Tag
from functions.core.model import Frozen
from functions.core.plain_text import plain_text
from functions.core.related.rarity import Term, terms, words

_MOST_TERMS = 192
_SALIENT = 40
_UNIT = 1000
_TITLE, _STANDFIRST, _TAG = 4, 2, 3
_COUNTED = 40
_AND = "|"
# Ten times 1 + ln(count): a word said twice tells more, not twice as much.
_TIMES = (0, *(round(10 * (1 + math.log(count))) for count in range(1, _COUNTED + 1)))


class Fingerprint(Frozen):
    """What a text is about: its terms, heaviest first, then `|`, then their weights, as in `oasis eau|940 610`.

    `pin` and `exclude` are the editor's wishes.
    """

    id: str
    lang: Language
    category: str
    at: AwareDatetime
    terms: str
    pin: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()

    @cached_property
    def weights(self) -> Mapping[str, int]:
        """Whole numbers, so that a sum of them does not depend on its order."""
        return _numbers(self.terms)

    @cached_property
    def norm(self) -> float:
        """The length of the vector of weights."""
        return math.sqrt(sum([weight * weight for weight in self.weights.values()])) or 1.0

    @cached_property
    def shares(self) -> Mapping[str, int]:
        """The heaviest terms, each with its share in thousandths of the length of the whole vector."""
        heaviest = islice(self.weights.items(), _SALIENT)
        return {word: round(_UNIT * weight / self.norm) for word, weight in heaviest}

    @cached_property
    def salience(self) -> float:
        """The length of the vector of shares."""
        return math.sqrt(sum([share * share for share in self.shares.values()]))

    @property
    def signature(self) -> "Signature":
        """The short form, by which the archive is looked through."""
        return Signature(self.lang, _text(self.shares.keys(), self.shares.values()), self.pin, self.exclude)


class Signature(NamedTuple):
    """An article's heaviest terms and their shares, written in the same way."""

    lang: str
    salient: str
    pin: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()

    @property
    def shares(self) -> dict[str, int]:
        """The shares by term."""
        return _numbers(self.salient)


@lru_cache(maxsize=4)  # a version is read for its history, then made live
def fingerprint(upload_id: str, article: Article) -> Fingerprint:
    """The fingerprint of an article: title, standfirst, tags and body, each word by how rare it is."""
    heaviest = sorted((-weight, word) for word, weight in _weights(article).items())[:_MOST_TERMS]
    return Fingerprint(
        id=upload_id,
        lang=article.lang,
        category=article.category,
        at=article.published_at,
        terms=_text([word for _, word in heaviest], [-weight for weight, _ in heaviest]),
        pin=article.related.pin,
        exclude=article.related.exclude,
    )


def _weights(article: Article) -> dict[str, int]:
    known = terms(article.lang)
    counts = Counter(words(plain_text(article.body)))
    labels = " ".join([tag.label for tag in article.tags])
    for text, times in ((article.title, _TITLE), (article.standfirst, _STANDFIRST), (labels, _TAG)):
        for word in words(text):
            counts[word] += times
    said: defaultdict[Term, int] = defaultdict(int)
    for word, count in counts.items():
        if found := known[word]:
            said[found] += count
    weights = {word: _TIMES[min(_COUNTED, count)] * rarity for (word, rarity), count in said.items()}
    return weights | dict(_tags(article.tags, known))


def _tags(tags: Iterable[Tag], known: Mapping[str, Term | None]) -> Iterator[tuple[str, int]]:
    """A tag as a whole is a term too, as rare as the rarest of its words."""
    for tag in tags:
        if found := [term for word in words(tag.label) if (term := known[word])]:
            yield "#" + tag.slug, _TIMES[_TAG] * max(rarity for _, rarity in found)


def _text(some: Iterable[str], numbers: Iterable[int]) -> str:
    return " ".join(some) + _AND + " ".join(map(str, numbers))


def _numbers(text: str) -> dict[str, int]:
    some, _, numbers = text.partition(_AND)
    return dict(zip(map(intern, some.split()), map(int, numbers.split()), strict=True))
