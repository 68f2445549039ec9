"""The XML of a document's parts as trees: looked into, and changed before mammoth reads them."""

from collections.abc import Callable, Iterable, Mapping
from xml.etree import ElementTree as ET

from functions.core.mistakes import Mistake, Unreadable

_TEXTS = ("word/document.xml", "word/footnotes.xml", "word/endnotes.xml")
Change = Callable[[ET.Element], None]


def changed(parts: Mapping[str, bytes], changes: Iterable[Change]) -> Mapping[str, bytes]:
    """The parts of a document, which have been checked, each change made in the trees of its texts."""
    new = dict(parts)
    for name in _TEXTS:
        if name in parts:
            root = parsed(name, parts[name])
            for change in changes:
                change(root)
            new[name] = ET.tostring(root, "utf-8")
    return new


def parsed(name: str, content: bytes) -> ET.Element:
    """The tree of a part that has been checked."""
    try:
        return ET.fromstring(content)  # noqa: S314 - the part has no DTD and no great depth: see word.py
    except ET.ParseError as error:
        raise Unreadable(Mistake("not_a_docx", value=name)) from error


def tag_of(element: ET.Element) -> str:
    """The name of an element without its namespace."""
    return element.tag.rpartition("}")[2]


def child_of(element: ET.Element | None, name: str) -> ET.Element | None:
    """The first child of a name, whatever its namespace: there are two of Word's."""
    return next((each for each in (() if element is None else element) if tag_of(each) == name), None)


def value_of(element: ET.Element | None, name: str = "val") -> str:
    """An attribute, whatever its namespace; empty where there is none."""
    has = {} if element is None else element.attrib
    return next((value for each, value in has.items() if each.rpartition("}")[2] == name), "")
