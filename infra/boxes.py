"""Related boxes of a whole archive at once: what `Archive.shortlist` and `rank` say of each article, by arrays.

All sums are of whole numbers, below 2**24 where they are kept as floats of 32 bits, so they are the same in any order.
"""

import math
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

import numpy as np

from functions.core.related.archive import SHORTLIST
from functions.core.related.fingerprint import product
from functions.core.related.rank import BOX, LEAST_SCORE, SAME_STORY, TELLING, pick, score
from functions.core.related.rows import LEAST
from infra.texts import GREATEST, PLACE, Array, Texts, Wishes

_BLOCK = 128  # articles at a time: for so many, an archive that is larger than any cache is read once
_SAMPLED = 32  # the shortlist of one article in so many ends no closer than that of all
_HASHED = 512  # columns for the terms of a few signatures; those that share one make a product seem greater
_LATER = np.triu(np.ones((BOX + 1, BOX + 1), bool), 1)
_NONE_HELD = np.zeros(0, np.uint32)
_NO_WISHES: tuple[Sequence[int], Sequence[int]] = ((), ())
Box = tuple[int, ...]


class Boxes:
    """The related boxes of articles, in places."""

    def __init__(self, texts: Texts, wishes: Wishes) -> None:
        self._texts, self._wishes = texts, wishes
        self._line = np.zeros(len(texts.begins) - 1)
        self._room = np.empty((_BLOCK, len(texts.norms)), np.float32)  # new memory would cost as much as the sums

    def of(self, places: Iterable[int]) -> Iterator[Box]:
        """The box of each article, best first."""
        waiting = iter(places)
        while block := list(islice(waiting, _BLOCK)):
            yield from self._of_block(np.array(block))

    def _of_block(self, block: Array) -> Iterator[Box]:
        ordered = [self._by_score(place, close) for place, close in zip(block.tolist(), self.close(block), strict=True)]
        for place, best, alone in zip(block.tolist(), ordered, self._tell_all_apart(block, ordered), strict=True):
            pinned = [each for each in dict.fromkeys(self._wish(place)[0]) if each != place][:BOX]
            if alone and not pinned:
                yield tuple(best[:BOX])
            else:
                yield (*pinned, *pick(best, [place, *pinned], self._same_story, BOX - len(pinned)))

    def _wish(self, place: int) -> tuple[Sequence[int], Sequence[int]]:
        return self._wishes.get(place, _NO_WISHES)

    def close(self, block: Array) -> Iterator[Array]:
        """How close every article is to each of a block, as `Archive` has it: a row for each of these.

        Each is worked out when it is asked for, so that a processor still has it at hand. The next call writes over it.
        """
        texts = self._texts
        close = np.matmul(texts.common[:, block].T, texts.common, out=self._room[: len(block)])
        for row, terms, shares in zip(close, *texts.salient(block), strict=True):
            self._add_rare(terms, shares, row)
            yield row

    def _add_rare(self, terms: Array, shares: Array, close: Array) -> None:
        """To how close every article is to one, what comes from those of its terms that few of them have."""
        begins, ends = self._texts.begins[terms], self._texts.begins[terms + 1]
        rare = np.flatnonzero(begins != ends)
        begins, ends = begins[rare], ends[rare]
        parts = map(slice, begins.tolist(), ends.tolist())  # joining parts costs less than finding each number
        held = np.concatenate([_NONE_HELD, *map(self._texts.held.__getitem__, parts)])
        products = (held & GREATEST).astype(np.float32)
        products *= np.repeat(shares[rare], ends - begins)
        np.add.at(close, (held >> PLACE).astype(np.intp), products)

    def _by_score(self, place: int, close: Array) -> list[int]:
        """Those of the shortlist that may stand in the box, less its pins, best first."""
        pinned, excluded = self._wish(place)
        close[[place, *excluded]] = 0
        found = np.flatnonzero(close >= max(LEAST, _edge(close[::_SAMPLED])))
        found = found[close[found] >= _edge(close[found])]
        if len(found) > SHORTLIST:
            found = found[np.lexsort((self._texts.ranks[found], -close[found]))][:SHORTLIST]
        found = found[~np.isin(found, pinned)] if pinned else found
        scores = self._scores(place, found)
        at, ranks = self._texts.at[found].tolist(), self._texts.ranks[found].tolist()
        best = sorted(zip([-each for each in scores], [-each for each in at], ranks, found.tolist(), strict=True))
        return [each for negative, _, _, each in best if -negative >= LEAST_SCORE]

    def _scores(self, place: int, others: Array) -> list[float]:
        texts = self._texts
        cosines = self._products(place, others) / (texts.norms[place] * texts.norms[others])
        apart = np.abs(texts.at[others] - texts.at[place]) / 1_000_000
        same = texts.categories[others] == texts.categories[place]
        return [
            score(cosine, seconds, same_category=is_same)
            for cosine, seconds, is_same in zip(cosines.tolist(), apart.tolist(), same.tolist(), strict=True)
        ]

    def _products(self, place: int, others: Array) -> Array:
        """The product of a text with some others, in their order."""
        terms, weights = self._texts.terms, self._texts.weights
        self._line[terms[place]] = weights[place]
        sums: Array = (self._line.take(terms[others]) * weights[others]).sum(axis=1)
        self._line[terms[place]] = 0
        return sums

    def _tell_all_apart(self, block: Array, ordered: Sequence[Sequence[int]]) -> list[bool]:
        """Of each article, whether it and the first of those ordered surely tell different stories.

        Terms share columns here, so products may seem greater than they are, never smaller.
        """
        heads = [([place, *best[:BOX]] + [place] * BOX)[: BOX + 1] for place, best in zip(block, ordered, strict=True)]
        places = np.array(heads).reshape(-1)
        terms, shares = self._texts.salient(places)
        columns = np.arange(len(places))[:, np.newaxis] * _HASHED + terms % _HASHED
        hashed = np.bincount(columns.reshape(-1), shares.reshape(-1), len(places) * _HASHED)
        some = hashed.reshape(len(heads), BOX + 1, _HASHED)
        lengths = np.sqrt(self._texts.salience[places]).reshape(len(heads), BOX + 1, 1)
        alike = some @ some.transpose(0, 2, 1) > SAME_STORY * lengths * lengths.transpose(0, 2, 1)
        there = np.arange(BOX + 1) <= np.array([[len(best)] for best in ordered])
        return [not some.any() for some in alike & _LATER & there[:, np.newaxis]]

    def _same_story(self, one: int, other: int) -> bool:
        """As `rank` has it. The terms of another language are other columns."""
        texts = self._texts
        terms, shares = texts.salient(np.array([one, other]))
        if min(map(np.count_nonzero, terms)) < TELLING:
            return False
        mine, theirs = (dict(zip(*each, strict=True)) for each in zip(terms.tolist(), shares.tolist(), strict=True))
        one_length, other_length = math.sqrt(texts.salience[one]), math.sqrt(texts.salience[other])
        return product(mine, theirs) > SAME_STORY * one_length * other_length


def _edge(close: Array) -> float:
    """Where the shortlist of some articles ends, by how close each is; 0 where it has room for more."""
    return float(np.partition(close, -SHORTLIST)[-SHORTLIST]) if len(close) >= SHORTLIST else 0.0
