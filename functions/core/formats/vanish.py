"""Word's hidden text: runs that it does not show (`w:vanish`, `w:webHidden`), by themselves or by their style."""

from collections.abc import Mapping
from xml.etree import ElementTree as ET

from functions.core.formats.trees import child_of, parsed, tag_of, value_of

HIDING = frozenset({"vanish", "webHidden"})
OUT_OF_SIGHT = "hidden"  # an element of a table's row, an attribute of a drawing
_STYLES = "word/styles.xml"
_ON, _OFF = frozenset({"1", "true", "on"}), frozenset({"0", "false", "off"})
# What a hidden run keeps: its looks, and the ends of a field, which may hold what is shown.
_KEPT = frozenset({"rPr", "fldChar", "instrText"})
_SHOWN = frozenset({"drawing", "pict", "object", "sym", "footnoteReference", "endnoteReference"})
_MAX_BASES = 20


class Hidden:
    """Takes out of a document's texts what is hidden, by its styles too; `cut`: whether that said or showed anything.

    Unreadable (not_a_docx) if the part of the styles, which has been checked, is no XML after all.
    """

    def __init__(self, parts: Mapping[str, bytes]) -> None:
        self.cut = False
        self._bases: dict[str, str] = {}
        self._says: dict[str, bool | None] = {}
        self._default = ""
        self._always = False
        for style in parsed(_STYLES, parts[_STYLES]) if _STYLES in parts else ():
            if tag_of(style) == "docDefaults":
                self._always = any(_says(each) for each in style.iter() if tag_of(each) == "rPr")
            elif own := value_of(style, "styleId"):
                self._says[own] = _says(child_of(style, "rPr"))
                self._bases[own] = value_of(child_of(style, "basedOn"))
                if value_of(style, "type") == "paragraph" and value_of(style, "default") in _ON:
                    self._default = own

    def leave_out(self, element: ET.Element, *, hides: bool = False) -> None:
        """Takes the hidden out of a text, or of an element in it. `hides`: its paragraph does."""
        for child in list(element):
            if tag_of(child) == "r" and self._is_hidden(child_of(child, "rPr"), hides=hides):
                self.cut |= _take(child, [each for each in child if tag_of(each) not in _KEPT])
            elif _is_out_of_sight(child):
                self.cut |= _take(element, [child])
            else:
                self.leave_out(child, hides=self._paragraph_hides(child) if tag_of(child) == "p" else hides)

    def _paragraph_hides(self, paragraph: ET.Element) -> bool:
        style = value_of(child_of(child_of(paragraph, "pPr"), "pStyle")) or self._default
        return self._always or self._by_style(style)

    def _is_hidden(self, looks: ET.Element | None, *, hides: bool) -> bool:
        said = _says(looks)
        return hides or self._by_style(value_of(child_of(looks, "rStyle"))) if said is None else said

    def _by_style(self, style: str) -> bool:
        """Whether a style hides, itself or by the nearest one that it is based on and that says so."""
        for _ in range(_MAX_BASES):
            said = self._says.get(style)
            if said is not None:
                return said
            style = self._bases.get(style, "")
        return False


def _take(parent: ET.Element, gone: list[ET.Element]) -> bool:
    """Takes children away; whether they said or showed anything."""
    for child in gone:
        parent.remove(child)
    return any(_shows(each) for child in gone for each in child.iter())


def _shows(element: ET.Element) -> bool:
    name = tag_of(element)
    return name in _SHOWN or (name == "t" and bool((element.text or "").strip()))


def _is_out_of_sight(element: ET.Element) -> bool:
    """Whether an element is a table's hidden row, or a drawing that the writer has hidden."""
    if tag_of(element) == "tr":
        mark = child_of(child_of(element, "trPr"), OUT_OF_SIGHT)
        return mark is not None and _is_on(mark)
    return tag_of(element) == "drawing" and any(
        tag_of(each) == "docPr" and value_of(each, OUT_OF_SIGHT) in _ON for each in element.iter()
    )


def _says(looks: ET.Element | None) -> bool | None:
    """Whether a run's looks hide it; None if they say nothing of that."""
    marks = [each for each in (() if looks is None else looks) if tag_of(each) in HIDING]
    return any(map(_is_on, marks)) if marks else None


def _is_on(mark: ET.Element) -> bool:
    return value_of(mark) not in _OFF
