"""Passages: what runs from left to right within Arabic, though a sign at its edge has no direction of its own.

An amount with its currency (1 Md€, $2.5bn), a sign before a number (-3,5 %, +212 537...), a telephone number with
hyphens, a name after @ or #, a word that ends in a sign (C++, DH/€) or in a full stop of its own (S.A.). Browsers set
such a sign on the other side, for to them it is one of the Arabic sentence. A mark of direction, which nobody sees,
holds it in its place, as narrow spaces hold the groups of a number. A paragraph of another language runs from left to
right as a whole; so does an Arabic one in French or English, from right to left.
"""

import re
from collections.abc import Callable

_MARK = "\u200e"
_MARKS = re.compile(f"{_MARK}{{2,}}")
_THIN, _WIDE = "\u202f", "\u00a0"
_SPACE = "[ \u00a0\u202f]?"
_MONEY = "[€$£¥]"
_SIGN = r"(?:(?<![^\Wـ])[-+\u2212±])"  # not that of a range, or of كوفيد-19; but ـ leads up to a number
# Of so many groups at most: each may be where a number begins, and all that follow would be read from each.
_NUMBER = "[0-9]++(?:[.,][0-9]++|[\u00a0\u202f][0-9]{3}(?![0-9])){0,9}+"
_NUMBERS = f"{_NUMBER}(?:[-–]{_NUMBER})?"
_ALONE = "(?<![0-9A-Za-z.,/-])"
_PASSAGE = re.compile(
    rf"{_SIGN}?(?:\b[A-Z]{{2}})?{_MONEY}{_SPACE}{_NUMBERS}[A-Za-z]{{0,4}}"  # $2.5bn, US$ 3
    rf"|{_SIGN}?{_ALONE}{_NUMBERS}{_SPACE}(?:[A-Za-z]{{1,4}}/?)?{_MONEY}(?:/?[A-Za-z]{{1,8}})?"  # 1 Md€, 50 $US
    rf"|{_SIGN}(?<![.,)%].)[0-9](?:[0-9.,\u202f-]*[0-9])?(?:{_SPACE}[%‰])?"
    rf"|{_ALONE}0[0-9]{{1,3}}(?:-[0-9]{{2,6}})+(?![0-9-])"
    r"|(?<![A-Za-z0-9_])[@#][A-Za-z][A-Za-z0-9_]*"
    rf"|(?<![A-Za-z0-9])[A-Za-z]{{1,12}}(?:/?{_MONEY}|\+\+?|#)(?![A-Za-z0-9])"
    r"|(?<![A-Za-z0-9.])(?:(?:[A-Z]\.){2,9}|(?:Inc|Ltd|Corp|Co|Jr|Sr)\.)(?![A-Za-z0-9])"  # S.A., Inc.
)
_THOUSANDS = re.compile(r"[0-9٠-٩](?<![\dA-Za-z].)(?<!\d .)\d{0,2}(?: \d{3})+(?! ?\d)")
_TELEPHONE = re.compile(r"(?:\+(?=\d)|[0٠](?<![\d.,٠-٩+].)(?<!\d .))\d{1,3}(?: \d{1,4}){2,5}(?! ?\d)")
_PERCENT = re.compile(" (?<=[0-9٠-٩] )(?=[%٪‰])")
_BLOCK = r"/?(?:p|li|[uo]l|h[1-6])\b"
_PARAGRAPH = re.compile(rf"<(p|li|h[1-6])>([^<]*(?:<(?!{_BLOCK})[^<]*)*)</\1>")
_TAG = re.compile(r'<[^<>"]*(?:"[^"]*"[^<>"]*)*>')
_FROM_THE_RIGHT = re.compile("[\u0590-\u08ff\ufb1d-\ufefc]")
_LATIN = re.compile("[A-Za-z\u00c0-\u024f]")
_ALEF, _LAM = "\u0627", "\u0644"
_FEWEST_WORDS = 4  # fewer may be a name


def left_to_right(flat: str) -> str:
    """Arabic text with the groups of its numbers held together and marks around its passages; twice is like once."""
    flat = _THOUSANDS.sub(_held_together, _TELEPHONE.sub(_held_together, flat))
    flat = _PERCENT.sub(_WIDE, flat)
    marked = _PASSAGE.sub(_held, flat)
    return _MARKS.sub(_MARK, marked) if marked != flat else flat


def _held_together(number: re.Match[str]) -> str:
    return number[0].replace(" ", _THIN)


def _held(passage: re.Match[str]) -> str:
    text = passage[0].replace(" ", _WIDE)
    before = "" if text[0].isalpha() else _MARK
    return f"{before}{text}{'' if text[-1].isalnum() else _MARK}"


def paragraphs_left_to_right(html: str) -> str:
    """Sanitised Arabic HTML whose paragraphs, headings and items without an Arabic letter run from left to right."""
    return _PARAGRAPH.sub(_directed, html)


def _directed(paragraph: re.Match[str]) -> str:
    if _FROM_THE_RIGHT.search(paragraph[2]):
        return paragraph[0]
    words = sum(1 for word in _TAG.sub("", paragraph[2]).split() if _LATIN.search(word))
    return _running(paragraph, paragraph[2], ' dir="ltr"') if words >= _FEWEST_WORDS else paragraph[0]


def paragraphs_right_to_left(html: str, arabic: Callable[[str], str]) -> str:
    """Sanitised French or English HTML whose Arabic paragraphs run from right to left, and are said to be Arabic.

    So are headings and items; `arabic` sets what is in them.
    """

    def said_to_be_arabic(paragraph: re.Match[str]) -> str:
        words = _TAG.sub("", paragraph[2]).split()
        from_the_right = sum(1 for word in words if _FROM_THE_RIGHT.search(word))
        latin = sum(1 for word in words if _LATIN.search(word))
        if from_the_right <= 2 * latin:
            return paragraph[0]
        return _running(paragraph, arabic(paragraph[2]), ' lang="ar" dir="rtl"')

    return _PARAGRAPH.sub(said_to_be_arabic, html) if _ALEF in html or _LAM in html else html


def _running(paragraph: re.Match[str], text: str, way: str) -> str:
    """A paragraph with its way; within an item, whose bullet stays where those of the others are."""
    tag = paragraph[1]
    if tag == "li":
        return paragraph[0] if text.startswith("<span ") else f"<li><span{way}>{text}</span></li>"
    return f"<{tag}{way}>{text}</{tag}>"
