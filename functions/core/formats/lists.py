"""Lists as word processors write them into a page: side by side, however deep each is.

Word's are paragraphs with a bullet in each, whose style tells how far it stands in; Google Docs' are lists whose class
tells their depth. A run is one such paragraph, or one such list; runs with nothing between them are lists in lists.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import NamedTuple

from functions.core.formats.manuscript import MAX_TAGS
from functions.core.formats.markup import Tag, tags

_BULLET = re.compile(r"(?:\s|<[^<>]*>)*+(?:[·•▪§Øüo–-]|([0-9]{1,3}|[a-zA-Z])[.)])(?:\s|&nbsp;|\u00a0|<[^<>]*>)++")
_TAG = re.compile(r"<[^<>]*>")
_LEVEL = re.compile(r"mso-list:[^;]{0,40}\blevel([1-9])")
_MARGIN = re.compile(r"margin-(?:left|right):\s*([0-9]{0,4}\.?[0-9]{1,4})(pt|in|cm)")
_POINTS = {"pt": 1.0, "in": 72.0, "cm": 28.35}
_STEP = 36.0  # points that Word moves a list in by
_SAME = 9.0  # what differs by less stands as deep
_DOCS = re.compile(r"\blst-(kix_\w{1,40})-([0-8])\b")
_DEEPEST = 9


class _Run(NamedTuple):
    """From `start` to `end` of a page: the items of a list, the last one without its end; `opening` begins that list.

    `kind` is the name of the list's element, `of` the list's own, if it has one; `depth` is in points.
    """

    start: int
    end: int
    depth: float
    kind: str
    of: str
    opening: str
    items: str


def with_lists(html: str) -> str:
    """The HTML of a page with lists in lists where its writer saw them; its lines stay where they are."""
    if "MsoList" in html:
        html = "".join(_nested(html, _of_word(html)))
    return "".join(_nested(html, _of_docs(html))) if "lst-kix" in html else html


def _nested(html: str, runs: Iterable[_Run]) -> Iterator[str]:
    at = 0
    opened: list[_Run] = []  # the outermost first
    for run in runs:
        between = html[at : run.start]
        yield "".join(_closed(opened, run, apart=bool(between.strip()))) + between
        inside = run.items
        if not (opened and _goes_on(opened[-1], run)):
            opened.append(run)
            inside = run.opening + run.items
        yield inside + "\n" * (html.count("\n", run.start, run.end) - inside.count("\n"))
        at = run.end
    yield "".join(f"</li></{each.kind}>" for each in reversed(opened)) + html[at:]


def _closed(opened: list[_Run], run: _Run, *, apart: bool) -> Iterator[str]:
    """The ends of what a run is not inside of: of lists, and of the item before it."""
    while opened and (apart or _ends(opened[-1], run)):
        yield f"</li></{opened.pop().kind}>"
    if opened and _goes_on(opened[-1], run):
        yield "</li>"
    elif len(opened) >= _DEEPEST:
        yield f"</li></{opened.pop().kind}>"


def _ends(last: _Run, run: _Run) -> bool:
    return run.depth < last.depth - _SAME or (run.depth < last.depth + _SAME and not _goes_on(last, run))


def _goes_on(last: _Run, run: _Run) -> bool:
    return abs(run.depth - last.depth) < _SAME and (last.kind, last.of) == (run.kind, run.of)


def _of_word(html: str) -> Iterator[_Run]:
    for begins, ends in _paragraphs(html):
        text = html[begins.end : ends.start]
        if bullet := _BULLET.match(text):
            kind = "ol" if bullet[1] else "ul"
            item = f"<li>{''.join(_TAG.findall(bullet[0]))}{text[bullet.end() :]}"
            yield _Run(begins.start, ends.end, _depth(begins.attributes.get("style", "")), kind, "", f"<{kind}>", item)


def _paragraphs(html: str) -> Iterator[tuple[Tag, Tag]]:
    """Where Word's paragraphs of lists begin and end."""
    begins: Tag | None = None
    for tag in islice(tags(html), MAX_TAGS + 1):
        if tag.name == "p":
            if begins and tag.closing:
                yield begins, tag
            begins = tag if not tag.closing and tag.attributes.get("class", "").startswith("MsoList") else None


def _depth(style: str) -> float:
    """As its level says, or where Word was asked for a page without its own styles, as its margins do."""
    if level := _LEVEL.search(style):
        return int(level[1]) * _STEP
    return max((float(size) * _POINTS[unit] for size, unit in _MARGIN.findall(style)), default=0) or _STEP


def _of_docs(html: str) -> Iterator[_Run]:
    begins: Tag | None = None
    for tag in islice(tags(html), MAX_TAGS + 1):
        if tag.name not in {"ul", "ol"}:
            continue
        named = _DOCS.search(tag.attributes.get("class", "")) if not tag.closing else None
        if begins and tag.closing and (known := _DOCS.search(begins.attributes["class"])):
            opening, items = html[begins.start : begins.end], html[begins.end : tag.start]
            yield _Run(begins.start, tag.end, int(known[2]) * _STEP, begins.name, known[1], opening, _open(items))
        begins = tag if named else None


def _open(items: str) -> str:
    """The items of a list, the last one without its end."""
    head, end, tail = items.rpartition("</li>")
    return head if end and not tail.strip() else items
