"""Pins: the stories that editors fix at the top of the front page, in the file front.yaml of the inbox."""

from collections.abc import Mapping
from datetime import datetime

from pydantic import AwareDatetime

from functions.core.entry import Entry
from functions.core.model import Frozen


class Pins(Frozen):
    """The ids of pinned uploads, the lead first, and the instant from which on they are pinned no more."""

    pinned: tuple[str, ...] = ()
    until: AwareDatetime | None = None

    def entries(self, entries: Mapping[str, Entry | None], as_of: datetime | None) -> tuple[Entry, ...]:
        """Those that are live at an hour, in their order; `entries` are by id, None for what is not live."""
        if self.until and as_of and self.until <= as_of:
            return ()
        return tuple(entry for upload_id in self.pinned if (entry := entries.get(upload_id)))


class PinsFile(Frozen):
    """What the press keeps of front.yaml: its newest version, and the text of the newest one that can be used."""

    ver: str
    text: str = ""
