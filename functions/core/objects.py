"""Objects of a bucket, as workflows and adapters speak of them."""

import hashlib
from datetime import datetime
from typing import NamedTuple


class Stored(NamedTuple):
    """An object as read."""

    body: bytes
    etag: str


class Listed(NamedTuple):
    """An object as LIST shows it."""

    key: str
    etag: str
    modified: datetime


class Condition(NamedTuple):
    """What must be true for a write to happen: the object has this ETag, or (None) there is no object."""

    etag: str | None


def etag_of(body: bytes) -> str:
    """The ETag that S3 gives an object written in one part: its MD5, in quotes."""
    return f'"{hashlib.md5(body, usedforsecurity=False).hexdigest()}"'
