"""A manuscript: an upload of any format, taken apart into what its fields say and HTML that is not yet safe."""

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from itertools import islice
from typing import NamedTuple
from urllib.parse import unquote

from functions.core.header import front_matter
from functions.core.header.fields import contract_name
from functions.core.mistakes import MAX_PROBLEMS, Mistake
from functions.core.unseen import CONTROLS

_BARE = re.compile(r"[\s’'«»“”\"]+")
MAX_TAGS = 50_000  # a long article has 2,000
NO_LINE = 0  # a format without lines has told of none: receipts then name no line


class Mention(NamedTuple):
    """An address as written, of a link or an image, and its line in the file."""

    url: str
    line: int


class Source:
    """Where the addresses of a text stand, to name the line of a mistake; looked for only when there is one."""

    def __init__(self, mentions: Callable[[], Iterable[Mention]]) -> None:
        self._mentions = mentions
        self._visits: Counter[str] = Counter()

    def visit(self, url: str) -> None:
        """Counts a mention, so that the line of the second one is not that of the first."""
        self._visits[url] += 1

    @cached_property
    def _lines(self) -> Mapping[str, list[int]]:
        lines = defaultdict(list)
        for mention in self._mentions():
            lines[unquote(mention.url)].append(mention.line)
        return lines

    def line_of(self, url: str) -> int | None:
        """The line of the mention last visited; None where the text spells the address in its own way."""
        lines = self._lines.get(unquote(url), [])
        return lines[min(self._visits[url], len(lines)) - 1] if lines else None


class Manuscript(NamedTuple):
    """`header` is None if it cannot be read; `place` is the inbox key of an image's address, or raises BadPlace.

    `first_line` is that of the body in the file, None in a format without lines. `pictures_inside`: its images are in
    the file itself, and have no names that an editor would know.
    """

    header: front_matter.Mapping | None
    html: str
    first_line: int | None
    source: Source
    place: Callable[[str], str]
    pictures_inside: bool = False


class Row(NamedTuple):
    """One field outside YAML: a name such as `image.alt` or `corrections.1.text`, its value and its line."""

    name: str
    value: str
    line: int


def tree_of(rows: Iterable[Row], line: int = 1) -> front_matter.Mapping:
    """The rows as front matter would hold them: dots lead into a mapping, numbers into a list."""
    flat: list[tuple[front_matter.Scalar, front_matter.Node]] = []
    below: dict[str, list[Row]] = {}
    for row in rows:
        name, dot, rest = row.name.partition(".")
        if dot and row.name.count(".") < front_matter.MAX_DEPTH:
            below.setdefault(name, []).append(row._replace(name=rest))
        else:
            flat.append((front_matter.Scalar(row.name, row.line), front_matter.Scalar(row.value, row.line)))
    for name, inner in below.items():
        flat.append((front_matter.Scalar(name, inner[0].line), _node_of(inner)))
    return front_matter.Mapping(tuple(flat), line)


def _node_of(rows: list[Row]) -> front_matter.Node:
    tree = tree_of(rows, rows[0].line)
    if not all(name.text.isdecimal() for name, _ in tree.entries):
        return tree
    ordered = sorted(tree.entries, key=lambda entry: int(entry[0].text[:9]))
    return front_matter.Sequence(tuple(node for _, node in ordered), tree.line)


def title_of(tree: front_matter.Mapping | None) -> str | None:
    """The title that a header says."""
    entries = tree.entries if tree else ()
    said = (node for name, node in entries if contract_name(name.text) == "title")
    return next((node.text for node in said if isinstance(node, front_matter.Scalar)), None)


def is_same_line(headline: str, title: str | None) -> bool:
    """Whether a headline says the title once more, in whichever quotation marks and blanks."""
    return bool(headline and title) and _signs(headline) == _signs(title or "")


def _signs(line: str) -> str:
    return _BARE.sub("", line).casefold()


def note_controls(text: str, first_line: int | None, mistakes: list[Mistake]) -> None:
    """Adds a mistake for every control character that no text has."""
    for control in islice(CONTROLS.finditer(text), MAX_PROBLEMS):
        line = None if first_line is None else first_line + text.count("\n", 0, control.start())
        mistakes.append(Mistake("control_character", "body", line, control[0]))


def line_ends(text: str) -> list[int]:
    """Where the lines of a text end: `bisect_left` in it counts the lines before a place."""
    return [match.start() for match in re.finditer("\n", text)]


def line_at(ends: list[int], place: int) -> int:
    """The line of a place, from 1."""
    return bisect_left(ends, place) + 1
