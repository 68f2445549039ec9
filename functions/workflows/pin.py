"""Pin: front.yaml of the inbox says which stories stand at the top of the front page."""

from collections.abc import Sequence
from datetime import UTC, datetime

from functions.core import keys
from functions.core.desk import Desk
from functions.core.errors import NotSettled, UploadRejected, WriteConflict
from functions.core.front_yaml import MAX_BYTES, decode_pins, parse_pins
from functions.core.groups import FRONT
from functions.core.objects import Condition, Stored
from functions.core.pins import Pins, PinsFile
from functions.core.problem import Problem
from functions.core.reading import GONE, Version
from functions.core.receipt import Receipt
from functions.workflows.dirty import mark
from functions.workflows.ports import Inbox, Press
from functions.workflows.receipts import answered, file_receipt, keep_receipt

_PASSES = 10


def pin(press: Press, desk: Desk) -> Receipt | None:
    """Take in the newest front.yaml; its receipt, None where there never was one. A bad one changes nothing."""
    for _ in range(_PASSES):
        stored = press.state.get(keys.PINS_STATE)
        versions = press.inbox.versions(keys.PINS_KEY) or _vanished(press, stored)
        if not versions:
            return None
        file, problems = read_pins(press.inbox, versions, desk)
        body, receipt = file.canonical(), file_receipt(keys.PINS_KEY, versions[0], problems)
        unchanged = stored is not None and stored.body == body
        if unchanged and answered(press, receipt):  # it is written last, so the front page has been told
            return receipt
        try:
            if not unchanged:
                press.state.put(keys.PINS_STATE, body, Condition(stored.etag if stored else None))
        except WriteConflict:
            continue
        mark(press, (FRONT,))
        keep_receipt(press, desk, receipt)
        return receipt
    raise NotSettled(keys.PINS_KEY)


def _vanished(press: Press, stored: Stored | None) -> Sequence[Version]:
    """A file that was in force and of which no version is left counts as deleted, unless the inbox itself is lost."""
    if stored is None or not press.inbox.versions(keys.SETTINGS_KEY):
        return ()
    return (Version(GONE, datetime.min.replace(tzinfo=UTC), deleted=True),)


def read_pins(inbox: Inbox, versions: Sequence[Version], desk: Desk) -> tuple[PinsFile, tuple[Problem, ...]]:
    """What these versions of front.yaml, newest first, amount to, and what is wrong with the newest."""
    problems: tuple[Problem, ...] = ()
    for version in versions:
        if version.deleted:
            break
        try:
            text = decode_pins(inbox.read(keys.PINS_KEY, version.ver, MAX_BYTES + 1), desk.zone, desk.phrases)
        except UploadRejected as rejected:
            problems = problems or rejected.problems
            continue
        return PinsFile(ver=versions[0].ver, text=text), problems
    return PinsFile(ver=versions[0].ver), problems


def pins_of(inbox: Inbox, desk: Desk) -> Pins:
    """The pins that an inbox says, for a rebuild."""
    versions = inbox.versions(keys.PINS_KEY)
    return parse_pins(read_pins(inbox, versions, desk)[0].text, desk.zone)[0] if versions else Pins()
