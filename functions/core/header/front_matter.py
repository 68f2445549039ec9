"""Front matter: a strict reading of a small part of YAML, with the line of everything.

PyYAML's loaders turn `no` into False, `012` into 10 and let a second key overwrite the first, so only its parser's
events are used here: a scalar stays the text that the editor wrote.
"""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple, TypeAlias, TypeVar

import yaml

from functions.core.header.mending import FIRST_LINE, Draft
from functions.core.mistakes import Mistake, Unreadable

MAX_BYTES = 64 * 1024
MAX_DEPTH = 4
_CORE_TAGS = "tag:yaml.org,2002:"  # what `!!` stands for
_Event: TypeAlias = Any  # the stubs of PyYAML know events, but not that all of ours have marks, anchors and tags
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_FENCE = re.compile(r"---[ \t]*(?:\n|\Z)")
_END = re.compile(r"^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.MULTILINE)


class Scalar(NamedTuple):
    """A value exactly as written, unquoted; `quoted` tells `""` from nothing."""

    text: str
    line: int
    quoted: bool = False


class Sequence(NamedTuple):
    """A list."""

    items: tuple["Node", ...]
    line: int


class Mapping(NamedTuple):
    """Names and values in the order of the file; a name may come twice here, and its reader says so."""

    entries: tuple[tuple[Scalar, "Node"], ...]
    line: int


Node: TypeAlias = Scalar | Sequence | Mapping
NodeOf = TypeVar("NodeOf", Scalar, Sequence, Mapping, Node)


class Split(NamedTuple):
    """A file cut in two; lines count from 1."""

    header: str
    body: str
    body_line: int


def split(text: str) -> Split:
    """The header between the two `---` lines and the body after them; lines end in a line feed.

    Raises:
        Unreadable: there is no header, or it never ends, or it is longer than 64 KiB.
    """
    fence = _FENCE.match(text)
    if not fence:
        in_toml = text.startswith("+++")  # of Hugo
        raise Unreadable(Mistake("no_front_matter", line=1, suggestion='title: "…"' if in_toml else None))
    end = _END.search(text, fence.end())
    if not end:
        raise Unreadable(Mistake("unclosed_front_matter", line=1))
    header = text[fence.end() : end.start()]
    if len(header.encode()) > MAX_BYTES:
        raise Unreadable(Mistake("header_too_long", line=1, limit=MAX_BYTES // 1024))
    return Split(header, text[end.end() :], text.count("\n", 0, end.end()) + 1)


def load(header: str, mistakes: list[Mistake], above: int = 0) -> Mapping | None:
    """The header's tree, or None; whatever is wrong with it is added to `mistakes`. `above`: lines before its fence.

    A line that only lacks quotation marks is read as if it had them, so that the mistakes after it are told as well.
    """
    noted: list[Mistake] = []
    tree = _load(Draft(header, noted), noted)
    mistakes += (mistake._replace(line=mistake.line + above if mistake.line else None) for mistake in noted)
    return lower(tree, above) if tree and above else tree


def _load(draft: Draft, mistakes: list[Mistake]) -> Mapping | None:
    while True:
        found: list[Mistake] = []
        try:
            tree = _Tree(yaml.parse(draft.text, Loader=_LOADER), found).read()
        except yaml.YAMLError as error:
            if not draft.mend(_line_of_error(error)):
                return None
        except Unreadable as stop:
            mistakes += [*found, stop.mistake]
            return None
        else:
            mistakes += found
            return tree


def lower(node: NodeOf, by: int) -> NodeOf:
    """The node as it is when its file has that many lines more above it."""
    if isinstance(node, Scalar):
        return node._replace(line=node.line + by)
    if isinstance(node, Sequence):
        return node._replace(items=tuple(lower(item, by) for item in node.items), line=node.line + by)
    entries = tuple((lower(name, by), lower(each, by)) for name, each in node.entries)
    return node._replace(entries=entries, line=node.line + by)


class _Tree:
    """The events of one header, read into nodes."""

    def __init__(self, events: Iterator[_Event], mistakes: list[Mistake]) -> None:
        self._events = events
        self._mistakes = mistakes

    def read(self) -> Mapping:
        next(self._events)
        document = next(self._events)
        if isinstance(document, yaml.StreamEndEvent):
            return Mapping((), FIRST_LINE)
        self._refuse_marker(document)
        node = self._node(next(self._events), 1)
        next(self._events)
        self._refuse_marker(next(self._events))
        if not isinstance(node, Mapping):
            raise Unreadable(Mistake("no_fields", line=node.line))
        return node

    def _refuse_marker(self, event: _Event) -> None:
        if isinstance(event, yaml.DocumentStartEvent) and event.explicit:
            raise Unreadable(Mistake("yaml_feature", line=_line_of(event), value="---"))

    def _node(self, event: _Event, depth: int) -> Node:
        line = _line_of(event)
        self._refuse_features(event, line)
        if isinstance(event, yaml.ScalarEvent):
            return Scalar(event.value, line, bool(event.style))
        if depth > MAX_DEPTH:
            raise Unreadable(Mistake("too_deep", line=line, limit=MAX_DEPTH))
        if isinstance(event, yaml.SequenceStartEvent):
            return Sequence(tuple(self._items(depth)), line)
        if isinstance(event, yaml.MappingStartEvent):
            return Mapping(tuple(self._entries(depth)), line)
        return Scalar("", line)  # an alias, refused above

    def _items(self, depth: int) -> Iterator[Node]:
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            yield self._node(event, depth + 1)

    def _entries(self, depth: int) -> Iterator[tuple[Scalar, Node]]:
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            name = self._node(event, depth + 1)
            if not isinstance(name, Scalar):
                raise Unreadable(Mistake("yaml_feature", line=name.line, value="?"))
            yield name, self._node(next(self._events), depth + 1)

    def _refuse_features(self, event: _Event, line: int) -> None:
        is_alias = isinstance(event, yaml.AliasEvent)
        if event.anchor is not None:
            self._mistakes.append(Mistake("yaml_feature", line=line, value=f"{'*' if is_alias else '&'}{event.anchor}"))
        if not is_alias and event.tag is not None:
            self._mistakes.append(Mistake("yaml_feature", line=line, value=event.tag.replace(_CORE_TAGS, "!!")))


def _line_of(event: _Event) -> int:
    return int(event.start_mark.line) + FIRST_LINE


def _line_of_error(error: yaml.YAMLError) -> int:
    """The line to mend: where an unclosed quotation or bracket begins, else where the parser stopped."""
    context = getattr(error, "context", None) or ""
    begins = "flow" in context or "quoted" in context
    mark = getattr(error, "context_mark" if begins else "problem_mark", None)
    return FIRST_LINE if mark is None else int(mark.line) + FIRST_LINE
