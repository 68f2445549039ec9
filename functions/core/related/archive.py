"""The archive as the related engine looks through it: who finds which terms salient, in documents of many articles.

Two articles are close where the shares of the terms that both find salient, multiplied and summed, are high. Closeness
is a whole number and depends on the two alone; who is on an article's shortlist depends on the set of articles alone.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from functions.core import keys
from functions.core.related.fingerprint import Signature
from functions.core.related.index import asked_by
from functions.core.related.postings import Postings
from functions.core.related.rows import LEAST, Row
from functions.core.related.volume import Volume

PARTITIONS = 16
SHORTLIST = 20


def document_of(upload_id: str) -> str:
    """Which of the archive's documents holds an article: fixed by its id."""
    return f"{keys.POSTINGS}{int(keys.content_hash(upload_id.encode())[:8], 16) % PARTITIONS:02d}.bin"


class Shortlist(NamedTuple):
    """The closest articles, closest first, and how close the last one is; as far as can be where there is room."""

    ids: list[str]
    edge: int


class Archive:
    """All live articles."""

    def __init__(self, volumes: Sequence[Volume]) -> None:
        self._volumes = volumes

    @classmethod
    def of(cls, signatures: Mapping[str, Signature], edges: Mapping[str, int] | None = None) -> "Archive":
        """The archive of these articles; where the shortlists end counts for `hosts_of` alone."""
        rows = {id_: Row("", (edges or {}).get(id_, LEAST)) for id_ in signatures}
        return cls([Volume(Postings.of({id_: (rows[id_], each) for id_, each in signatures.items()}))])

    def shortlist(self, upload_id: str, signature: Signature) -> Shortlist:
        """The articles closest to one: those among which its related box is chosen."""
        asked, without = asked_by(signature), {upload_id, *signature.exclude}
        nearest: list[tuple[int, str]] = []
        edge = LEAST
        for volume in self._volumes:
            found = volume.closest(asked, edge, SHORTLIST + len(without))
            nearest = sorted([*nearest, *(each for each in found if each[1] not in without)])[:SHORTLIST]
            edge = -nearest[-1][0] if len(nearest) == SHORTLIST else LEAST
        return Shortlist([id_ for _, id_ in nearest], edge)

    def hosts_of(self, upload_id: str, signatures: Iterable[Signature]) -> frozenset[str]:
        """The articles on whose shortlist any of these signatures of one article may stand, or which pin it.

        Whoever changes a signature asks this after having stored it. So it suffices that each change tells those whose
        shortlist it enters or leaves: of two changes that meet, the later one sees the other. By a signature of other
        code nobody has chosen who is printed by this one.
        """
        asked = [asked_by(each) for each in signatures if each.is_ours]
        hosts = {id_ for each in asked for volume in self._volumes for id_ in volume.hosts(each)}
        wishes = [wish for volume in self._volumes for wish in volume.postings.wishes.items()]
        hosts.update(id_ for id_, (pin, _) in wishes if upload_id in pin)
        return frozenset(hosts - {upload_id} - {id_ for id_, (_, exclude) in wishes if upload_id in exclude})
