"""Records: what the press knows of uploads, read from the state bucket."""

from collections.abc import Iterable

from functions.core import keys
from functions.core.objects import Stored
from functions.core.record import Record
from functions.workflows.ports import State


def record_of(state: State, upload_id: str) -> Record | None:
    """The record of an upload; None where there is none."""
    return record_in(state.get(keys.record(upload_id)))


def records_of(state: State, upload_ids: Iterable[str]) -> list[Record]:
    """The records of those of the uploads that have one, each once, in the order asked for."""
    found = state.get_many([keys.record(id_) for id_ in dict.fromkeys(upload_ids)])
    return list(filter(None, map(record_in, found.values())))


def record_in(stored: Stored | None) -> Record | None:
    """The record that an object holds; None where there is no object."""
    return Record.model_validate_json(stored.body) if stored else None
