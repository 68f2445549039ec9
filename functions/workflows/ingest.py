"""Ingest: an upload becomes a record, markers, and dirty flags, in the order that the protocol asks for."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from functions.core import keys
from functions.core.desk import Desk
from functions.core.errors import NotSettled, WriteConflict
from functions.core.files import kind_of
from functions.core.groups import ages_out, groups_of
from functions.core.objects import Condition, Stored
from functions.core.reading import GONE, Version
from functions.core.receipt import Receipt
from functions.core.record import Record
from functions.core.settings import Settings
from functions.workflows.dirty import mark
from functions.workflows.drafts import keep_draft
from functions.workflows.duplicates import compare_again, comparing
from functions.workflows.editing import Beyond, Edited, Editor, edit
from functions.workflows.follow import groups_upstream
from functions.workflows.intake import flag_part
from functions.workflows.now import advance, as_of, current_build
from functions.workflows.pictures import Seen, look_at_images
from functions.workflows.ports import Press
from functions.workflows.prune import prune
from functions.workflows.receipts import (
    article_receipt,
    asset_receipt,
    keep_receipt,
    put_receipt_page,
    superseded_receipts,
    tell,
)
from functions.workflows.records import legible
from functions.workflows.remind import remind

DeskOf = Callable[[Settings], Desk]
_PASSES = 10


def ingest(press: Press, desk_of: DeskOf, key: str, now: datetime) -> Receipt | None:
    """Take in whatever the inbox now holds at `key`; the newest version's receipt, None for no upload."""
    if key == keys.PINS_KEY:
        from functions.workflows.pin import pin  # noqa: PLC0415 - for front.yaml alone, which seldom changes

        return pin(press, desk_of(current_build(press).settings))
    if key == keys.INTAKE_KEY:
        flag_part(press)
    if not key.startswith(keys.ARTICLES):
        return None
    kind = kind_of(key) if keys.is_natural(key) else "other"
    if kind == "article":
        return _ingest_article(press, desk_of, key, now)
    build = current_build(press)
    receipt = None
    if newest := next(iter(press.inbox.versions(key)), None):
        editor = Editor(press.inbox, desk_of(build.settings), build)
        receipt = asset_receipt(editor, key, newest)
        keep_receipt(press, editor.desk, receipt)
    if kind == "image":  # also one of which no version is left
        needs = keys.needs(key)
        press.queues.ask_ingests(keys.inbox_key(each.key.removeprefix(needs)) for each in press.state.list(needs))
    return receipt


def _ingest_article(press: Press, desk_of: DeskOf, key: str, now: datetime) -> Receipt | None:
    for _ in range(_PASSES):
        stored = press.state.get(keys.record(keys.id_of(key)))
        previous = legible(stored)
        versions = press.inbox.versions(key) or _vanished(press, previous)
        if not versions:
            return None
        answered = _answered(press, previous, versions[0])
        build = current_build(press)
        editor = Editor(press.inbox, desk_of(build.settings), build)
        edited = _edit(press, editor, key, versions, previous, now)
        if edited is None:
            continue
        known = [reading.ver for reading in previous.history] if previous else ()
        for receipt in superseded_receipts(edited, known, build):
            keep_receipt(press, editor.desk, receipt)
        record = edited.record.succeeding(previous) if previous else edited.record
        receipt = article_receipt(edited, build)
        try:
            _replace(press, keys.record(record.id), record.canonical(), stored)
            _announce(press, record, edited.as_of)
            compare_again(press, record)
            if record.due:
                remind(press, key, record.due, now)
            tell(press, editor.desk, receipt)
            _replace(press, keys.receipt(receipt.id, receipt.ver), receipt.canonical(), answered)
            put_receipt_page(press, editor.desk, receipt, groups_of(record), keep_draft(press, editor, record, now))
        except WriteConflict:
            continue
        if _stands(press, record):
            return receipt
    raise NotSettled(key)


def _vanished(press: Press, previous: Record | None) -> Sequence[Version]:
    """An upload of which no version is left counts as deleted, as where an older state brings back what was erased.

    One that was withdrawn and is being erased is on its way out. An inbox without even settings is lost itself: no page
    goes with it.
    """
    if previous is None or not press.inbox.versions(keys.SETTINGS_KEY) or _is_being_erased(press, previous):
        return ()
    return (Version(GONE, previous.history[0].at, deleted=True),)


def _is_being_erased(press: Press, record: Record) -> bool:
    if record.state != "withdrawn" or record.ver == GONE:
        return False
    return press.state.get(keys.erasure(keys.code_of(record.id))) is not None


def _answered(press: Press, previous: Record | None, newest: Version) -> Stored | None:
    """The receipt of the newest version, which has none while the record knows only older ones."""
    if previous is None or previous.ver != newest.ver:
        return None
    return press.state.get(keys.receipt(previous.id, newest.ver))


def _edit(
    press: Press, editor: Editor, key: str, versions: Sequence[Version], previous: Record | None, now: datetime
) -> Edited | None:
    """The new record; None when the press's clock was behind the upload's own hour and had to be moved first."""
    upload_id = keys.id_of(key)
    known = previous.pictures if previous and previous.build == editor.build.id else ()

    def look(images: Sequence[str]) -> Mapping[str, Seen]:
        # The marker first: an image that arrives after we looked must find out who is waiting for it.
        awaited = [image for image in images if not keys.file_around(image)]
        press.state.put_many({keys.need(image, upload_id): press.nonce().encode() for image in awaited})
        return look_at_images(press.inbox, editor.desk, images, known)

    standing = as_of(press) or advance(press, now)
    edited = edit(editor, key, versions, as_of=standing, beyond=Beyond(look, comparing(press)), previous=previous)
    if edited.record.due and edited.record.due <= now:
        advance(press, now)
        return None
    return edited


def _replace(press: Press, key: str, body: bytes, stored: Stored | None) -> None:
    """Write what was derived from inputs that are younger than `stored`, if it is anything new."""
    if stored is None or body != stored.body:
        press.state.put(key, body, Condition(stored.etag if stored else None))


def _announce(press: Press, record: Record, hour: datetime) -> None:
    """Markers, then flags. Runs even when the record was up to date: that is how a crash is recovered from.

    All markers carry one fresh nonce, so that whoever reads the record once knows it under every one of them.
    """
    nonce = press.nonce().encode()
    over = ages_out(record, hour)
    markers = (*record.markers, keys.due(over, record.id)) if over else record.markers
    press.state.put_many(dict.fromkeys(markers, nonce))
    if record.left_behind:
        found = press.state.get_many([claim.marker(record.id) for claim in record.left_behind])
        prune(press, record.id, {marker: stored.etag for marker, stored in found.items() if stored})
    mark(press, (*groups_of(record), *groups_upstream(press, record)), record.ver, _page_first(record))


def _page_first(record: Record) -> str:
    """The article whose page comes before the lists that lead to it; what leaves the site leaves its lists at once."""
    return record.id if record.state == "live" else ""


def _stands(press: Press, record: Record) -> bool:
    """Whether the record is still ours: one with the same message may have replaced it, and died before telling."""
    stored = press.state.get(keys.record(record.id))
    return stored is not None and stored.body == record.canonical()
