"""Records: what the press knows of uploads, read from the state bucket."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from functions.core import keys
from functions.core.errors import UnknownForm
from functions.core.objects import Stored
from functions.core.record import Record
from functions.workflows.ports import Press, State


def record_of(state: State, upload_id: str) -> Record | None:
    """The record of an upload; None where there is none."""
    return record_in(keys.record(upload_id), state.get(keys.record(upload_id)))


def records_of(state: State, upload_ids: Iterable[str]) -> list[Record]:
    """The records of those of the uploads that have one, each once, in the order asked for."""
    found = state.get_many([keys.record(id_) for id_ in dict.fromkeys(upload_ids)])
    return list(filter(None, map(record_in, found, found.values())))


def record_in(key: str, stored: Stored | None) -> Record | None:
    """The record that the object at a key holds; None where there is no object.

    Raises UnknownForm with the key: to go on without the record would take its article off the page in hand.
    """
    try:
        return Record.read(stored.body) if stored else None
    except UnknownForm as error:
        raise UnknownForm(key, key) from error


def legible(stored: Stored | None) -> Record | None:
    """The record that an object holds; None also where it cannot be read, for who sees to it that it is replaced."""
    try:
        return Record.read(stored.body) if stored else None
    except UnknownForm:
        return None


def legible_of(state: State, upload_ids: Iterable[str]) -> list[Record]:
    """As `records_of`, without those that cannot be read: for who lets no reader wait for another record."""
    found = state.get_many([keys.record(id_) for id_ in dict.fromkeys(upload_ids)])
    return list(filter(None, map(legible, found.values())))


@contextmanager
def mending(press: Press) -> Iterator[None]:
    """Ask for a record that cannot be read to be made anew from the inbox; what failed comes again, and finds it."""
    try:
        yield
    except UnknownForm as error:
        if error.key:
            press.queues.ask_again([keys.inbox_key(keys.id_of_record(error.key))])
        raise
