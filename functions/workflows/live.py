"""Live: from when on readers could have a version of an article, and when its page was first written."""

from contextlib import suppress
from datetime import datetime, timedelta
from typing import NamedTuple

from functions.core import keys
from functions.core.errors import WriteConflict
from functions.core.objects import Condition
from functions.core.reading import Reading
from functions.core.receipt import LiveFrom, Receipt
from functions.core.record import Record
from functions.core.spelling import spellings
from functions.workflows.ports import Press

_BELIEVED = timedelta(hours=1)  # what was first noted later than that had been live before anybody took notes
_SECOND = timedelta(seconds=1)  # S3 tells times to the second


class Start(NamedTuple):
    """What a version waited for last, and when that came."""

    at: datetime
    what: LiveFrom


def live_key(upload_id: str, ver: str) -> str:
    """The note that a version's page was written; the object's own time says when."""
    return keys.document("live", f"{ver}~{upload_id}")


def note_live(press: Press, record: Record) -> None:
    """Note that the page of the live version stands. The first note stays: pages are written again for others' sake."""
    if record.live_ver:
        with suppress(WriteConflict):
            press.state.put(live_key(record.id, record.live_ver), press.nonce().encode(), Condition(None))


def start_of(press: Press, reading: Reading) -> Start:
    """The upload, or its hour, or the arrival of its last image, whichever came last."""
    start = Start(reading.at, "upload")
    if reading.visible_from and reading.visible_from > start.at:
        start = Start(reading.visible_from, "hour")
    for image in reading.images:
        spelt = () if keys.file_around(image) else spellings(image)
        arrived = next(filter(None, (_arrival(press, key) for key in spelt)), None)
        if arrived and arrived > start.at:
            start = Start(arrived, "image")
    return start


def seconds_to_live(press: Press, upload_id: str, ver: str, start: datetime) -> int | None:
    """From the start until the version's page was first written; None while it was not, and where nobody noted it."""
    key = live_key(upload_id, ver)
    noted = next((found.modified for found in press.state.list(key) if found.key == key), None)
    if noted is None or not -_SECOND <= noted - start <= _BELIEVED:
        return None
    return max(0, round((noted - start).total_seconds()))


def _arrival(press: Press, image: str) -> datetime | None:
    """Since when there is an image that can be shown; a newer version of it changes nothing about that."""
    arrived = None
    for version in press.inbox.versions(image):
        if version.deleted:
            break
        if not _is_refused(press, image, version.ver):
            arrived = version.at
    return arrived


def _is_refused(press: Press, key: str, ver: str) -> bool:
    stored = press.state.get(keys.receipt(keys.id_of(key), ver))
    return stored is not None and Receipt.read(stored.body).outcome == "refused"
