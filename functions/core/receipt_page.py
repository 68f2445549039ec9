"""A receipt as a page and as a letter: for the newsroom, in its language, and for nobody else."""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from functions.core.groups import Group
from functions.core.model import Frozen
from functions.core.problem import Problem
from functions.core.receipt import Letter, Outcome, Receipt
from functions.core.report import Report
from functions.core.templates import Templates

_TEMPLATE = "receipt.html"
_UNPRINTABLE = re.compile(r"[^ -~]")
_SUBJECT = 99


class ReceiptWords(Frozen):
    """The words of receipts in one language, from templates/locales/receipts.<language>.toml.

    `why` says, for each kind of group, why an upload concerns it.
    """

    outcome: dict[Outcome, str]
    label: dict[str, str]
    why: dict[str, str]
    what: dict[str, str]


class Place(Frozen):
    """A group, and why the upload concerns it."""

    group: str
    why: str


@dataclass(frozen=True)
class ReceiptPages:
    """Makes the pages of one newsroom's receipts from `template`, the text of templates/desk/receipt.html."""

    newsroom: str
    language: str
    direction: str
    words: ReceiptWords
    template: str

    @cached_property
    def _templates(self) -> Templates:
        return Templates({_TEMPLATE: self.template})

    def places(self, groups: Sequence[str]) -> tuple[Place, ...]:
        """The groups, each with the reason."""
        return tuple(Place(group=group, why=self.words.why[Group.parse(group).kind]) for group in groups)

    def page(
        self, receipt: Receipt, groups: Sequence[str], *, preview: str = "", report: Report | None = None
    ) -> bytes:
        """The page as it is known when the receipt is written, or with a report, later. `preview` is an address."""
        values = {
            "newsroom": self.newsroom,
            "language": self.language,
            "direction": self.direction,
            "label": self.words.label,
            "outcomes": self.words.outcome,
            "what": self.words.what,
            "outcome": self.words.outcome[receipt.outcome],
            "receipt": receipt,
            "places": self.places(groups),
            "preview": preview,
            "report": report,
        }
        return self._templates.render(_TEMPLATE, values).encode()

    def letter(self, receipt: Receipt) -> Letter:
        """The receipt as a message to whoever wants to be told."""
        subject = _UNPRINTABLE.sub("?", f"{receipt.outcome}: {receipt.key}")[:_SUBJECT]
        lines = [self.words.outcome[receipt.outcome], receipt.key, receipt.url, *map(self._line, receipt.problems)]
        return Letter(subject=subject, text="\n".join(filter(None, lines)) + "\n")

    def _line(self, problem: Problem) -> str:
        line = f"{self.words.label['line']} {problem.line}" if problem.line else None
        return "- " + " · ".join(filter(None, (line, problem.field, problem.reason)))


def parse_receipt_words(text: bytes) -> ReceiptWords:
    """The words from the bytes of their file."""
    return ReceiptWords.model_validate(tomllib.loads(text.decode()))
