"""A receipt: what one upload did, told to the editor."""

from collections.abc import Collection
from typing import Literal

from functions.core.model import Frozen
from functions.core.problem import Problem
from functions.core.reading import Reading, Resolution

Outcome = Literal["published", "refused", "held", "draft", "withdrawn", "stored"]


class Receipt(Frozen):
    """The answer to one version of one inbox key; `url` is where readers find it, or would once it is due."""

    key: str
    id: str
    ver: str
    outcome: Outcome
    url: str | None = None
    problems: tuple[Problem, ...] = ()


class Letter(Frozen):
    """A receipt as a message: the subject in ASCII, as Amazon SNS wants it, at most 99 characters."""

    subject: str
    text: str


def outcome_of(reading: Reading, resolution: Resolution, repeated: Collection[str] = ()) -> Outcome:
    """What became of the newest version of an article's key; those in `repeated` repeat another article."""
    if reading.kind == "accepted":
        return "published" if resolution.live == reading.ver else "refused" if reading.ver in repeated else "held"
    outcomes: dict[str, Outcome] = {"deleted": "withdrawn", "draft": "draft", "refused": "refused"}
    return outcomes[reading.kind]
