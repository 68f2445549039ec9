"""Moves: which article an upload that has gone has become, when files are renamed."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from functions.core.record import Record
from functions.core.spelling import is_same

MOST = 30  # uploads looked at for one address, so that the work stays constant


class Move(NamedTuple):
    """Somebody who says, or has said in public, that it is what another upload has become; `path` while it is live and
    says so still.
    """

    id: str
    live: bool
    path: str | None


def move_of(record: Record, former: str) -> Move:
    """What a record has to say of an upload that it was `moved_from`."""
    claims_it = record.article is not None and is_same(record.article.moved_from, former)
    return Move(record.id, record.state == "live", record.path if claims_it else None)


def new_path(gone: str, movers: Callable[[str], Iterable[Move]]) -> str:
    """Where the addresses of an upload that is not live lead now; empty where nothing has taken its place.

    `movers` tells who says to be what an upload has become, newest first. Whoever is gone as well may have been renamed
    in its turn. Only a live article is an answer and only what has gone asks, so there is no chain of redirects, and no
    loop.
    """
    asked, seen = [gone], {gone}
    for former in asked:
        for move in movers(former):
            if move.path:
                return move.path
            if not move.live and move.id not in seen and len(seen) < MOST:
                seen.add(move.id)
                asked.append(move.id)
    return ""
