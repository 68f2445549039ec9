"""Rows: what the archive's documents hold of each live article, and their one form as bytes."""

from collections.abc import Mapping
from typing import NamedTuple

from pydantic import TypeAdapter

from functions.core.model import canonical_json
from functions.core.related.fingerprint import Signature

SIGNATURES = "sig"  # the kind of these documents


class Row(NamedTuple):
    """One article. `stamp` is another one whenever anything changes that a box shows, or by which it is chosen.

    Nobody who is further away than `edge` is on its shortlist. It may be lower than it could be: then it is told of
    articles that are not for it; if it were higher, it would miss some that are.
    """

    signature: Signature
    stamp: str
    edge: int = 0


_ROWS = TypeAdapter(dict[str, Row])


def read_rows(body: bytes) -> dict[str, Row]:
    """The rows of a document, by article."""
    return _ROWS.validate_json(body)


def rows_body(rows: Mapping[str, Row]) -> bytes:
    """The document of rows."""
    return canonical_json(rows)
