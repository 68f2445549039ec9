"""A receipt: what one upload did, told to the editor."""

from collections.abc import Collection, Sequence
from typing import Literal

from pydantic import AwareDatetime

from functions.core.model import Frozen
from functions.core.problem import Problem
from functions.core.reading import Reading, Resolution

Outcome = Literal["published", "refused", "held", "draft", "withdrawn", "stored"]
LiveFrom = Literal["upload", "hour", "image"]


class Receipt(Frozen):
    """The answer to one version of one inbox key; `url` is where readers find it, or would once it is due.

    `due` is the hour at which what is held appears. `suspended`: readers had the article, and have to do without it
    until then, or for as long as it is a draft. `stands`: it is not live, but an older version of it is.
    """

    key: str
    id: str
    ver: str
    outcome: Outcome
    url: str | None = None
    due: AwareDatetime | None = None
    suspended: Literal[True] | None = None
    stands: Literal[True] | None = None
    problems: tuple[Problem, ...] = ()


class Letter(Frozen):
    """A receipt as a message: the subject in ASCII, as Amazon SNS wants it, at most 99 characters."""

    subject: str
    text: str


def had_readers(history: Sequence[Reading]) -> bool:
    """Whether readers would have the article, had its newest version (the first of `history`) not come."""
    last = next((reading for reading in history[1:] if reading.exposed or reading.kind == "deleted"), None)
    return last is not None and last.exposed


def outcome_of(reading: Reading, resolution: Resolution, repeated: Collection[str] = ()) -> Outcome:
    """What became of the newest version of an article's key; those in `repeated` repeat another article."""
    if reading.kind == "accepted":
        return "published" if resolution.live == reading.ver else "refused" if reading.ver in repeated else "held"
    outcomes: dict[str, Outcome] = {"deleted": "withdrawn", "draft": "draft", "refused": "refused"}
    return outcomes[reading.kind]
