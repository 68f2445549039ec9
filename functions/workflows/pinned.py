"""Pinned: the stories that stand at the top of the front page now."""

from functions.core import keys
from functions.core.entry import Entry
from functions.core.pins import PinsFile
from functions.core.settings import Settings
from functions.workflows.now import as_of
from functions.workflows.ports import Press
from functions.workflows.records import records_of


def pinned_entries(press: Press, settings: Settings) -> tuple[Entry, ...]:
    """The entries at the top of the front page now; a marker sees to it that they go when their time is over."""
    stored = press.state.get(keys.PINS_STATE)
    if stored is None:
        return ()
    from functions.core.front_yaml import parse_pins  # noqa: PLC0415 - PyYAML: most renders are of no pinned front page

    pins, _ = parse_pins(PinsFile.read(stored.body).text, settings.newsroom.zone)
    hour = as_of(press) if pins.until else None
    if pins.until and hour and pins.until > hour:
        press.state.put(keys.due(pins.until, keys.id_of(keys.PINS_KEY)), press.nonce().encode())
    return pins.entries({record.id: record.entry() for record in records_of(press.state, pins.pinned)}, hour)
