"""French typography for plain text and for HTML; of Arabic numbers alone; English stays as it was typed.

In French, spaces that never break: U+202F before ; ? !, inside « » and between thousands, U+00A0 before : % €, units
and Roman numbers, in telephone numbers, between n°, p. or art. and a number, M. or Mme and a name; straight quotation
marks become « », straight apostrophes ’. In Arabic, U+202F between thousands and in telephone numbers (with plain
spaces the groups of 1 250 000 stand backwards, as words do) and marks of direction: passages.py. Never in code,
attributes, addresses, hours, ratios or emoticons. Twice is as good as once.
"""

import re
import string
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain

from functions.core.article import Language
from functions.core.passages import left_to_right, paragraphs_left_to_right, paragraphs_right_to_left

Hand = Language | None  # whose rules a text is set by; None: as it was typed
THIN, WIDE = "\u202f", "\u00a0"
_SPACES = " \u00a0\u2009\u202f"
# What must not be touched is taken out and one character stands in for it meanwhile: for a tag that text flows through,
# for a tag that ends the flow, for code, a passage in another language, an address or an entity, all as good as a word.
_FLOW, _EDGE, _WORD = "\ue000", "\ue001", "\ue002"
_THIN_SPACES, _WIDE_SPACES = (dict.fromkeys(map(ord, _SPACES), space) for space in (THIN, WIDE))
_STAND_IN = re.compile(f"[{_FLOW}{_EDGE}{_WORD}]")
# The patterns begin with a plain set of characters because `re` looks for those quickly.
_REST = r"[^<>\"]*(?:\"[^\"]*\"[^<>\"]*)*>"
_WHOLE = "|".join(rf"{name}\b{_REST}.*?</{name}>" for name in ("code", "pre", "kbd", "samp"))


def _markup(hand: Language, html: str) -> re.Pattern[str]:
    """What of this HTML is never set by this hand. Nothing is looked for of which it has not even the first sign."""
    others = "".join(filter(html.__contains__, f"&{_FLOW}{_EDGE}{_WORD}"))
    return re.compile(
        rf"([<{others}](?:(?<=<)(?:"
        rf"(?:{_WHOLE})"
        rf"|((?!br|hr|img)[a-z][a-z0-9]*)(?=\s[^<>]*\blang=\"(?!{hand})){_REST}.*?</\2>"
        rf"|/?[a-z]{_REST})"
        rf"|(?<=&)#?\w+;(?:&#?\w+;)*+|(?<=[{_FLOW}-{_WORD}])))",
        re.DOTALL,
    )


_ONE_TAG = re.compile(f"<{_REST}")
_FLOWS = re.compile(r"</?(?:a|abbr|b|bdi|cite|del|em|i|ins|mark|q|s|small|span|strong|sub|sup|time)\b")
_ADDRESS = re.compile(
    rf"((?:https?://|www\.)[^\s<>\"«»{_FLOW}-{_WORD}]+(?<![.,;:!?])"
    rf"|(?<![\w.+'-])[\w.+'-]{{1,64}}@[\w-]+\.[\w.-]+(?<!\.)|[{_FLOW}-{_WORD}])"
)

_APOSTROPHE = re.compile(rf"'(?<=[^\W\d_]')(?={_FLOW}*[\w«\"{_WORD}])")
# The end of 'oui', where a mark of quotation follows; what comes before it has its apostrophes already.
_SINGLE = re.compile(rf"'(?<![\w’]')(?=\w)([^'\"{_EDGE}]*)’(?=\"(?!{_FLOW}*[\w«{_WORD}]))")
_AFTER_PAUSE = re.compile(rf'"(?:(?<![^\s(\[«—–{_FLOW}{_EDGE}-]")|(?<=[.…,]")(?=\w)|(?<=’")(?={_FLOW}*[\w«"{_WORD}]))')
_LEADS = re.compile(rf"(?!\.(?![\w.{_WORD}]))[^\s»?!;:,)\]{_EDGE}]")
_CLOSES = re.compile(
    rf'"(?:(?<=[^\s{_EDGE}]")(?!\w)|(?<=[^«"{_EDGE}][{_SPACES}]")(?={_FLOW}*(?:[\s,.;:!?…)\]»{_EDGE}]|\Z)))'
)
_STANDS_OFF = re.compile(rf'"(?<![^\s({_FLOW}{_EDGE}]")(?<![\d«][{_SPACES}]")[{_SPACES}]+(?=[\w«{_WORD}])')
_OPENING = re.compile(rf"«[{_SPACES}]*(?=[^\s{_EDGE}])")
_MARKS = ";:?!»"
_MARK = re.compile(f"[{_MARKS}](?:(?<=»)|[;:?!]*)")
# A dollar ends a word unless it begins one ("$?"), a full stop after a letter (S.A., not "...").
_WORD_END = re.compile(rf"[\w»)\]’”%…€£‰°{_WORD}]|\$(?<=[\w{WIDE}]\$)|\.(?<=[^\W\d_]\.)")
_PAUSE = re.compile(rf"{_FLOW}*(?:[\s»{_EDGE}]|\Z)")
_JOINED = re.compile(rf"{_FLOW}*[\w=/]")
_MONEY = r"[€£]|\$(?:US|CA)?|(?:K|MM?)?D[Hh][Ss]?|dhs?|MAD|USD|EUR|euros?|dollars?|dirhams?"
_UNIT = (
    rf"[%‰]|{_MONEY}|(?:[kKM]|Mds?)[€$]|Mds?|millions?|milliards?|pts?|points?|tonnes?"
    "|°C|h|min|s|[kcm]?m[²³23]?|km/h|ha|[km]?g|M?t|q|[cmh]?l|[kMGT]?Wh?|[kMGT]o|[kMG]?Hz"
)
_SCALED = rf"h(?=[{_SPACES}]+\d)|Mds?(?=[{_SPACES}]+(?:{_MONEY})(?![\w'’]))"
_NUMBER = re.compile(
    rf"[0-9]\d*(?:[{_SPACES}]\d+)*+(?:({_FLOW}*+)(?:[{_SPACES}]+|(?=[%‰€£$]))({_FLOW}*+)"
    rf"(?=(?:{_UNIT})(?![\w'’]))(?:({_SCALED})[{_SPACES}]+)?)?"
)
_THOUSANDS = re.compile(rf"\d{{1,3}}(?:[{_SPACES}]\d{{3}})+")
_TELEPHONE = re.compile(rf"(?:0|(?<=\+)\d)\d{{0,3}}(?:[{_SPACES}]\d{{1,4}}){{2,5}}")
_REFERS = f"°º.o{_SPACES}{_FLOW}"
_LOOKS_BACK = 7  # as far as a reference can reach: "art." and three spaces
_REFERENCE = re.compile(rf"\b(?:[nN]{_FLOW}?[°ºo]{_FLOW}?|pp?\.|[aA]rt\.)[{_SPACES}]{{1,3}}\Z")
_ROMAN = re.compile(r" (?<=[^\W\d_] )(?=[IVX]{1,7}(?:er|e|ème)?(?![\w'’-]))")
_NAMED = re.compile(rf"M(?<!\wM)(?:M?\.|mes?|lles?|e)[{_SPACES}]+(?={_FLOW}*[A-ZÀ-ÖØ-ÞŒ])")


def typeset(text: str, hand: Hand) -> str:
    """Plain text as it is printed."""
    if hand == "fr":
        return _text(text, _french)
    return _text(text, left_to_right) if hand == "ar" else text


def typeset_html(html: str, hand: Hand) -> str:
    """Sanitised HTML as it is printed: tags lower case, attributes between double quotes."""
    if hand is None:
        return html
    html = paragraphs_left_to_right(html) if hand == "ar" else paragraphs_right_to_left(html, _arabic)
    if hand == "en":
        return html
    html = html.replace("&nbsp;", WIDE)
    return _around(html, _markup(hand, html), lambda flat: _text(flat, _french)) if hand == "fr" else _arabic(html)


def _arabic(html: str) -> str:
    return _around(html, _markup("ar", html), lambda flat: _text(flat, left_to_right))


def _around(text: str, untouchable: re.Pattern[str], setting: Callable[[str], str]) -> str:
    """The text set, but for whatever the pattern's first group matches."""
    pieces = untouchable.split(text)
    texts, taken = pieces[:: untouchable.groups + 1], pieces[1 :: untouchable.groups + 1]
    flat = setting(_between(texts, map(_stand_in, taken)))
    return _between(flat.replace(_FLOW, _WORD).replace(_EDGE, _WORD).split(_WORD), taken)


def _between(texts: Sequence[str], others: Iterable[str]) -> str:
    """The texts with one of the others after each but the last."""
    woven = [""] * (2 * len(texts) - 1)
    woven[::2], woven[1::2] = texts, others
    return "".join(woven)


@lru_cache(maxsize=4096)
def _stand_in(taken: str) -> str:
    if _STAND_IN.match(taken):
        return taken
    if not _ONE_TAG.fullmatch(taken):
        return _WORD
    return _FLOW if _FLOWS.match(taken) else _EDGE


def _text(text: str, setting: Callable[[str], str]) -> str:
    has_address = "@" in text or "://" in text or "www." in text
    return _around(text, _ADDRESS, setting) if has_address else setting(text)


def _french(flat: str) -> str:
    """Text without addresses and markup, but with what stands in for them."""
    flat = _NAMED.sub(lambda title: title[0].rstrip(_SPACES) + WIDE, _with_roman_numbers(_with_numbers(flat)))
    if "'" in flat:
        flat = _APOSTROPHE.sub("’", flat)
        flat = _SINGLE.sub(r"'\1'", flat) if '’"' in flat else flat
    if '"' in flat:
        flat = _with_guillemets(flat)
    if "«" in flat:
        flat = _OPENING.sub(f"«{THIN}", flat)
    pieces: list[str] = []
    done = 0
    for mark in _matches(_MARK, _MARKS, flat):
        end = mark.start()
        while end > done and flat[end - 1] in _SPACES:
            end -= 1
        if end > done and _wants_space(flat, mark, done, end):
            pieces += flat[done:end], WIDE if mark[0][0] == ":" else THIN
            done = mark.start()
    return "".join(pieces) + flat[done:] if pieces else flat


def _matches(pattern: re.Pattern[str], signs: Iterable[str], flat: str) -> Iterator[re.Match[str]]:
    """What `finditer` finds of a pattern that begins with one of these signs; one alone is found ten times as fast."""
    done = 0
    for place in sorted(chain.from_iterable(_places(flat, sign) for sign in signs if sign in flat)):
        if place >= done and (match := pattern.match(flat, place)):
            done = match.end()
            yield match


def _places(flat: str, sign: str) -> Iterator[int]:
    place = flat.find(sign)
    while place >= 0:
        yield place
        place = flat.find(sign, place + 1)


def _with_numbers(flat: str) -> str:
    """The text, each number held together with its sign or unit, and with what it is a number of."""
    pieces: list[str] = []
    done = 0
    for match in _matches(_NUMBER, string.digits, flat):
        start = match.start()
        if flat[start - 1 : start].isalpha():
            continue  # V8, GT1
        before = flat[done:start]
        if flat[start - 2 : start - 1] in _REFERS and _REFERENCE.search(flat, max(done, start - _LOOKS_BACK), start):
            before = before.rstrip(_SPACES) + WIDE
        pieces += before, _number(match)
        done = match.end()
    return "".join(pieces) + flat[done:] if pieces else flat


def _with_roman_numbers(flat: str) -> str:
    """The text, each Roman number held to the word before it: Louis XIV, le XXIe."""
    pieces: list[str] = []
    done = 0
    for match in _matches(_ROMAN, (" I", " V", " X"), flat):
        pieces += flat[done : match.start()], WIDE
        done = match.end()
    return "".join(pieces) + flat[done:] if pieces else flat


def _number(match: re.Match[str]) -> str:
    """A number, its groups held together, and the spaces (there or not) between it and its sign or unit."""
    digits, inner, outer, scale = match[0], match[1], match[2], match[3]
    if inner is not None:
        digits = digits[: match.start(1) - match.start()]
    if _THOUSANDS.fullmatch(digits):
        digits = digits.translate(_THIN_SPACES)
    elif len(digits) > 9 and _TELEPHONE.fullmatch(match.string, match.start(), match.start() + len(digits)):
        digits = digits.translate(_WIDE_SPACES)
    if inner is None:
        return digits
    return f"{digits}{inner}{WIDE}{outer}{scale}{WIDE}" if scale else f"{digits}{inner}{WIDE}{outer}"


def _with_guillemets(flat: str) -> str:
    """Straight quotation marks in pairs, whatever is inside, as long as it is in one paragraph."""
    open_at: list[int] = []
    pairs: list[tuple[int, int]] = []
    before = 0
    for at in _places(flat, '"'):
        if open_at and flat.find(_EDGE, before, at) >= 0:
            open_at.clear()
        follows_opening = bool(open_at) and open_at[-1] == at - 1
        leads = _LEADS.match(flat, at + 1) and (follows_opening or _AFTER_PAUSE.match(flat, at))
        if leads or (not open_at and _STANDS_OFF.match(flat, at)):
            open_at.append(at)
        elif open_at and not follows_opening and _CLOSES.match(flat, at):
            pairs.append((open_at.pop(), at))
        before = at
    letters = list(flat) if pairs else []
    for left, right in pairs:
        letters[left], letters[right] = "«", "»"
    return "".join(letters) or flat


def _wants_space(flat: str, mark: re.Match[str], start: int, end: int) -> bool:
    """Whether a space belongs before the mark; the text before it, without the spaces, is `flat[start:end]`."""
    is_spaced = end < mark.start()
    while end > start and flat[end - 1] == _FLOW:
        end -= 1
    if end == start or flat[end - 1] in f"\n\t([{{«{_EDGE}":
        return False
    if mark[0][0] == "»":
        return True
    if mark[0][0] in ":;" and not _PAUSE.match(flat, mark.end()):
        return False  # 12:30, :-) and the like
    return (is_spaced or bool(_WORD_END.match(flat, end - 1))) and not _JOINED.match(flat, mark.end())
