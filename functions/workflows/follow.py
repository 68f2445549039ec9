"""Follow: where the addresses of an upload that has gone lead, and whose addresses lead to an upload."""

from collections.abc import Iterator

from functions.core import keys
from functions.core.claims import moved
from functions.core.groups import article_group
from functions.core.moves import MOST, Move, move_of, new_path
from functions.core.record import Record
from functions.core.spelling import spellings
from functions.workflows.ports import Press
from functions.workflows.records import record_of, records_of


def follow(press: Press, upload_id: str) -> str:
    """The path that the addresses of an upload that is not live lead to; empty where it has not moved."""

    def movers(former: str) -> Iterator[Move]:
        listed = (keys.id_of_marker(marker.key) for marker in press.state.list(keys.markers(*moved(former))))
        return (move_of(record, former) for record in records_of(press.state, listed))

    return new_path(upload_id, movers)


def groups_upstream(press: Press, record: Record) -> tuple[str, ...]:
    """The article groups of all uploads whose addresses may lead to this one, over others that have gone.

    To be read once the record and its markers are written: of two links of a chain that are made at one moment, whoever
    writes later sees the other.
    """
    asked = [id_ for former in record.moved_from for id_ in spellings(former)]
    seen = {record.id, *asked}
    for former in asked:
        earlier = record_of(press.state, former)
        before = (id_ for name in earlier.moved_from for id_ in spellings(name)) if earlier else ()
        fresh = [id_ for id_ in before if id_ not in seen and len(seen) < MOST]
        seen.update(fresh)
        asked.extend(fresh)
    return tuple(map(article_group, asked))
