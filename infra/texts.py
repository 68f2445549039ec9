"""Texts: what fingerprints say of a whole archive as arrays, in files that processes share without copying them."""

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from functions.core.related.fingerprint import AND, SALIENT, UNIT, Fingerprint

PLACE, GREATEST = 8, 255  # who holds a term is a place, so many bits further left, and a share, which is never more
_COMMON = 10  # a term that one article in so many finds salient is a column of numbers, any other one a list of places
_PART = 4096
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
Array = NDArray[Any]
Wishes = Mapping[int, tuple[Sequence[int], Sequence[int]]]
"""By place, the places that an article pins and those that it excludes; of the articles that wish for anything."""


class Texts(NamedTuple):
    """Articles as rows, each under a small number, its place. All numbers are whole, but for `norms`.

    The terms of place p, heaviest first, are `terms[starts[p]:starts[p + 1]]`, columns of one language each; `weights`
    are theirs. `norms` are the lengths of these vectors, `ranks` the places of the ids in their order, `at` are
    microseconds, `salience` the squared lengths of the signatures. `held` says by term, from `begins` on, which
    articles find it salient and how much; terms that many do are columns of `common` instead.
    """

    starts: Array
    terms: Array
    weights: Array
    norms: Array
    ranks: Array
    at: Array
    categories: Array
    salience: Array
    begins: Array
    held: Array
    common: Array

    def save(self, folder: Path) -> None:
        """Write each array into a file of its own."""
        for name, values in self._asdict().items():
            np.save(folder / name, values)

    @classmethod
    def load(cls, folder: Path) -> "Texts":
        """What was saved; nothing is read before it is used, and what one process has read all others have too."""
        return cls(*(np.load(folder / f"{name}.npy", mmap_mode="r").view(np.ndarray) for name in cls._fields))

    def salient(self, places: Array) -> tuple[Array, Array, Array]:
        """The signatures of some places as (which of them, term, share), as `Fingerprint.shares` has them."""
        lengths = np.minimum(self.starts[places + 1] - self.starts[places], SALIENT)
        found = ranges(self.starts[places], lengths)
        shares = np.rint(np.repeat(UNIT / self.norms[places], lengths) * self.weights[found]).astype(np.int32)
        return np.repeat(np.arange(len(places)), lengths), self.terms[found], shares


def ranges(starts: Array, lengths: Array) -> Array:
    """The whole numbers of several ranges, one after the other."""
    ends = np.cumsum(lengths)
    return np.repeat(starts - ends + lengths, lengths) + np.arange(ends[-1] if len(ends) else 0)


class Collection:
    """Fingerprints on their way to be texts."""

    def __init__(self) -> None:
        self.ids: list[str] = []
        self._at = array("q")
        self._categories = array("i")
        self._category: defaultdict[str, int] = defaultdict(count().__next__)
        column = count()
        self._columns: defaultdict[str, defaultdict[str, int]] = defaultdict(lambda: defaultdict(column.__next__))
        self._sizes, self._terms, self._weights = array("i"), array("i"), array("H")
        self._wishes: dict[int, Fingerprint] = {}

    def add(self, about: Fingerprint) -> None:
        """Take in an article; each id once."""
        if about.pin or about.exclude:
            self._wishes[len(self.ids)] = about
        self.ids.append(about.id)
        self._at.append((about.at - _EPOCH) // timedelta(microseconds=1))
        self._categories.append(self._category[about.category])
        terms, _, weights = about.terms.partition(AND)
        before = len(self._terms)
        self._terms.extend(map(self._columns[about.lang].__getitem__, terms.split()))
        self._weights.extend(map(int, weights.split()))
        self._sizes.append(len(self._terms) - before)

    def wishes(self) -> Wishes:
        """What editors want in boxes, or never in them, as far as it is there."""
        places = {id_: place for place, id_ in enumerate(self.ids)}

        def known(ids: Iterable[str]) -> list[int]:
            return [places[id_] for id_ in ids if id_ in places]

        return {place: (known(about.pin), known(about.exclude)) for place, about in self._wishes.items()}

    def texts(self) -> Texts:
        """All that was taken in, as arrays."""
        sizes, terms = np.frombuffer(self._sizes, np.int32), np.frombuffer(self._terms, np.int32)
        weights = np.frombuffer(self._weights, np.uint16)
        starts = np.concatenate(([0], np.cumsum(sizes, dtype=np.int64)))
        ranks = np.empty(len(sizes), np.int32)
        ranks[sorted(range(len(sizes)), key=self.ids.__getitem__)] = np.arange(len(sizes), dtype=np.int32)
        norms = np.concatenate([np.zeros(0), *(_norms(weights, starts[part]) for part in _parts(len(sizes), 1))])
        nothing = np.zeros(0, np.int32)
        texts = Texts(
            starts,
            terms,
            weights,
            norms,
            ranks,
            np.frombuffer(self._at, np.int64),
            np.frombuffer(self._categories, np.int32),
            *[nothing] * 4,
        )
        return _inverted(texts, int(terms.max(initial=-1)) + 1)


def _parts(size: int, more: int = 0) -> Iterator[slice]:
    """The places in parts: what is worked out on the way to an array is several times as large."""
    return (slice(start, min(start + _PART, size) + more) for start in range(0, size, _PART))


def _norms(weights: Array, starts: Array) -> Array:
    squares = weights[starts[0] : starts[-1]].astype(np.int64) ** 2
    sums = np.concatenate(([0], np.cumsum(squares)))[starts - starts[0]]
    norms: Array = np.sqrt(np.maximum(np.diff(sums), 1).astype(np.float64))
    return norms


def _inverted(texts: Texts, terms: int) -> Texts:
    """With the signatures by term."""
    size = len(texts.norms)
    places, found, shares = _signatures(texts)
    salience = np.bincount(places, shares.astype(np.float64) ** 2, size).astype(np.int64)
    counts = np.bincount(found, minlength=terms)
    is_common = counts * _COMMON > size
    column = np.cumsum(is_common) - 1
    common = np.zeros((size, int(is_common.sum())), np.float32)
    there = is_common[found]
    common[places[there], column[found[there]]] = shares[there]
    places, shares, found = places[~there], shares[~there], found[~there]
    held = (places.astype(np.uint32) << PLACE | shares)[np.argsort(found, kind="stable")]
    begins = np.concatenate(([0], np.cumsum(np.where(is_common, 0, counts), dtype=np.int64)))
    return texts._replace(salience=salience, begins=begins, held=held, common=common)


def _signatures(texts: Texts) -> tuple[Array, Array, Array]:
    """The signatures of all places, as `Texts.salient` has them but in less room."""
    parts = []
    for part in _parts(len(texts.norms)):
        some = np.arange(part.start, part.stop)
        rows, terms, shares = texts.salient(some)
        parts.append((some[rows].astype(np.int32), terms, shares.astype(np.uint16)))
    nothing = (np.zeros(0, np.int32), np.zeros(0, np.int32), np.zeros(0, np.uint16))
    places, terms, shares = (np.concatenate(each) for each in zip(nothing, *parts, strict=True))
    return places, terms, shares
