"""Arabic for a drawing library that only sets one glyph after another: joined letters, and the order that is seen.

Letters take the presentation forms of Unicode, which the card's font carries; the order is that of the bidirectional
algorithm (Unicode Annex 9; its rules are named W1 to L2) without explicit controls, which no title may have.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from functools import cache

_FORMS = range(0xFB50, 0xFEFD)
_TATWEEL, _LAM = "\u0640", "\u0644"
_MIRRORED = str.maketrans("()[]{}<>«»\u2039\u203a", ")(][}{><»«\u203a\u2039")
# One letter a character's class: strong L, R and A (Arabic), numbers E (European) and N (Arabic), the signs beside
# numbers S + -, T % $ and C , . : /, M a mark; whatever else is a neutral, O.
_CLASSES = {"L": "L", "R": "R", "AL": "A", "EN": "E", "AN": "N", "ES": "S", "ET": "T", "CS": "C", "NSM": "M"}
_BRACKETS = {"(": ")", "[": "]", "{": "}"}


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


def visual(text: str, *, rtl: bool, before: str = "") -> str:
    """A line in the order in which it is seen from left to right, brackets mirrored where they have to be.

    `before` is what the paragraph says before the line, whose numbers may depend on it.
    """
    if not rtl and not any(map(is_arabic, before + text)):
        return text
    levels = _levels(before + text, rtl=rtl)[len(before) :]
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
    base = "R" if rtl else "L"
    kinds = "".join(_CLASSES.get(unicodedata.bidirectional(letter), "O") for letter in text)
    kinds = _with_brackets(text, _with_numbers(kinds, base), base)
    kinds = re.sub("O+", lambda run: len(run[0]) * _around(run, base), kinds)
    level = {"L": 2 if rtl else 0, "R": 1, "E": 2, "N": 2}
    return [level[kind] for kind in kinds]


def _with_numbers(kinds: str, base: str) -> str:
    """L, R, E or N for each letter or number, signs that belong to a number included; O for the others."""
    kinds = re.sub("(^|[^M])(M+)", lambda mark: mark[1] + len(mark[2]) * (mark[1] or base), kinds)  # W1
    kinds = re.sub("A[^LR]*", lambda run: run[0].replace("E", "N"), kinds).replace("A", "R")  # W2, W3
    kinds = re.sub("(?<=N)C(?=N)", "N", re.sub("(?<=E)[SC](?=E)", "E", kinds))  # W4
    kinds = re.sub("T+(?=E)|(?<=E)T+", lambda run: len(run[0]) * "E", kinds)  # W5
    kinds = re.sub("[STC]", "O", kinds)  # W6
    return re.sub("(^|L)[^R]*" if base == "L" else "L[^R]*", lambda run: run[0].replace("E", "L"), kinds)  # W7


def _with_brackets(text: str, kinds: str, base: str) -> str:
    """N0: a pair of brackets takes the line's direction if that is inside, else the other one if it leads up to it."""
    other = "L" if base == "R" else "R"
    for left, right in sorted(_pairs(text, kinds)):
        inside = _strong(kinds[left:right])
        if not inside:
            continue
        meant = other if base not in inside and (_strong(kinds[:left]) or base)[-1] == other else base
        kinds = kinds[:left] + meant + kinds[left + 1 : right] + meant + kinds[right + 1 :]
    return kinds


def _pairs(text: str, kinds: str) -> Iterator[tuple[int, int]]:
    open_at: list[int] = []
    for place, letter in enumerate(text):
        if letter in _BRACKETS and kinds[place] == "O":
            open_at.append(place)
        elif any(_BRACKETS[text[left]] == letter for left in open_at):
            while _BRACKETS[text[open_at[-1]]] != letter:
                open_at.pop()
            yield open_at.pop(), place


def _strong(kinds: str) -> str:
    """The directions alone; numbers count as R."""
    return kinds.replace("O", "").replace("E", "R").replace("N", "R")


def _around(run: re.Match[str], base: str) -> str:
    """N1, N2: what neutrals take, the direction on both of their sides if that is one, else the line's."""
    before = (_strong(run.string[: run.start()]) or base)[-1]
    after = (_strong(run.string[run.end() :]) or base)[0]
    return before if before == after else base
