"""Records: what the press knows of uploads, read from the state bucket."""

from collections.abc import Iterable

from functions.core import keys
from functions.core.record import Record
from functions.workflows.ports import State


def record_of(state: State, upload_id: str) -> Record | None:
    """The record of an upload; None where there is none."""
    stored = state.get(keys.record(upload_id))
    return Record.model_validate_json(stored.body) if stored else None


def records_of(state: State, upload_ids: Iterable[str]) -> list[Record]:
    """The records of those of the uploads that have one, each once, in the order asked for."""
    found = state.get_many([keys.record(id_) for id_ in dict.fromkeys(upload_ids)])
    return [Record.model_validate_json(stored.body) for stored in found.values() if stored]
