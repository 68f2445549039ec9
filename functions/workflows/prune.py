"""Prune: markers of places that their record does not claim are taken away."""

from collections.abc import Mapping
from contextlib import suppress

from functions.core import keys
from functions.core.errors import WriteConflict
from functions.core.objects import Condition
from functions.core.record import Record
from functions.workflows.ports import Press


def prune(press: Press, upload_id: str, standing: Mapping[str, str]) -> None:
    """Delete those of an upload's markers that its record does not claim.

    `standing` holds their ETags, read before this call: whoever claims a place again writes the record first and then a
    fresh nonce into the marker, so that a deletion that comes too late meets another ETag.
    """
    stored = press.state.get(keys.record(upload_id))
    record = Record.model_validate_json(stored.body) if stored else None
    claimed = {claim.marker(upload_id) for claim in record.ever} if record else set()
    for marker in sorted(standing.keys() - claimed):
        with suppress(WriteConflict):
            press.state.delete(marker, Condition(standing[marker]))
