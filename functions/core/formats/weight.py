"""What a Word document weighs once all of it is set: some of it is said once, and set often.

mammoth sets a note wherever it is called and a link's address around each of its runs, and looks at a style's name for
each of its paragraphs: a file of two kilobytes may become gigabytes.
"""

from collections.abc import Iterable
from typing import Any

from functions.core.files import MAX_TEXT_BYTES
from functions.core.mistakes import Mistake, Unreadable

MAX_ELEMENTS = 30_000  # mammoth takes a second for so many; a long article has 10,000
_ELEMENT = 128  # signs that take as long as an element
_MOST = MAX_ELEMENTS * _ELEMENT + 4 * MAX_TEXT_BYTES
_TEXTS = ("value", "href", "anchor", "style_name", "content_type")


def weighed(document: Any) -> Any:  # noqa: ANN401 - mammoth has no types
    """A document as mammoth has read it, the same; Unreadable (too_many_tags) if too much would be set of it."""
    notes: dict[tuple[str, str], int] = {}
    total = 0
    for element in _all(document.children):
        total += _weight(element)
        if called := getattr(element, "note_id", None):
            key = element.note_type, called
            if key not in notes:
                note = document.notes.find_note(*key)
                notes[key] = sum(map(_weight, _all(note.body))) if note else 0
            total += notes[key]
        if total > _MOST:
            raise Unreadable(Mistake("too_many_tags", limit=MAX_ELEMENTS))
    return document


def _all(elements: Iterable[Any]) -> Iterable[Any]:
    left = list(elements)
    while left:
        element = left.pop()
        left += getattr(element, "children", ())
        yield element


def _weight(element: Any) -> int:  # noqa: ANN401 - mammoth has no types
    return _ELEMENT + sum(len(getattr(element, name, None) or "") for name in _TEXTS)
