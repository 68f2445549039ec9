"""The numbers of Word's lists: mammoth begins each at 1, also one that goes on below a paragraph.

Each item of a list with numbers is marked with its own before mammoth reads the document; in its HTML, lists then begin
where they should, and those that mammoth has joined are two.
"""

import re
from collections.abc import Mapping
from xml.etree import ElementTree as ET

from functions.core.formats.trees import child_of, parsed, tag_of, value_of

NUMBERED = "numPr"
_NUMBERING = "word/numbering.xml"
_BULLETS = frozenset({"bullet", "none"})
_BEGINS, _ENDS = "\ue000", "\ue001"  # of private use: no text has them
_MARK = re.compile(f"{_BEGINS}([0-9]{{1,5}}){_ENDS}")
_FIRST = re.compile(f"<ol><li>{_BEGINS}([0-9]{{1,5}}){_ENDS}")
_ANEW = re.compile(f"</li><li>(?={_BEGINS}1{_ENDS})")
_MAX_LEVELS = 9


def as_starts(html: str) -> str:
    """The HTML of such a document: each list begins with the number of its first item."""
    if _BEGINS not in html:
        return html
    html = _FIRST.sub(_start, _ANEW.sub("</li></ol><ol><li>", html))
    return _MARK.sub("", html)


def _start(match: re.Match[str]) -> str:
    return "<ol><li>" if match[1] == "1" else f'<ol start="{match[1]}"><li>'


class Numbering:
    """Marks the items of a document's lists, of which it counts those with numbers as Word does."""

    def __init__(self, parts: Mapping[str, bytes]) -> None:
        self._starts: dict[tuple[str, str], int] = {}  # by kind of list and level; without those of bullets
        self._kinds: dict[str, str] = {}
        self._anew: dict[tuple[str, str], int] = {}  # by list and level, until its first item
        self._counts: dict[tuple[str, str], int] = {}
        for child in parsed(_NUMBERING, parts[_NUMBERING]) if _NUMBERING in parts else ():
            if tag_of(child) == "abstractNum":
                self._take_kind(value_of(child, "abstractNumId"), child)
            elif tag_of(child) == "num":
                self._take_list(value_of(child, "numId"), child)

    def mark(self, root: ET.Element) -> None:
        """Puts its number first in each item of a list with numbers; those in notes begin at 1 each."""
        for paragraph in root.iter() if tag_of(root) == "document" else ():
            looks = child_of(paragraph, "pPr") if tag_of(paragraph) == "p" else None
            place = child_of(looks, NUMBERED)
            if looks is None or place is None or not any(map(_is_text, paragraph.iter())):
                continue
            number = self._next(value_of(child_of(place, "numId")), value_of(child_of(place, "ilvl")) or "0")
            if number is not None:
                space = paragraph.tag.rpartition("}")[0] + "}"
                run = ET.Element(f"{space}r")
                ET.SubElement(run, f"{space}t").text = f"{_BEGINS}{number}{_ENDS}"
                paragraph.insert(list(paragraph).index(looks) + 1, run)

    def _take_kind(self, kind: str, element: ET.Element) -> None:
        for level in element:
            if tag_of(level) == "lvl" and value_of(child_of(level, "numFmt")) not in _BULLETS:
                self._starts[kind, value_of(level, "ilvl")] = _number(value_of(child_of(level, "start")))

    def _take_list(self, name: str, element: ET.Element) -> None:
        self._kinds[name] = value_of(child_of(element, "abstractNumId"))
        for level in element:
            start = child_of(level, "startOverride")
            if start is not None:
                self._anew[name, value_of(level, "ilvl")] = _number(value_of(start))

    def _next(self, name: str, level: str) -> int | None:
        """The number of the next item of a list; None if it has none."""
        place = (self._kinds.get(name, ""), level)
        start = self._anew.pop((name, level), None)
        if place not in self._starts:
            return None
        known = self._counts.get(place)
        if start is None:
            start = self._starts[place] if known is None else known + 1
        self._counts[place] = start
        for deeper in range(_number(level) + 1, _MAX_LEVELS):
            self._counts.pop((place[0], str(deeper)), None)
        return start


def _is_text(element: ET.Element) -> bool:
    return tag_of(element) == "t" and bool(element.text)


def _number(written: str) -> int:
    return int(written) if written.isdecimal() and len(written) <= 4 else 1
