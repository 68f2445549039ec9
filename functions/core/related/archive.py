"""The archive as the related engine looks through it: the signature of every live article, indexed by term.

Two articles are close where the shares of the terms that both find salient, multiplied and summed, are high. Closeness
is a whole number and depends on the two alone; who is on an article's shortlist depends on the set of articles alone.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from heapq import nsmallest
from typing import NamedTuple

from functions.core import keys
from functions.core.related.fingerprint import Signature
from functions.core.related.postings import Postings

PARTITIONS = 16
SHORTLIST = 20
LEAST = 40_000  # of 1,000,000 for an article and itself; what is further away is never among the best


def partition_of(upload_id: str) -> str:
    """Which of the archive's documents holds the signature of an article: fixed by its id."""
    return f"{int(keys.content_hash(upload_id.encode())[:8], 16) % PARTITIONS:02d}"


class Shortlist(NamedTuple):
    """The closest articles, closest first, and how close the last one is; 0 where there is room for more."""

    ids: list[str]
    edge: int


class Archive:
    """The signatures of the live articles, by id."""

    def __init__(self, signatures: Mapping[str, Signature] | None = None) -> None:
        self._shares: dict[str, dict[str, int]] = {}
        self._edges: dict[str, int] = {}
        self._excluded: dict[str, frozenset[str]] = {}
        self._pins: dict[str, tuple[str, ...]] = {}
        self._postings = Postings()
        self._numbers: dict[str, int] = {}
        self._ids: list[str] = []
        self._free: list[int] = []
        self._pinning: defaultdict[str, set[str]] = defaultdict(set)
        for upload_id, signature in (signatures or {}).items():
            self.put(upload_id, signature)

    def put(self, upload_id: str, signature: Signature | None, edge: int = 0) -> None:
        """Take in an article, or its new signature, or (None) take it out."""
        if (before := self._shares.pop(upload_id, None)) is not None:
            number = self._numbers.pop(upload_id)
            self._postings.remove(number, before)
            self._free.append(number)
        for pinned in self._pins.pop(upload_id, ()):
            self._pinning[pinned].discard(upload_id)
        self._excluded.pop(upload_id, None)
        if signature is None:
            return
        shares = self._shares[upload_id] = _shares(signature)
        self._edges[upload_id] = edge
        self._postings.put(self._number(upload_id), shares)
        self._pins[upload_id] = signature.pin
        for pinned in signature.pin:
            self._pinning[pinned].add(upload_id)
        if signature.exclude:
            self._excluded[upload_id] = frozenset(signature.exclude)

    def move_edge(self, upload_id: str, edge: int) -> None:
        """Take in how far away an article's shortlist ends now."""
        self._edges[upload_id] = edge

    def shortlist(self, upload_id: str, signature: Signature) -> Shortlist:
        """The articles closest to one: those among which its related box is chosen."""
        close = self._close(_shares(signature))
        without = {upload_id, *signature.exclude}
        places = ((-closeness, id_) for id_, closeness in close.items() if id_ not in without)
        nearest = nsmallest(SHORTLIST, places)
        return Shortlist([id_ for _, id_ in nearest], -nearest[-1][0] if len(nearest) == SHORTLIST else 0)

    def hosts_of(self, upload_id: str, signatures: Iterable[Signature]) -> frozenset[str]:
        """The articles on whose shortlist any of these signatures of one article may stand, or which pin it.

        Whoever changes a signature asks this after having stored it. So it suffices that each change tells those whose
        shortlist it enters or leaves: of two changes that meet, the later one sees the other.
        """
        hosts = set(self._pinning.get(upload_id, ()))
        for signature in signatures:
            close = self._close(_shares(signature))
            hosts.update(id_ for id_, closeness in close.items() if closeness >= self._edges[id_])
        return frozenset(id_ for id_ in hosts if id_ != upload_id and upload_id not in self._excluded.get(id_, ()))

    def _close(self, shares: Mapping[str, int]) -> dict[str, int]:
        """How close each article is that shares a term, if it is close enough."""
        return {self._ids[number]: closeness for number, closeness in self._postings.sums(shares, LEAST)}

    def _number(self, upload_id: str) -> int:
        """A small number for an article, perhaps one that another had."""
        if self._free:
            number = self._free.pop()
            self._ids[number] = upload_id
        else:
            number = len(self._ids)
            self._ids.append(upload_id)
        self._numbers[upload_id] = number
        return number


def _shares(signature: Signature) -> dict[str, int]:
    """The shares by term; the same word of two languages is two terms."""
    return {f"{signature.lang} {word}": share for word, share in signature.shares.items()}
