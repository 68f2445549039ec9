"""Elements of an HTML text that no reader is to see: `hidden`, or hidden by a style of their own."""

import re
from collections.abc import Sequence
from itertools import islice
from typing import NamedTuple

from functions.core.formats.manuscript import MAX_TAGS
from functions.core.formats.markup import Tag, tags, text_of

_STYLED = re.compile(
    r"(?:^|;)\s*(?:display\s*:\s*none|(?:content-)?visibility\s*:\s*(?:hidden|collapse))", re.IGNORECASE
)
# A page that hides all of itself until its script runs is meant to be read.
_NEVER = frozenset({"html", "body"})
_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
_CELLS, _ROWS = frozenset({"td", "th"}), frozenset({"tr"})
_BODIES, _ITEMS = frozenset({"tbody", "thead", "tfoot"}), frozenset({"li", "dt", "dd"})
_BLOCKS = frozenset(
    "address article aside blockquote body center details dialog div dl fieldset figcaption figure footer form h1 h2 "
    "h3 h4 h5 h6 header hr html main menu nav ol p pre section summary table ul".split()
) | _CELLS | _ROWS | _BODIES | _ITEMS  # fmt: skip
# Which tags end an element that nobody closes.
_ENDED_BY = {
    "p": _BLOCKS - _CELLS - _ROWS - _BODIES,
    "li": frozenset({"li"}),
    **dict.fromkeys(("dt", "dd"), frozenset({"dt", "dd"})),
    **dict.fromkeys(_CELLS, _CELLS | _ROWS | _BODIES),
    "tr": _ROWS | _BODIES,
    **dict.fromkeys(_BODIES, _BODIES),
}


class Gap(NamedTuple):
    """Where an element that says or shows something was left out: its place in the text that remains, and its name."""

    at: int
    name: str


class Shown(NamedTuple):
    """An HTML text without its hidden elements, on the same lines as before."""

    html: str
    gaps: tuple[Gap, ...]


def without_hidden(html: str) -> Shown:
    """What is shown of an HTML text; one of more than MAX_TAGS tags comes back as it is, to be refused."""
    lowered = html.encode(errors="replace").lower()  # of ASCII alone: that will do, and is twice as fast
    if b"hidden" not in lowered and b"style" not in lowered:
        return Shown(html, ())
    found = list(islice(tags(html), MAX_TAGS + 1))
    if len(found) > MAX_TAGS or not any(_hides(tag) for tag in found):
        return Shown(html, ())
    pieces: list[str] = []
    gaps: list[Gap] = []
    at = length = 0
    for name, start, end in _Nest(len(html)).spans(found):
        pieces += html[at:start], "\n" * html.count("\n", start, end)
        length += start - at
        if "<img" in (gone := html[start:end]).lower() or text_of(gone):
            gaps.append(Gap(length, name))
        length += len(pieces[-1])
        at = end
    return Shown("".join([*pieces, html[at:]]), tuple(gaps))


def _hides(tag: Tag) -> bool:
    if tag.closing or tag.name in _NEVER or not tag.rest:
        return False
    has = tag.attributes
    return "hidden" in has or bool(_STYLED.search(has.get("style", "")))


class _Nest:
    """The elements that are open, as a browser would have them, in one pass; `end` is that of the text."""

    def __init__(self, end: int) -> None:
        self._end = end
        self._open: list[str] = []
        self._places: dict[str, list[int]] = {}
        self._blocks: list[int] = []
        self._hiding: tuple[int, str, int] | None = None
        self._spans: list[tuple[str, int, int]] = []

    def spans(self, found: Sequence[Tag]) -> list[tuple[str, int, int]]:
        """Name, start and end of every outermost hidden element."""
        for tag in found:
            if tag.closing:
                self._close(tag)
            else:
                self._begin(tag)
        if self._open:
            self._pop(0, self._end, self._end)
        return self._spans

    def _begin(self, tag: Tag) -> None:
        while self._blocks and tag.name in _ENDED_BY.get(self._open[self._blocks[-1]], ()):
            self._pop(self._blocks[-1], tag.start, tag.start)
        hides = self._hiding is None and _hides(tag)
        if tag.name in _VOID:
            if hides:
                self._spans.append((tag.name, tag.start, tag.end))
            return
        place = len(self._open)
        if hides:
            self._hiding = place, tag.name, tag.start
        self._open.append(tag.name)
        self._places.setdefault(tag.name, []).append(place)
        if tag.name in _BLOCKS:
            self._blocks.append(place)

    def _close(self, tag: Tag) -> None:
        """Ends an element and all in it; nothing where none is open, or where a block stands between."""
        places = self._places.get(tag.name)
        if places and (tag.name in _BLOCKS or not self._blocks or places[-1] > self._blocks[-1]):
            self._pop(places[-1], tag.end, tag.start)

    def _pop(self, place: int, own_end: int, end: int) -> None:
        """Ends what is open from a place on: the element there at `own_end`, those in it at `end`."""
        if self._hiding and self._hiding[0] >= place:
            at, name, start = self._hiding
            self._spans.append((name, start, own_end if at == place else end))
            self._hiding = None
        for name in self._open[place:]:
            self._places[name].pop()
        del self._open[place:]
        while self._blocks and self._blocks[-1] >= place:
            self._blocks.pop()
