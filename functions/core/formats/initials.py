"""Initials: of a large first letter Word makes a paragraph of its own, in a frame, before the one that it begins."""

from itertools import pairwise
from xml.etree import ElementTree as ET

from functions.core.formats.trees import child_of, tag_of, value_of

FRAMED = "framePr"
_INITIAL = frozenset({"drop", "margin"})


def join_initials(root: ET.Element) -> None:
    """Puts each such letter of a text into its word again."""
    for parent in list(root.iter()):
        for letter, paragraph in pairwise(list(parent)):
            if _is_initial(letter) and tag_of(paragraph) == "p":
                _begin(paragraph, letter)
                parent.remove(letter)


def _is_initial(element: ET.Element) -> bool:
    looks = child_of(element, "pPr") if tag_of(element) == "p" else None
    return value_of(child_of(looks, FRAMED), "dropCap") in _INITIAL


def _begin(paragraph: ET.Element, letter: ET.Element) -> None:
    """Puts the runs of a letter first, without their looks, which are those of the letter alone."""
    place = 0 if child_of(paragraph, "pPr") is None else 1
    for run in [each for each in letter if tag_of(each) == "r"][::-1]:
        for looks in [each for each in run if tag_of(each) == "rPr"]:
            run.remove(looks)
        paragraph.insert(place, run)
