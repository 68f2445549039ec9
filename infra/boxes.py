"""Related boxes of a whole archive at once: what `Archive.shortlist` and `rank` say of each article, by arrays.

All sums are of whole numbers below 2**53, so that they are the same in any order, in a float as in an int.
"""

from collections.abc import Mapping, Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from functions.core.related.archive import LEAST, SHORTLIST
from functions.core.related.fingerprint import Fingerprint
from functions.core.related.rank import choose

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


class Vectors:
    """A number for each term of each article, as rows and, transposed, as columns. Rows are in the order of the ids."""

    def __init__(self, rows: Sequence[Mapping[str, int]], langs: Sequence[str]) -> None:
        places: dict[tuple[str, str], int] = {}
        sizes = np.fromiter(map(len, rows), np.int64, len(rows))
        total = int(sizes.sum())
        terms = (
            places.setdefault((lang, word), len(places)) for lang, row in zip(langs, rows, strict=True) for word in row
        )
        self.terms: Ints = np.fromiter(terms, np.int64, total)
        self.numbers: Floats = np.fromiter((number for row in rows for number in row.values()), np.float64, total)
        self.starts: Ints = np.concatenate(([0], np.cumsum(sizes)))
        self.count, self.width = len(rows), len(places)

    @cached_property
    def _columns(self) -> tuple[Ints, Ints, Floats]:
        """Where each term's articles start, the articles, and their numbers."""
        order = np.argsort(self.terms, kind="stable")
        holders = np.repeat(np.arange(self.count), np.diff(self.starts))[order]
        return np.searchsorted(self.terms[order], np.arange(self.width + 1)), holders, self.numbers[order]

    def products_with_all(self, row: int) -> Floats:
        """The product of a row with each."""
        starts, holders, numbers = self._columns
        own = slice(self.starts[row], self.starts[row + 1])
        terms = self.terms[own]
        lengths = starts[terms + 1] - starts[terms]
        found = _ranges(starts[terms], lengths)
        weights = numbers[found] * np.repeat(self.numbers[own], lengths)
        return np.bincount(holders[found], weights, self.count).astype(np.float64, copy=False)

    def products(self, row: int, others: Ints) -> Floats:
        """The product of a row with some others, in their order."""
        own = slice(self.starts[row], self.starts[row + 1])
        self._line[self.terms[own]] = self.numbers[own]
        lengths = self.starts[others + 1] - self.starts[others]
        found = _ranges(self.starts[others], lengths)
        products = self._line[self.terms[found]] * self.numbers[found]
        self._line[self.terms[own]] = 0
        each = np.repeat(np.arange(len(others)), lengths)
        return np.bincount(each, products, len(others)).astype(np.float64, copy=False)

    @cached_property
    def _line(self) -> Floats:
        return np.zeros(self.width)


class Boxes:
    """The related boxes of these articles, by id."""

    def __init__(self, articles: Mapping[str, Fingerprint]) -> None:
        self._ids = sorted(articles)
        self._articles = articles
        self._places = {id_: place for place, id_ in enumerate(self._ids)}
        prints = [articles[id_] for id_ in self._ids]
        langs = [about.lang for about in prints]
        self._signatures = Vectors([about.shares for about in prints], langs)
        self._texts = Vectors([about.weights for about in prints], langs)
        self._norms = np.array([about.norm for about in prints])

    def of(self, upload_id: str) -> list[str]:
        """The articles of a box, in rank order."""
        about, place = self._articles[upload_id], self._places[upload_id]
        pinned = [self._places[id_] for id_ in about.pin if id_ in self._places]
        near = np.array([*pinned, *self._shortlist(about, place)], np.int64)
        cosines = self._texts.products(place, near) / (self._norms[place] * self._norms[near])
        names = [self._ids[each] for each in near]
        found = {id_: self._articles[id_] for id_ in names}
        return [chosen.about.id for chosen in choose(about, found, dict(zip(names, cosines.tolist(), strict=True)))]

    def _shortlist(self, about: Fingerprint, place: int) -> Ints:
        close = self._signatures.products_with_all(place)
        close[[place, *(self._places[id_] for id_ in about.exclude if id_ in self._places)]] = 0
        near = np.flatnonzero(close >= LEAST)
        return near[np.lexsort((near, -close[near]))][:SHORTLIST]


def _ranges(starts: Ints, lengths: Ints) -> Ints:
    """The whole numbers of several ranges, one after the other."""
    ends = np.cumsum(lengths)
    return np.repeat(starts - ends + lengths, lengths) + np.arange(ends[-1] if len(ends) else 0)
