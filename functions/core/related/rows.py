"""Rows: what the archive's documents hold of each live article, and their one form as bytes."""

from collections.abc import Mapping
from typing import NamedTuple

from pydantic import TypeAdapter

from functions.core.model import canonical_json
from functions.core.related.fingerprint import Signature

SIGNATURES = "signatures"  # the kind of these documents


class Row(NamedTuple):
    """One article. `stamp` is another one whenever anything changes that a box shows, or by which it is chosen.

    Nobody who is further away than `edge` is on its shortlist. It may be lower than it could be: then it is told of
    articles that are not for it; if it were higher, it would miss some that are.
    """

    signature: Signature
    stamp: str
    edge: int = 0


_ROWS = TypeAdapter(dict[str, Row])
NO_ROWS = b"{\n}"


def read_rows(body: bytes) -> dict[str, Row]:
    """The rows of a document, by article."""
    return _ROWS.validate_json(body)


def rows_body(rows: Mapping[str, Row]) -> bytes:
    """The document of rows: JSON with a line for each, sorted by how the ids are spelt."""
    lines = sorted(_head(id_) + canonical_json(row) for id_, row in rows.items())
    return b"{" + b",".join(lines) + b"\n}"


def with_row(body: bytes, upload_id: str, row: Row | None) -> bytes:
    """The document with another row for one article, or none: as `rows_body` has it, all other lines untouched."""
    head = _head(upload_id)
    start, end = _place(body, head)
    before, after = body[1:start].removesuffix(b","), body[end:-2].removeprefix(b",")
    line = head + canonical_json(row) if row else b""
    return b"{" + b",".join(filter(None, (before, line, after))) + b"\n}"


def _head(upload_id: str) -> bytes:
    """How the line of an article begins; nowhere else is there a line feed."""
    return b"\n" + canonical_json(upload_id) + b":"


def _place(body: bytes, head: bytes) -> tuple[int, int]:
    """Where the line with a head begins and ends in a document, or where it would stand."""
    low, high = 1, len(body) - 2  # where lines begin or end, all before the one sought and none before
    while low < high:
        start = body.rfind(b"\n", low, (low + high) // 2 + 1)
        start = low if start < 0 else start
        end = body.find(b"\n", start + 1, high)
        end = high if end < 0 else end
        found = body[start : start + len(head)]
        if found == head:
            return start, end - (body[end - 1 : end] == b",")
        low, high = (end, high) if found < head else (low, start)
    return low, low
