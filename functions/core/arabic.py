"""Arabic for a drawing library that only sets one glyph after another: joined letters, and the order that is seen.

Letters take the presentation forms of Unicode, which the card's font carries; the order is that of the bidirectional
algorithm (Unicode Annex 9) without explicit controls, which no title may have.
"""

import unicodedata
from collections import defaultdict
from collections.abc import Sequence
from functools import cache

_FORMS = range(0xFB50, 0xFEFD)
_TATWEEL, _LAM = "\u0640", "\u0644"
_MIRRORED = str.maketrans("()[]{}<>«»\u2039\u203a", ")(][}{><»«\u203a\u2039")
_STRONG = {"L": "L", "R": "R", "AL": "R", "EN": "N", "AN": "N"}
_BESIDE_DIGITS = {"CS", "ES", "ET"}


def is_arabic(character: str) -> bool:
    """Whether a character is set in an Arabic font: letters, their presentation forms, digits and points."""
    return "\u0600" <= character <= "\u06ff" or "\ufb50" <= character <= "\ufefc"


def joined(text: str) -> str:
    """The text with every Arabic letter in the form that its neighbours give it; vowel signs are left out."""
    if not any(map(is_arabic, text)):
        return text
    letters = [letter for letter in text if unicodedata.category(letter) != "Mn"]
    found, place = [], 0
    while place < len(letters):
        pair = "".join(letters[place : place + 2])
        letter = pair if pair[0] == _LAM and pair in _forms() else pair[0]
        after = letters[place + len(letter)] if place + len(letter) < len(letters) else ""
        before = letters[place - 1] if place else ""
        found.append(_form(letter, before, after))
        place += len(letter)
    return "".join(found)


def _form(letter: str, before: str, after: str) -> str:
    forms = _forms().get(letter, {})
    tied_before = "final" in forms and (before == _TATWEEL or "initial" in _forms().get(before, {}))
    tied_after = "initial" in forms and (after == _TATWEEL or "final" in _forms().get(after, {}))
    name = {(True, True): "medial", (True, False): "final", (False, True): "initial"}.get(
        (tied_before, tied_after), "isolated"
    )
    return forms.get(name, letter)


@cache
def _forms() -> dict[str, dict[str, str]]:
    """The presentation forms of each letter, and of lam with alef, as Unicode's own decompositions give them."""
    forms: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for code in _FORMS:
        kind, _, letters = unicodedata.decomposition(chr(code)).partition("> ")
        text = "".join(chr(int(letter, 16)) for letter in letters.split())
        if len(text) == 1 or (len(text) == 2 and text[0] == _LAM and text[1] in "\u0622\u0623\u0625\u0627"):
            forms[text].setdefault(kind[1:], chr(code))
    return dict(forms)


def visual(text: str, *, rtl: bool) -> str:
    """A line in the order in which it is seen from left to right, brackets mirrored where they have to be."""
    if not rtl and not any(map(is_arabic, text)):
        return text
    levels = _levels(text, rtl=rtl)
    shown = [letter.translate(_MIRRORED) if level % 2 else letter for letter, level in zip(text, levels, strict=True)]
    for level in range(max(levels, default=0), 0, -1):
        start = 0
        while start < len(shown):
            end = start
            while end < len(shown) and levels[end] >= level:
                end += 1
            shown[start:end] = reversed(shown[start:end])
            levels[start:end] = reversed(levels[start:end])
            start = end + 1
    return "".join(shown)


def _levels(text: str, *, rtl: bool) -> list[int]:
    kinds = _with_numbers([unicodedata.bidirectional(letter) for letter in text])
    base = "R" if rtl else "L"
    levels, strong = [], base
    for place, kind in enumerate(kinds):
        if kind == "N":
            levels.append(2 if rtl or strong == "R" else 0)
            continue
        if kind:
            strong = kind
        meant = kind or _between(kinds, place, base)
        levels.append(1 if meant == "R" else 2 if rtl else 0)
    return levels


def _with_numbers(classes: Sequence[str]) -> list[str]:
    """L, R, N for a number with its separators and signs, or nothing for what takes its direction from around it."""
    kinds = [_STRONG.get(each, "") for each in classes]
    for place, each in enumerate(classes):
        around = kinds[max(0, place - 1)], kinds[min(len(kinds) - 1, place + 1)]
        if each in _BESIDE_DIGITS and ("N" in around if each == "ET" else around == ("N", "N")):
            kinds[place] = "N"
    return kinds


def _between(kinds: Sequence[str], place: int, base: str) -> str:
    """What a neutral takes: the direction on both of its sides if that is one, else the line's. Numbers count as R."""
    before = next((kind for kind in reversed(kinds[:place]) if kind), base)
    after = next((kind for kind in kinds[place + 1 :] if kind), base)
    if base == "L" and "N" in {before, after} and "R" not in kinds:
        return "L"
    before, after = ("R" if kind == "N" else kind for kind in (before, after))
    return before if before == after else base
