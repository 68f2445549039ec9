"""What an article is about, as numbers: depends on that article alone."""

import math
import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from functools import cached_property, lru_cache
from itertools import islice
from operator import itemgetter, mul
from typing import NamedTuple, TypeVar

from pydantic import AwareDatetime

from functions.core.article import Article, Language
from functions.core.html.plain_text import names, names_of, words, words_of
from functions.core.model import Frozen
from functions.core.related.rarity import RAREST, rarities, stems

MOST_TERMS = 192
SALIENT = 56
UNIT = 175  # shares of this unit, multiplied and summed over the salient terms, stay below 2**15: see sums.py
_TOO_GREAT = 1 << 15
_TITLE, _STANDFIRST, _TAG = 4, 1, 3
_COUNTED = 40
AND = "|"
_SHOWS_ADDRESS = ' dir="ltr">http'
_SERIAL = re.compile(r"[0-9](?=[^\W\d_])|[^\W\d_](?=[0-9])")
_ADDRESS = re.compile(f'<a href="[^"]*"{_SHOWS_ADDRESS}[^<]*</a>')
T = TypeVar("T")
# Ten times 1 + ln(count): a word said twice tells more, not twice as much.
_TIMES = (0, *(round(10 * (1 + math.log(count))) for count in range(1, _COUNTED + 1)))
# Every number that is written, up to the weight of a name: to look one up takes a third of the time of writing it.
_WRITTEN = tuple(map(str, range(_TIMES[_COUNTED] * RAREST * 5 // 4 + 1)))


class Fingerprint(Frozen):
    """What a text is about: its terms, then `|`, then their weights, as in `oasis eau|940 610`.

    The heaviest come first; of terms that weigh the same, those that are said first.

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
        return _length(self.weights.values())

    @cached_property
    def shares(self) -> Mapping[str, int]:
        """The heaviest terms, each with its share of the length of the whole vector, which is UNIT."""
        return _shares(self.weights)

    @cached_property
    def salience(self) -> float:
        """The length of the vector of shares."""
        return _length(self.shares.values())

    @property
    def signature(self) -> "Signature":
        """The short form, by which the archive is looked through."""
        return Signature(self.lang, _text(self.shares), self.pin, self.exclude)


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

    @property
    def is_ours(self) -> bool:
        """Whether it is of this unit: one that other code has left in a record may be of a greater one."""
        return sum(share * share for share in self.shares.values()) < _TOO_GREAT


def fingerprint(upload_id: str, article: Article) -> Fingerprint:
    """The fingerprint of an article: title, standfirst, tags and body, each word by how rare it is."""
    return Fingerprint(
        id=upload_id,
        lang=article.lang,
        category=article.category,
        at=article.published_at,
        terms=_text(_heaviest(article)),
        pin=article.related.pin,
        exclude=article.related.exclude,
    )


def signature_of(article: Article) -> Signature:
    """The signature of its fingerprint, without the way over a text."""
    wish = article.related
    return Signature(article.lang, _text(_shares(_heaviest(article))), wish.pin, wish.exclude)


def product(one: Mapping[T, int], other: Mapping[T, int]) -> int:
    """The weights, or the shares, of the terms that two have in common, multiplied and summed."""
    return sum([one[term] * other[term] for term in one.keys() & other.keys()])


@lru_cache(maxsize=4)  # a version is read for its history, then made live
def _heaviest(article: Article) -> Mapping[str, int]:
    return dict(sorted(_weights(article).items(), key=itemgetter(1), reverse=True)[:MOST_TERMS])


def _weights(article: Article) -> dict[str, int]:
    stem_of, rarity_of = stems(article.lang).__getitem__, rarities(article.lang)
    said = Counter(map(stem_of, words_of(_without_addresses(article.body))))
    labels = " ".join([tag.label for tag in article.tags])
    for text, times in ((article.title, _TITLE), (article.standfirst, _STANDFIRST), (labels, _TAG)):
        for word in words(text):
            said[stem_of(word)] += times
    del said[""]
    weights = {
        stem: (_TIMES[count] if count < _COUNTED else _TIMES[_COUNTED]) * rarity_of.get(stem, RAREST)
        for stem, count in said.items()
    }
    for stem in {stem_of(name.lower()) for name in _names(article)} & weights.keys():
        weights[stem] += weights[stem] >> 2
    weights.update(_tags(article))
    return weights


def _without_addresses(body: str) -> str:
    """The body without the links whose text is their address, which is made of other words."""
    return _ADDRESS.sub(" ", body) if _SHOWS_ADDRESS in body else body


def _names(article: Article) -> list[str]:
    """The names in the running text; titles are left out, since English ones have capitals everywhere."""
    return names(article.standfirst) + names_of(article.body)


def _tags(article: Article) -> Iterator[tuple[str, int]]:
    """A tag as a whole is a term too, as rare as the rarest of its words; 5G and 2M have no others."""
    stem_of, rarity_of = stems(article.lang), rarities(article.lang)
    for tag in article.tags:
        found = [rarity_of.get(stem, RAREST) for word in words(tag.label) if (stem := stem_of[word])]
        if found or _SERIAL.search(tag.label):
            yield "#" + tag.slug, _TIMES[_TAG] * max(found, default=RAREST)


def _shares(weights: Mapping[str, int]) -> dict[str, int]:
    """Of weights by term, the heaviest first, how much of the length of all the salient ones have."""
    unit = UNIT / _length(weights.values())
    return {term: round(unit * weight) for term, weight in islice(weights.items(), SALIENT)}


def _length(numbers: Collection[int]) -> float:
    return math.sqrt(sum(map(mul, numbers, numbers))) or 1.0


def _text(numbers: Mapping[str, int]) -> str:
    return " ".join(numbers) + AND + " ".join([_WRITTEN[number] for number in numbers.values()])


def _numbers(text: str) -> dict[str, int]:
    some, _, numbers = text.partition(AND)
    return dict(zip(some.split(), map(int, numbers.split()), strict=True))
