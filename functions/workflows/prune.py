"""Prune: markers of places that their record does not claim are taken away."""

from collections.abc import Mapping

from functions.core.errors import WriteConflict
from functions.core.objects import Condition
from functions.workflows.ports import Press
from functions.workflows.records import record_of


def prune(press: Press, upload_id: str, standing: Mapping[str, str]) -> None:
    """Delete those of an upload's markers that its record does not claim.

    `standing` holds their ETags, read before this call: whoever claims a place again writes the record first and then a
    fresh nonce into the marker, so that a deletion that comes too late meets another ETag.

    Raises WriteConflict where S3 refused a deletion and the marker is what it was: it has to be done again.
    """
    record = record_of(press.state, upload_id)
    for marker in sorted(standing.keys() - (record.markers if record else ())):
        try:
            press.state.delete(marker, Condition(standing[marker]))
        except WriteConflict:
            if _stands(press, marker, standing[marker]):
                raise


def _stands(press: Press, marker: str, etag: str) -> bool:
    """Whether nothing has changed: S3 may also say 409, and what a list knows by this ETag would count as true."""
    stored = press.state.get(marker)
    return stored is not None and stored.etag == etag
