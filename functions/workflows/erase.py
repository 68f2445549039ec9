"""Erase: the law wants an upload gone. Of versions, records, receipts and pages nothing remains."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Protocol

from functions.core import keys
from functions.core.audit import Erasure
from functions.core.errors import NotSettled
from functions.core.groups import article_group, groups_of, related_group
from functions.core.objects import Condition
from functions.core.preview import preview_path
from functions.core.record import Record
from functions.core.related.subjects import CANDIDATES
from functions.core.spelling import spellings
from functions.workflows.dirty import mark
from functions.workflows.live import live_key
from functions.workflows.ports import Press
from functions.workflows.purge import purged_key
from functions.workflows.records import record_of
from functions.workflows.status import groups_waiting


class Shredder(Protocol):
    """What nothing else in the press can do."""

    def erase(self, key: str) -> int:
        """Every version of exactly this inbox key, for good; returns how many there were."""
        ...


def erase(press: Press, shredder: Shredder, upload_id: str, *, by: str, reason: str, now: datetime) -> Erasure | None:
    """Erase a withdrawn upload, and the images that it alone shows; None where the press has no record of it.

    Safe to repeat after a stop anywhere: the record goes last. Raises NotSettled unless the upload is withdrawn and no
    page waits to be rendered without it.
    """
    record = record_of(press.state, upload_id)
    if record is None:
        return None
    if record.state != "withdrawn":
        raise NotSettled(upload_id)
    if waiting := groups_waiting(press, record):
        press.queues.ask_renders({group: press.nonce() for group in waiting})  # their wake-ups may have been lost
        raise NotSettled(upload_id)
    uploads = (record.key, *_own_images(press, record))
    erasure = Erasure(code=keys.code_of(upload_id), versions=len(record.history), at=now, by=by, reason=reason)
    press.state.put(keys.erasure(erasure.code), erasure.canonical())
    for key in uploads:
        shredder.erase(key)
        for prefix in (keys.receipts(keys.id_of(key)), keys.audits(keys.id_of(key))):
            listed = (found.key for found in press.state.list(prefix))
            _delete_all(press, (name for name in listed if "/" not in name.removeprefix(prefix)))  # no upload's below
    _erase_pages(press, record)
    _delete_all(press, [*_traces(record), *_due(press, upload_id)])
    mark(press, set(groups_of(record)) - {article_group(upload_id), related_group(upload_id)})
    _delete_all(
        press, [keys.record(upload_id), keys.dirty(article_group(upload_id)), keys.dirty(related_group(upload_id))]
    )
    return erasure


def uploads_of(press: Press, upload_id: str) -> tuple[str, ...]:
    """The inbox keys that erasing an upload erases: its own, and those of the images that it alone shows."""
    record = record_of(press.state, upload_id)
    return (record.key, *_own_images(press, record)) if record else ()


def _own_images(press: Press, record: Record) -> list[str]:
    """The inbox keys of the images to which no other upload refers."""
    referred = dict.fromkeys(image for reading in (*record.history, *record.left) for image in reading.images)
    return [
        key
        for image in referred
        for key in spellings(image)
        if all(marker.key == keys.need(image, record.id) for marker in press.state.list(keys.needs(image)))
    ]


def _erase_pages(press: Press, record: Record) -> None:
    paths = [keys.site_key(path) for path in record.owned_paths]
    prefixes = [keys.image_prefix(record.id)]
    if seal := press.state.get(keys.SEAL_KEY):
        drafts = (preview_path(seal.body, record.id, reading.ver) for reading in record.history)
        prefixes += [path.removeprefix("/") for path in drafts]
    for prefix in prefixes:
        paths += [found.key for found in press.site.list(prefix)]
    for key, etag in press.site.etags(paths).items():
        press.site.delete(key, Condition(etag))


def _traces(record: Record) -> list[str]:
    """The state keys of markers and documents that name the upload. Its signature went when it was withdrawn."""
    claims = {*record.ever, *record.left_behind}
    images = {image for reading in (*record.history, *record.left) for image in reading.images}
    return [
        *(claim.marker(record.id) for claim in claims),
        *(keys.need(image, record.id) for image in images),
        *{keys.document(claim.kind, claim.value) for claim in claims},
        *(live_key(record.id, reading.ver) for reading in (*record.history, *record.left)),
        keys.draft(record.id),
        purged_key(record.id),
        keys.document(CANDIDATES, record.id),
    ]


def _due(press: Press, upload_id: str) -> Iterator[str]:
    """The markers of hours that it waited for or waits for: few are set at any time, and older versions set some."""
    return (found.key for found in press.state.list(keys.DUE) if keys.id_of_marker(found.key) == upload_id)


def _delete_all(press: Press, names: Iterable[str]) -> None:
    for key, stored in press.state.get_many(list(names)).items():
        if stored:
            press.state.delete(key, Condition(stored.etag))
