"""Related boxes of a whole archive at once: what `Archive.shortlist` and `rank` say of each article, by arrays.

All sums are of whole numbers below 2**31, so that they are the same in any order.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, count

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from functions.core.related.archive import LEAST, SHORTLIST
from functions.core.related.fingerprint import AND, SALIENT, UNIT, Fingerprint
from functions.core.related.rank import choose

Numbers = NDArray[np.int32]
Places = NDArray[np.int64]


def matrix(texts: Sequence[str], langs: Iterable[str]) -> csr_array:
    """A row for each text as fingerprints write them, `oasis eau|940 610`; a column for each term of a language."""
    column = count()
    columns: defaultdict[str, defaultdict[str, int]] = defaultdict(lambda: defaultdict(column.__next__))
    rows = [text.partition(AND) for text in texts]
    terms = [some.split() for some, _, _ in rows]
    places = chain.from_iterable(map(columns[lang].__getitem__, some) for lang, some in zip(langs, terms, strict=True))
    indices = np.fromiter(places, np.int32)
    starts = np.cumsum([0, *map(len, terms)], dtype=np.int32)
    numbers = np.fromstring(" ".join(numbers for _, _, numbers in rows), np.int32, sep=" ")
    return csr_array((numbers, indices, starts), shape=(len(rows), next(column)))


def norms(texts: csr_array) -> NDArray[np.float64]:
    """The length of each row."""
    squares = texts.astype(np.int64).power(2).sum(axis=1)
    return np.sqrt(np.maximum(squares, 1).astype(np.float64))


def signatures(texts: csr_array) -> csr_array:
    """The heaviest terms of each row with their shares, as `Fingerprint.shares` has them."""
    sizes = np.diff(texts.indptr)
    heaviest = np.arange(texts.nnz) - np.repeat(texts.indptr[:-1], sizes) < SALIENT
    shares = np.rint(np.repeat(UNIT / norms(texts), sizes)[heaviest] * texts.data[heaviest]).astype(np.int32)
    starts = np.concatenate(([0], np.cumsum(np.minimum(sizes, SALIENT), dtype=np.int32)))
    return csr_array((shares, texts.indices[heaviest], starts), shape=texts.shape)


class Boxes:
    """The related boxes of these articles, by id."""

    def __init__(self, articles: Mapping[str, Fingerprint]) -> None:
        self._articles = articles
        self._ids = sorted(articles)
        self._places = {id_: place for place, id_ in enumerate(self._ids)}
        prints = [articles[id_] for id_ in self._ids]
        self._texts = matrix([about.terms for about in prints], [about.lang for about in prints])
        self._norms = norms(self._texts)
        self._signatures = signatures(self._texts)
        self._by_term = self._signatures.T.tocsr()
        self._line = np.zeros(self._texts.shape[1])

    def of(self, upload_ids: Iterable[str]) -> Iterator[list[str]]:
        """The articles of each box, in rank order."""
        for upload_id in upload_ids:
            about, place = self._articles[upload_id], self._places[upload_id]
            close = self._close(place)
            close[[place, *(self._places[id_] for id_ in about.exclude if id_ in self._places)]] = 0
            edge = max(LEAST, np.partition(close, -SHORTLIST)[-SHORTLIST] if len(close) >= SHORTLIST else 0)
            others = np.flatnonzero(close >= edge)
            yield self._box(about, place, others[np.lexsort((others, -close[others]))][:SHORTLIST])

    def _close(self, place: int) -> Numbers:
        """How close each article is to one."""
        row = slice(*self._signatures.indptr[place : place + 2])
        held = self._by_term[self._signatures.indices[row]]
        close: Numbers = held.T @ self._signatures.data[row]
        return close

    def _box(self, about: Fingerprint, place: int, shortlist: Places) -> list[str]:
        pinned = [self._places[id_] for id_ in about.pin if id_ in self._places]
        found = np.concatenate([pinned, shortlist]).astype(np.int64)
        cosines = self._products(place, found) / (self._norms[place] * self._norms[found])
        names = [self._ids[each] for each in found]
        candidates = {id_: self._articles[id_] for id_ in names}
        chosen = choose(about, candidates, dict(zip(names, cosines.tolist(), strict=True)))
        return [each.about.id for each in chosen]

    def _products(self, place: int, others: Places) -> NDArray[np.float64]:
        """The product of a text with some others, in their order."""
        starts, terms, numbers = self._texts.indptr, self._texts.indices, self._texts.data
        own = slice(starts[place], starts[place + 1])
        self._line[terms[own]] = numbers[own]
        lengths = starts[others + 1] - starts[others]
        found = _ranges(starts[others], lengths)
        products = self._line[terms[found]] * numbers[found]
        self._line[terms[own]] = 0
        each = np.repeat(np.arange(len(others)), lengths)
        return np.bincount(each, products, len(others)).astype(np.float64, copy=False)


def _ranges(starts: Numbers, lengths: Numbers) -> Places:
    """The whole numbers of several ranges, one after the other."""
    ends = np.cumsum(lengths)
    return np.repeat(starts - ends + lengths, lengths) + np.arange(ends[-1] if len(ends) else 0)
