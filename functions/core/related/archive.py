"""The archive as the related engine looks through it: the signature of every live article, indexed by term.

Two articles are close where the shares of the terms that both find salient, multiplied and summed, are high. Closeness
is a whole number and depends on the two alone; who is on an article's shortlist depends on the set of articles alone.
"""

from array import array
from collections import defaultdict
from collections.abc import Iterable, Mapping
from heapq import nlargest
from typing import NamedTuple

from functions.core import keys
from functions.core.related.fingerprint import UNIT, Signature, product
from functions.core.related.postings import Postings, reaching

_SAMPLED = 8  # the shortlist of one article in so many ends no closer than that of all
PARTITIONS = 16
SHORTLIST = 20
LEAST = UNIT * UNIT // 25  # of UNIT * UNIT for an article and itself; what is further away is never among the best


def partition_of(upload_id: str) -> str:
    """Which of the archive's documents holds the signature of an article: fixed by its id."""
    return f"{int(keys.content_hash(upload_id.encode())[:8], 16) % PARTITIONS:02d}"


class Shortlist(NamedTuple):
    """The closest articles, closest first, and how close the last one is; 0 where there is room for more."""

    ids: list[str]
    edge: int


class _Asked(NamedTuple):
    lang: str
    shares: Mapping[str, int]
    sums: "array[int]"


class Archive:
    """The signatures of the live articles, by id."""

    def __init__(self, signatures: Mapping[str, Signature] | None = None) -> None:
        self._signatures: dict[str, Signature] = {}
        self._edges = array("H")
        self._postings: defaultdict[str, Postings] = defaultdict(Postings)  # by language
        self._numbers: dict[str, int] = {}
        self._ids: list[str] = []
        self._free: list[int] = []
        self._pinning: defaultdict[str, set[str]] = defaultdict(set)
        self._asked = _Asked("", {}, array("H"))
        for upload_id, signature in (signatures or {}).items():
            self.put(upload_id, signature)

    def put(self, upload_id: str, signature: Signature | None, edge: int = 0) -> None:
        """Take in an article, or its new signature, or (None) take it out."""
        if before := self._signatures.pop(upload_id, None):
            number = self._numbers.pop(upload_id)
            self._postings[before.lang].remove(number, before.shares)
            self._free.append(number)
            self._asked.sums[number] = 0
            for pinned in before.pin:
                self._pinning[pinned].discard(upload_id)
        if signature is None:
            return
        self._signatures[upload_id] = signature
        number, shares = self._number(upload_id), signature.shares
        self._postings[signature.lang].put(number, shares)
        if signature.lang == self._asked.lang:
            self._asked.sums[number] = product(self._asked.shares, shares)
        self.move_edge(upload_id, edge)
        for pinned in signature.pin:
            self._pinning[pinned].add(upload_id)

    def move_edge(self, upload_id: str, edge: int) -> None:
        """Take in how far away an article's shortlist ends now."""
        self._edges[self._numbers[upload_id]] = max(edge, LEAST)

    def shortlist(self, upload_id: str, signature: Signature) -> Shortlist:
        """The articles closest to one: those among which its related box is chosen."""
        close = self._close(signature)[:]
        for without in (upload_id, *signature.exclude):
            if without in self._numbers:
                close[self._numbers[without]] = 0
        some = close[::_SAMPLED]
        least = max(LEAST, nlargest(SHORTLIST, some)[-1] if len(some) >= SHORTLIST else 0)
        nearest = sorted((-close[number], self._ids[number]) for number in reaching(close, least))[:SHORTLIST]
        return Shortlist([id_ for _, id_ in nearest], -nearest[-1][0] if len(nearest) == SHORTLIST else 0)

    def hosts_of(self, upload_id: str, signatures: Iterable[Signature]) -> frozenset[str]:
        """The articles on whose shortlist any of these signatures of one article may stand, or which pin it.

        Whoever changes a signature asks this after having stored it. So it suffices that each change tells those whose
        shortlist it enters or leaves: of two changes that meet, the later one sees the other.
        """
        hosts = set(self._pinning.get(upload_id, ()))
        for signature in signatures:
            near = reaching(self._close(signature), self._edges)
            hosts.update(map(self._ids.__getitem__, near))
        return frozenset(id_ for id_ in hosts if id_ != upload_id and upload_id not in self._signatures[id_].exclude)

    def _close(self, signature: Signature) -> "array[int]":
        """How close each article is, by number. The last answer is kept up to date: who publishes asks three times."""
        lang, shares = signature.lang, signature.shares
        if (lang, shares) != self._asked[:2]:
            self._asked = _Asked(lang, shares, self._postings[lang].sums(shares, len(self._ids)))
        return self._asked.sums

    def _number(self, upload_id: str) -> int:
        """A small number for an article, perhaps one that another had."""
        if self._free:
            number = self._free.pop()
            self._ids[number] = upload_id
        else:
            number = len(self._ids)
            self._ids.append(upload_id)
            self._edges.append(LEAST)
            self._asked.sums.append(0)
        self._numbers[upload_id] = number
        return number
