"""Tags: where they stand in an HTML text, found in one pass whatever the text is.

Good for taking a page apart; what comes out is sanitised by a real parser. The standard library's own parser takes
time that grows with the square of a hostile text's length.
"""

import html as entities
import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

_BLANK = r"[\t\n\f\r ]"  # HTML's; \s would part names that browsers keep whole
# As browsers read it, sign by sign, or what stands in quotation marks could pass for tags; possessive, so that a tag
# without an end is given up at once.
_TAG = re.compile(
    rf"<(/?)([a-zA-Z][^\t\n\f\r />]*+)((?:(?:{_BLANK}|/)++|[^\t\n\f\r />][^\t\n\f\r />=]*+"
    rf"(?:{_BLANK}*+={_BLANK}*+(?:\"[^\"]*\"|'[^']*'|[^\t\n\f\r \"'>][^\t\n\f\r >]*+)?+)?+)*+)>"
)
_TAG_BEGINS = re.compile("</?[a-zA-Z]")
COMMENT = re.compile(r"<!--(?:-?>|.*?(?:--!?>|\Z))|<(?:[!?]|/(?![a-zA-Z]))[^>]*(?:>|\Z)", re.DOTALL)
_ATTRIBUTE = re.compile(r"([^\s\"'>/=]++)(?:\s*+=\s*+(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]++)))?+")
RAW = frozenset("script style textarea title xmp iframe noembed noframes".split())
_INNER_TAG = re.compile(r"<[^<>]*>")
_PARTING = re.compile(r"<(?:br|/(?:p|div|li|h[1-6]))\b")


class Tag(NamedTuple):
    """A tag from `start` to `end` of its text; `rest` is what stands between its name and `>`."""

    name: str
    closing: bool
    start: int
    end: int
    rest: str

    @property
    def attributes(self) -> dict[str, str]:
        """Names in lower case, the first of each; values with their entities resolved."""
        found: dict[str, str] = {}
        for match in _ATTRIBUTE.finditer(self.rest):
            found.setdefault(match[1].lower(), entities.unescape(match[2] or match[3] or match[4] or ""))
        return found


class Element(NamedTuple):
    """What lies between two tags, by their places in the list of tags; an element never closed ends with the text."""

    first: int
    last: int


def tags(html: str) -> Iterator[Tag]:
    """The tags of a text; none inside comments, scripts and the like."""
    at = 0
    while (at := html.find("<", at)) >= 0:
        if comment := COMMENT.match(html, at):
            at = comment.end()
            continue
        match = _TAG.match(html, at)
        if not match:
            # A tag that does not end takes all the rest with it: nothing there is looked at once more.
            at = len(html) if _TAG_BEGINS.match(html, at) else at + 1
            continue
        name = match[2].lower() if match[2].isascii() else match[2]  # \u212a is no k
        yield Tag(name, bool(match[1]), at, match.end(), match[3])
        at = match.end()
        if name in RAW and not match[1]:
            closing = _closing(name).search(html, at)
            at = closing.start() if closing else len(html)


def element_at(found: Sequence[Tag], first: int) -> Element:
    """The element that the tag with this number opens."""
    name, depth = found[first].name, 0
    for place in range(first, len(found)):
        if found[place].name == name:
            depth += -1 if found[place].closing else 1
            if depth == 0:
                return Element(first, place)
    return Element(first, len(found))


def text_of(html: str) -> str:
    """What readers see of some HTML, on one line."""
    return " ".join(entities.unescape(_INNER_TAG.sub("", _PARTING.sub(r" \g<0>", html))).split())


@cache
def _closing(name: str) -> re.Pattern[str]:
    return re.compile(f"</{name}", re.IGNORECASE)
