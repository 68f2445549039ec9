"""Audit: who uploaded or deleted what, when, as S3 told it."""

import json
from collections.abc import Iterator
from urllib.parse import unquote_plus

from pydantic import AwareDatetime

from functions.core import keys
from functions.core.model import Frozen
from functions.core.receipt import Outcome

_GONE = "ObjectRemoved:Delete"  # of a version, for good: an erasure's, of which nothing is to be kept


class Deed(Frozen):
    """One version of an inbox key and whose work it is; `by` is S3's name of the principal, `source` an IP address."""

    key: str
    ver: str
    what: str
    by: str
    source: str
    at: AwareDatetime

    @property
    def place(self) -> str:
        """The state key at which it is kept."""
        return keys.audit(keys.id_of(self.key), self.ver)


class Past(Frozen):
    """One version in the history of an upload. `by` and `source` are empty where S3's event never came."""

    ver: str
    at: AwareDatetime
    deleted: bool
    outcome: Outcome | None = None
    reason: str = ""
    by: str = ""
    source: str = ""


class Erasure(Frozen):
    """What remains of an upload that was erased: that it was, by whom and why, and the code in its former addresses."""

    code: str
    versions: int
    at: AwareDatetime
    by: str
    reason: str


def deeds_of(body: str) -> Iterator[Deed]:
    """The versions of uploads, and of what is beside articles/, that an S3 event notification tells of; none where S3
    names none, or one that is gone.
    """
    for record in json.loads(body).get("Records", ()):
        about, what = record["s3"]["object"], record.get("eventName", "")
        key = unquote_plus(about["key"])
        if "versionId" in about and (key.startswith(keys.ARTICLES) or key in keys.BESIDE) and what != _GONE:
            yield Deed(
                key=key,
                ver=about["versionId"],
                what=what,
                by=record.get("userIdentity", {}).get("principalId", ""),
                source=record.get("requestParameters", {}).get("sourceIPAddress", ""),
                at=record["eventTime"],
            )
