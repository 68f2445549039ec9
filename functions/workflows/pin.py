"""Pin: front.yaml of the inbox says which stories stand at the top of the front page."""

from collections.abc import Sequence

from functions.core import keys
from functions.core.desk import Desk
from functions.core.entry import Entry
from functions.core.errors import NotSettled, UploadRejected, WriteConflict
from functions.core.groups import FRONT
from functions.core.objects import Condition
from functions.core.pins import MAX_BYTES, Pins, PinsFile, decode_pins, parse_pins
from functions.core.problem import Problem
from functions.core.reading import Version
from functions.core.receipt import Receipt
from functions.core.record import Record
from functions.core.settings import Settings
from functions.workflows.dirty import mark
from functions.workflows.keep import answered, keep_receipt
from functions.workflows.now import as_of
from functions.workflows.ports import Inbox, Press

_PASSES = 10


def pin(press: Press, desk: Desk) -> Receipt | None:
    """Take in the newest front.yaml; its receipt, None where there never was one. A bad one changes nothing."""
    for _ in range(_PASSES):
        stored = press.state.get(keys.PINS_STATE)
        versions = press.inbox.versions(keys.PINS_KEY)
        if not versions:
            return None
        file, problems = read_pins(press.inbox, versions, desk)
        body, receipt = file.canonical(), _receipt(versions[0], problems)
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


def pinned_entries(press: Press, settings: Settings) -> tuple[Entry, ...]:
    """The entries at the top of the front page now; a marker sees to it that they go when their time is over."""
    stored = press.state.get(keys.PINS_STATE)
    if stored is None:
        return ()
    pins, _ = parse_pins(PinsFile.model_validate_json(stored.body).text, settings.newsroom.zone)
    hour = as_of(press) if pins.until else None
    if pins.until and hour and pins.until > hour:
        press.state.put(keys.due(pins.until, keys.id_of(keys.PINS_KEY)), press.nonce().encode())
    found = press.state.get_many([keys.record(upload_id) for upload_id in pins.pinned])
    records = [Record.model_validate_json(each.body) for each in found.values() if each]
    return pins.entries({record.id: record.entry() for record in records}, hour)


def _receipt(newest: Version, problems: tuple[Problem, ...]) -> Receipt:
    outcome = "withdrawn" if newest.deleted else "refused" if problems else "stored"
    return Receipt(key=keys.PINS_KEY, id=keys.id_of(keys.PINS_KEY), ver=newest.ver, outcome=outcome, problems=problems)
