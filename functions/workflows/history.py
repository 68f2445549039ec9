"""History: every version of an upload, who made it, and what became of it. The log is only ever added to."""

from collections.abc import Iterable
from contextlib import suppress

from functions.core import keys
from functions.core.audit import Deed, Past
from functions.core.errors import WriteConflict
from functions.core.objects import Condition
from functions.workflows.ports import Press
from functions.workflows.receipts import receipt_of
from functions.workflows.records import record_of


def remember(press: Press, deeds: Iterable[Deed]) -> None:
    """Keep who did what. The first word on a version stands, however often S3 repeats itself."""
    for deed in deeds:
        with suppress(WriteConflict):
            press.state.put(deed.place, deed.canonical(), Condition(None))


def history_of(press: Press, upload_id: str) -> tuple[Past, ...]:
    """Every version of an upload, or of newsroom.toml or front.yaml, newest first; none of what was never uploaded, or
    was erased.
    """
    key = keys.named(upload_id)
    record = record_of(press.state, upload_id)
    reasons = {reading.ver: reading.reason for reading in record.history} if record else {}
    found = []
    for version in press.inbox.versions(key):
        answer = receipt_of(press, key, version.ver)
        kept = press.state.get(keys.audit(keys.id_of(key), version.ver))
        deed = Deed.read(kept.body) if kept else None
        found.append(
            Past(
                ver=version.ver,
                at=version.at,
                deleted=version.deleted,
                outcome=answer.outcome if answer else None,
                reason=reasons.get(version.ver, ""),
                by=deed.by if deed else "",
                source=deed.source if deed else "",
            )
        )
    return tuple(found)
