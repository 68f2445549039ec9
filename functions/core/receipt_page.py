"""A receipt as a page and as a letter: for the newsroom, in its language, and for nobody else."""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

from functions.core.dates import Dates
from functions.core.files import kind_of
from functions.core.groups import Group
from functions.core.model import Frozen
from functions.core.problem import Problem
from functions.core.receipt import Letter, Outcome, Receipt
from functions.core.templates import Templates

if TYPE_CHECKING:
    from functions.core.report import Report  # of whoever asks later, never of an upload that comes in

_TEMPLATE = "receipt.html"
_UNPRINTABLE = re.compile(r"[^ -~]")
_SUBJECT = 99
_NEXT: Mapping[Outcome, str] = {"refused": "again", "draft": "drafted"}
_GONE = {"article": "renamed", "image": "image_gone"}
_LOOSE = re.compile("(?<=«) | (?=[»:;?!])")


class ReceiptWords(Frozen):
    """The words of receipts in one language, from templates/locales/receipts.<language>.toml.

    `why` says, for each kind of group, why an upload concerns it. `when` is how an hour is written, in `str.format`'s
    form: {Weekday} and {Month} are the calendar's own names, {weekday} and {month} the same in small letters.
    """

    when: str
    outcome: dict[Outcome, str]
    label: dict[str, str]
    why: dict[str, str]
    what: dict[str, str]


class Headed(NamedTuple):
    """Problems of one sort, under their heading."""

    heading: str
    problems: tuple[Problem, ...]


class Place(Frozen):
    """A group, and why the upload concerns it."""

    group: str
    why: str


@dataclass(frozen=True)
class ReceiptPages:
    """Makes the pages of one newsroom's receipts from `template`, the text of templates/desk/receipt.html.

    `fields` are the newsroom's own names of fields, `compiled` what the build made of the template.
    """

    newsroom: str
    zone: ZoneInfo
    dates: Dates
    words: ReceiptWords
    fields: Mapping[str, str]
    template: str
    compiled: Mapping[str, bytes]

    @cached_property
    def _templates(self) -> Templates:
        return Templates({_TEMPLATE: self.template}, self.compiled)

    def when(self, instant: datetime) -> str:
        """An instant in the newsroom's time and language: `dimanche 29 novembre 2026 à 01:00`."""
        at, calendar = instant.astimezone(self.zone), self.dates.calendar
        weekday, month = calendar.weekdays[at.weekday()], calendar.months[at.month - 1]
        return self.words.when.format(
            Weekday=weekday,
            weekday=weekday.lower(),
            day=self.dates.day_number(at.day),
            Month=month,
            month=month.lower(),
            year=at.year,
            hour=f"{at:%H:%M:%S}" if at.second else f"{at:%H:%M}",
        )

    def said(self, receipt: Receipt) -> Iterator[str]:
        """What there is to know beside the outcome and its problems: the hour, what readers get, what to do."""
        if receipt.due:
            yield self.words.label["due"].format(when=self.when(receipt.due))
        if receipt.suspended:
            yield self.words.label["suspended_until_due" if receipt.due else "suspended"]
        if receipt.stands:
            yield self.words.label["stands"]
        if receipt.outcome == "withdrawn" and (gone := _GONE.get(kind_of(receipt.key))):
            yield self.words.label[gone].format(id=receipt.id)
        if receipt.outcome in _NEXT:
            yield self.words.label[_NEXT[receipt.outcome]]

    def field(self, name: str) -> str:
        """The newsroom's name of a field."""
        return self.fields.get(name, name)

    def told(self, receipt: Receipt) -> tuple[Headed, ...]:
        """The problems: what the article waits for, what has to be mended, and what is only worth knowing."""
        sorts: dict[str, list[Problem]] = {"awaited": [], "problems": [], "notices": []}
        for problem in receipt.problems:
            awaited = receipt.outcome == "held" and problem.code == "missing_image"
            sorts["notices" if problem.severity == "notice" else "awaited" if awaited else "problems"].append(problem)
        return tuple(Headed(self.words.label[sort], tuple(found)) for sort, found in sorts.items() if found)

    def places(self, groups: Sequence[str]) -> tuple[Place, ...]:
        """The groups, each with the reason."""
        return tuple(Place(group=group, why=self.words.why[Group.parse(group).kind]) for group in groups)

    def page(
        self, receipt: Receipt, groups: Sequence[str], *, preview: str = "", report: "Report | None" = None
    ) -> bytes:
        """The page as it is known when the receipt is written, or with a report, later. `preview` is an address."""
        values = {
            "newsroom": self.newsroom,
            "language": self.dates.language,
            "direction": self.dates.direction,
            "label": self.words.label,
            "outcomes": self.words.outcome,
            "what": self.words.what,
            "outcome": self.words.outcome[receipt.outcome],
            "receipt": receipt,
            "said": self.said(receipt),
            "told": self.told(receipt),
            "when": self.when,
            "field": self.field,
            "tied": _tied,
            "places": self.places(groups) if receipt.outcome == "published" else (),
            "preview": preview,
            "report": report,
        }
        return self._templates.render(_TEMPLATE, values).encode()

    def letter(self, receipt: Receipt) -> Letter:
        """The receipt as a message to whoever wants to be told."""
        subject = _UNPRINTABLE.sub("?", f"{receipt.outcome}: {receipt.key}")[:_SUBJECT]
        lines = [self.words.outcome[receipt.outcome], receipt.key, *self.said(receipt), self._address(receipt)]
        lines += map(self._line, receipt.problems)
        return Letter(subject=subject, text="\n".join(filter(None, lines)) + "\n")

    def _address(self, receipt: Receipt) -> str:
        if receipt.url is None or receipt.outcome == "refused":
            return ""
        return receipt.url if receipt.outcome == "published" else f"{self.words.label['will_be_at']} · {receipt.url}"

    def _line(self, problem: Problem) -> str:
        line = f"{self.words.label['line']} {problem.line}" if problem.line else None
        field = self.field(problem.field) if problem.field else None
        return "- " + " · ".join(filter(None, (line, field, problem.reason)))


def _tied(sentence: str) -> str:
    """A sentence of which no line ends within its quotation marks or before a sign."""
    return _LOOSE.sub("\u00a0", sentence)


def parse_receipt_words(text: bytes) -> ReceiptWords:
    """The words from the bytes of their file."""
    return ReceiptWords.model_validate(tomllib.loads(text.decode()))
