"""A form: typed answers out of one mapping of the header, and every mistake on the way."""

import difflib
import html as entities
import re
import string
import unicodedata
from collections.abc import Iterable
from collections.abc import Mapping as ByName
from collections.abc import Sequence as Several
from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from functions.core.header import instants
from functions.core.header.front_matter import Mapping, Node, Scalar, Sequence
from functions.core.mistakes import MAX_PROBLEMS, Mistake
from functions.core.unseen import DIRECTIONS, UNSEEN, without_unseen

_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")
_EDGES = string.whitespace + UNSEEN + DIRECTIONS
_NO_DIRECTIONS = str.maketrans("", "", DIRECTIONS)
SEPARATORS = re.compile("[,،;؛]")
_QUOTED = re.compile("([\"']).*\\1", re.DOTALL)
_ENTITY = re.compile("&(?:#[0-9]{1,6}|#[xX][0-9a-fA-F]{1,5}|[a-zA-Z]{2,8}[0-9]{0,2});")
_MARKED = re.compile(r"<(a|b|cite|em|font|i|p|small|span|strong|sub|sup|u)\b[^<>]*>([^<>]*)</\1>", re.IGNORECASE)
_MOST_MARKS = 4  # inside one another
_FLAGS = {"true": True, "oui": True, "yes": True, "false": False, "non": False, "no": False}


class Text(NamedTuple):
    """One line of text and where it stood; `exact` is for keys (see spelling.py)."""

    text: str
    line: int
    exact: str


class Names(NamedTuple):
    """What a mapping may hold: the contract's name of every spelling, and of the words that editors try instead."""

    known: ByName[str, str]
    tried: ByName[str, str]

    def like(self, written: str) -> str | None:
        """The name that was meant, if it can be guessed."""
        word = without_accents(written[:100]).casefold()
        return self.tried.get(word) or nearest(word, {name: name for name in self.known})


class Form:
    """The named values of a mapping. A getter returns a usable default after a mistake, so that reading goes on."""

    def __init__(self, mapping: Mapping, names: Names, mistakes: list[Mistake], *, of: str = "") -> None:
        self._mistakes = mistakes
        self._prefix = f"{of}." if of else ""
        self._line = mapping.line
        self._nodes: dict[str, Node] = {}
        for written, node in mapping.entries[:MAX_PROBLEMS]:
            self._take(written, node, names)

    def _take(self, written: Scalar, node: Node, names: Names) -> None:
        text, line = without_unseen(written.text).strip().strip(DIRECTIONS), written.line
        name = names.known.get(text) or names.known.get(without_accents(text))
        if name is None:
            self.note("unknown_field", text, line, value=text, suggestion=names.like(text))
        elif name in self._nodes:
            self.note("duplicate_field", name, line, value=text)
        else:
            self._nodes[name] = node

    def note(
        self,
        code: str,
        field: str,
        line: int | None,
        *,
        value: str | None = None,
        suggestion: str | None = None,
        limit: int | None = None,
    ) -> None:
        """Adds a mistake in a field of this form."""
        self._mistakes.append(Mistake(code, self._prefix + field, line, value, suggestion, limit))

    def note_choice(self, code: str, field: str, asked: Text, there_is: Iterable[str]) -> None:
        """Adds a mistake about a name that is like none of those that there are."""
        suggestion = ", ".join(dict.fromkeys(there_is))
        self._mistakes.append(Mistake(code, self._prefix + field, asked.line, asked.text, suggestion, choice=True))

    def node(self, name: str) -> Node | None:
        """The value, None where it is absent or nothing was written after the colon."""
        node = self._nodes.get(name)
        return None if isinstance(node, Scalar) and not node.text and not node.quoted else node

    def text(self, name: str, limit: int, *, required: bool = False) -> Text | None:
        """One line of text of at most `limit` characters, NFC, without outer spaces."""
        node = self.node(name)
        found = None if node is None else self.line_of_text(name, node, limit)
        if required and name not in self._nodes:
            self.note("missing_field", name, self._line if self._prefix else None)
        elif required and (node is None or (found and not found.text)):
            self.note("empty_field", name, self._nodes[name].line)
        return found if found and found.text else None

    def only(self, name: str, limit: int) -> Text | None:
        """A text that is required, or the only one of a list."""
        node = self._nodes.get(name)
        if isinstance(node, Sequence):
            if len(node.items) > 1:
                self.note("too_many", name, node.items[1].line, value=str(len(node.items)), limit=1)
            self._nodes[name] = node.items[0] if node.items else Scalar("", node.line)
        return self.text(name, limit, required=True)

    def sign(self, name: str, limit: int, *, required: bool = False) -> Text | None:
        """A text that is understood, not shown: its marks of direction, which Arabic keyboards write, do not count."""
        found = self.text(name, limit, required=required)
        return found._replace(text=found.text.translate(_NO_DIRECTIONS)) if found else None

    def line_of_text(self, name: str, node: Node, limit: int) -> Text | None:
        """A node as one line of text, which may be empty."""
        if not isinstance(node, Scalar):
            self.note("not_text", name, node.line)
            return None
        text = unicodedata.normalize("NFC", without_unseen(_decoded(node.text))).strip()
        if not text.isprintable() and _CONTROLS.search(text):
            self.note("several_lines" if "\n" in text else "control_character", name, node.line, value=text)
            return None
        if len(text) > limit:
            self.note("too_long", name, node.line, value=text, limit=limit)
            return None
        return Text(text, node.line, node.text.strip(_EDGES))

    def texts(self, name: str, limit: int, most: int, separators: re.Pattern[str] = SEPARATORS) -> list[Text]:
        """A list of texts, or one text with commas or semicolons between them; at most `most`."""
        node = self.node(name)
        if isinstance(node, Scalar):
            found = self.line_of_text(name, node, (limit + 2) * most)
            nodes: Several[Node] = [
                Scalar(part, node.line) for part in (parted(found.text, separators) if found else ())
            ]
        else:
            nodes = self.items(name)
        if len(nodes) > most:
            self.note("too_many", name, nodes[most].line, value=str(len(nodes)), limit=most)
        lines = (self.line_of_text(name, item, limit) for item in nodes[:most])
        return [line for line in lines if line]

    def items(self, name: str) -> Several[Node]:
        """The nodes of a list."""
        node = self.node(name)
        if node is None:
            return ()
        if not isinstance(node, Sequence):
            self.note("not_a_list", name, node.line)
            return ()
        return node.items

    def mapping(self, name: str, example: str) -> Mapping | None:
        """The names and values below a field; `example` is for who wrote something else."""
        node = self.node(name)
        if node is None or isinstance(node, Mapping):
            return node
        value = node.text if isinstance(node, Scalar) else None
        self.note("not_named_values", name, node.line, value=value, suggestion=example)
        return None

    def instant(self, name: str, zone: ZoneInfo, *, required: bool = False) -> datetime | None:
        """An instant in UTC."""
        text = self.sign(name, 100, required=required)
        try:
            return instants.instant(text.text, zone) if text else None
        except instants.BadDate as error:
            self._note_date(name, text, error.code, error.suggestion or instants.EXAMPLE)
            return None

    def day(self, name: str, zone: ZoneInfo) -> instants.Day | None:
        """A day, with its hour if that is told; required wherever one is asked for."""
        text = self.sign(name, 100, required=True)
        try:
            return instants.day(text.text, zone) if text else None
        except instants.BadDate as error:
            self._note_date(name, text, error.code, error.suggestion or instants.EXAMPLE_DAY)
            return None

    def _note_date(self, name: str, text: Text | None, code: str, example: str) -> None:
        if text:
            self.note(code, name, text.line, value=text.text, suggestion=example)

    def flag(self, name: str, *, default: bool = False) -> bool:
        """true, oui, yes, false, non or no."""
        text = self.sign(name, 100)
        if text and text.text.casefold() not in _FLAGS:
            self.note("bad_flag", name, text.line, value=text.text, suggestion="true")
        return _FLAGS.get(text.text.casefold(), default) if text else default


def parted(text: str, separators: re.Pattern[str] = SEPARATORS) -> list[str]:
    """The several texts of one, without the quotation marks that a list would have taken off them."""
    parts = (part.strip() for part in separators.split(text))
    bare = (part[1:-1].strip() if _QUOTED.fullmatch(part) else part for part in parts)
    return [part for part in bare if part]


def _decoded(text: str) -> str:
    """The text of what exports of WordPress and others write in HTML's way: `L&#8217;eau`, `Le <em>Monde</em>`."""
    text = _ENTITY.sub(lambda entity: entities.unescape(entity[0]), text) if "&" in text else text
    for _ in range(_MOST_MARKS if "</" in text else 0):
        text = _MARKED.sub(r"\2", text)
    return text


def without_accents(text: str) -> str:
    """The text with é as e."""
    return "".join(letter for letter in unicodedata.normalize("NFD", text) if not unicodedata.combining(letter))


def nearest(text: str, candidates: ByName[str, str]) -> str | None:
    """The value whose key looks most like the text, if any looks like it."""
    found = difflib.get_close_matches(text[:100], candidates, n=1, cutoff=0.6)
    return candidates[found[0]] if found else None
