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

from functions.core.related.fingerprint import AND, MOST_TERMS, SALIENT, UNIT, Fingerprint

PLACE, GREATEST = 8, 255  # who holds a term is a place, so many bits further left, and a share, which is never more
NO_TERM = 0
_COMMON = 10  # a term that one article in so many finds salient is a line of numbers, any other one a list of places
_PART = 4096
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
Array = NDArray[Any]
Wishes = Mapping[int, tuple[Sequence[int], Sequence[int]]]
"""By place, the places that an article pins and those that it excludes; of the articles that wish for anything."""


class Texts(NamedTuple):
    """Articles as rows, each under a small number, its place. All numbers are whole, but for `norms`.

    `terms` are those of an article, heaviest first, as columns of one language each; `weights` are theirs; where an
    article has fewer, the column is NO_TERM, and the weight 0. `norms` are the lengths of these vectors, `ranks` the
    places of the ids in their order, `at` are microseconds, `salience` the squared lengths of the signatures. `held`
    says by term, from `begins` on, which articles find it salient and how much; terms that many do are lines of
    `common` instead.
    """

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

    def salient(self, places: Array | slice) -> tuple[Array, Array]:
        """The signatures of some places, a row of terms and one of shares each, as `Fingerprint.shares` has them."""
        units = UNIT / self.norms[places, np.newaxis]
        shares = np.rint(units * self.weights[places, :SALIENT]).astype(np.uint16)
        return self.terms[places, :SALIENT], shares


class Collection:
    """Fingerprints on their way to be texts."""

    def __init__(self) -> None:
        self.ids: list[str] = []
        self._at = array("q")
        self._categories = array("i")
        self._category: defaultdict[str, int] = defaultdict(count().__next__)
        column = count(NO_TERM + 1)
        self._columns: defaultdict[str, defaultdict[str, int]] = defaultdict(lambda: defaultdict(column.__next__))
        self._terms, self._weights = array("i"), array("H")
        self._wishes: dict[int, Fingerprint] = {}

    def add(self, about: Fingerprint) -> None:
        """Take in an article; each id once."""
        if about.pin or about.exclude:
            self._wishes[len(self.ids)] = about
        self.ids.append(about.id)
        self._at.append((about.at - _EPOCH) // timedelta(microseconds=1))
        self._categories.append(self._category[about.category])
        terms, _, weights = about.terms.partition(AND)
        self._terms.fromlist([*map(self._columns[about.lang].__getitem__, terms.split())])
        self._weights.frombytes(np.fromstring(weights, np.uint16, sep=" ").tobytes())
        for some in (self._terms, self._weights):
            some.frombytes(bytes((len(self.ids) * MOST_TERMS - len(some)) * some.itemsize))

    def wishes(self) -> Wishes:
        """What editors want in boxes, or never in them, as far as it is there."""
        places = {id_: place for place, id_ in enumerate(self.ids)}

        def known(ids: Iterable[str]) -> list[int]:
            return [places[id_] for id_ in ids if id_ in places]

        return {place: (known(about.pin), known(about.exclude)) for place, about in self._wishes.items()}

    def texts(self) -> Texts:
        """All that was taken in, as arrays."""
        size = len(self.ids)
        weights = np.frombuffer(self._weights, np.uint16).reshape(size, MOST_TERMS)
        ranks = np.empty(size, np.int32)
        ranks[sorted(range(size), key=self.ids.__getitem__)] = np.arange(size, dtype=np.int32)
        nothing = np.zeros(0, np.int32)
        texts = Texts(
            np.frombuffer(self._terms, np.int32).reshape(size, MOST_TERMS),
            weights,
            np.concatenate([np.zeros(0), *(_norms(weights[part]) for part in _parts(size))]),
            ranks,
            np.frombuffer(self._at, np.int64),
            np.frombuffer(self._categories, np.int32),
            *[nothing] * 4,
        )
        return _inverted(texts)


def _parts(size: int) -> Iterator[slice]:
    """The places in parts: what is worked out on the way to an array is several times as large."""
    return (slice(start, start + _PART) for start in range(0, size, _PART))


def _norms(weights: Array) -> Array:
    squares = (weights.astype(np.int64) ** 2).sum(axis=1)
    norms: Array = np.sqrt(np.maximum(squares, 1).astype(np.float64))
    return norms


def _inverted(texts: Texts) -> Texts:
    """With the signatures by term."""
    size = len(texts.norms)
    places, found, shares = _signatures(texts)
    salience = np.bincount(places, shares.astype(np.float64) ** 2, size).astype(np.int64)
    counts = np.bincount(found, minlength=int(texts.terms.max(initial=NO_TERM)) + 1)
    is_common = counts * _COMMON > size
    line = np.cumsum(is_common) - 1
    common = np.zeros((int(is_common.sum()), size), np.float32)
    there = is_common[found]
    common[line[found[there]], places[there]] = shares[there]
    places, shares, found = places[~there], shares[~there], found[~there]
    held = (places.astype(np.uint32) << PLACE | shares)[np.argsort(found, kind="stable")]
    begins = np.concatenate(([0], np.cumsum(np.where(is_common, 0, counts), dtype=np.int64)))
    return texts._replace(salience=salience, begins=begins, held=held, common=common)


def _signatures(texts: Texts) -> tuple[Array, Array, Array]:
    """The signatures of all places as (place, term, share)."""
    parts = []
    for part in _parts(len(texts.norms)):
        terms, shares = texts.salient(part)
        rows, columns = np.nonzero(terms)
        parts.append(((part.start + rows).astype(np.int32), terms[rows, columns], shares[rows, columns]))
    nothing = (np.zeros(0, np.int32), np.zeros(0, np.int32), np.zeros(0, np.uint16))
    places, terms, shares = (np.concatenate(each) for each in zip(nothing, *parts, strict=True))
    return places, terms, shares
