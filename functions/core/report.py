"""A report: a receipt, and what is known by now of what became of the upload."""

from typing import Literal

from pydantic import AwareDatetime

from functions.core.model import Frozen
from functions.core.receipt import LiveFrom, Outcome, Receipt


class Touched(Frozen):
    """A site object of the upload's groups: `written` when it came, `unchanged`, or `deleted`: there was one.

    `rewritten` since, for whatever reason: whether it was written for the upload too cannot be told any more.
    """

    key: str
    what: Literal["written", "rewritten", "unchanged", "deleted"]


class Box(Frozen):
    """A place in a related box. `id` is the other article: how close the two are, and the terms that say so."""

    id: str
    score: float
    terms: tuple[str, ...]


class Absent(Frozen):
    """An upload that a field of the header names and that readers do not have: perhaps it is still to come."""

    field: Literal["related.pin", "related.exclude", "translation_of", "moved_from"]
    id: str


class Told(Frozen):
    """One version of the upload, as its history has it."""

    ver: str
    at: AwareDatetime
    outcome: Outcome


class Report(Frozen):
    """What a receipt cannot say on the spot.

    `live_after` is in seconds, to the second, as S3 tells times: from what the upload waited for last (`live_from`: its
    own coming, its hour or its image) until its page was first written.

    `preview` is the site path of a draft's preview, empty where there is none. `groups` are those that may show the
    upload, `waiting_for` those of them that are still to be rendered, `versions` all of the upload's, newest first.
    `boxes` are the related boxes that show it, `related` is what its own shows, `absent` what its header names in vain.
    `calls` and `usd` are estimates.
    """

    receipt: Receipt
    uploaded_at: AwareDatetime
    live_after: int | None
    live_from: LiveFrom
    preview: str
    groups: tuple[str, ...]
    waiting_for: tuple[str, ...]
    objects: tuple[Touched, ...]
    boxes: tuple[Box, ...]
    related: tuple[Box, ...]
    absent: tuple[Absent, ...]
    versions: tuple[Told, ...]
    calls: int
    usd: float
