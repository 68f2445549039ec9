"""Bounds of an HTML text: it is sanitised by a parser that takes time and room by the elements that it makes of it.

They are more than its tags: what a paragraph leaves open, a <b> or an <em>, is opened anew in each that follows. What
is counted as closed must be closed to that parser too: a text of many tags is reduced to what both read in one way.
"""

import re
from collections.abc import Sequence

from functions.core.files import MAX_TEXT_BYTES
from functions.core.formats.manuscript import MAX_TAGS
from functions.core.formats.markup import COMMENT, RAW, Tag, tags
from functions.core.mistakes import Mistake, Unreadable

MAX_DEPTH = 200
_MAX_LENGTH = 4 * MAX_TEXT_BYTES  # of a text in a document, or with the tags that a hostile one has made of few
_MANY_TAGS, _USUAL_DEPTH = 1000, 10
# Tags that hold nothing, or that the next one of their kind closes: neither makes HTML deeper.
_FLAT = frozenset("br hr img wbr meta link input source col area param track p li td th tr dt dd option".split())
# Which elements the end of another passes by, as the rules of HTML have it: none of the walls, and eight at most; that
# of a word in the line passes by no block, unless it is one that paragraphs open anew.
_WALLS = frozenset("applet caption marquee object select table template".split())
_OPENED_ANEW = frozenset("a b big code em font i nobr s small strike strong tt u".split())
_BLOCKS = _WALLS | frozenset(
    "address article aside blockquote body button center colgroup details dialog dir div dl fieldset figcaption figure "
    "footer form frameset h1 h2 h3 h4 h5 h6 head header hgroup html listing main menu nav ol pre search section "
    "summary tbody tfoot thead ul".split()
)
_REACH = 8
_OTHER_RULES = frozenset({"svg", "math", "noscript"})  # in which tags mean something else
_LEFT_OUT = _OTHER_RULES | RAW
_FORGOTTEN = frozenset({"script", "style", "iframe"})
_UNENDED = re.compile("</?[a-zA-Z].*", re.DOTALL)


def check_size(html: str) -> None:
    """Unreadable (file_too_long, too_many_tags) for more than can be looked through."""
    if len(html) > _MAX_LENGTH:
        raise Unreadable(Mistake("file_too_long", "body", limit=_MAX_LENGTH >> 10))
    if html.count("<") > MAX_TAGS:
        raise Unreadable(Mistake("too_many_tags", "body", limit=MAX_TAGS))


def bounded(html: str) -> str:
    """HTML that can be sanitised in time; one of many tags without what the sanitiser forgets anyway.

    Raises:
        Unreadable: file_too_long, too_many_tags or too_nested.
    """
    check_size(html)
    if html.count("<") <= _MANY_TAGS:
        return html
    kept, plain = _plain(html, list(tags(html)))
    _check_depth(kept)
    return plain


def _plain(html: str, found: Sequence[Tag]) -> tuple[list[Tag], str]:
    """The tags that any parser sees in a text, and the text with these alone."""
    ends = _ends(found)
    kept: list[Tag] = []
    pieces: list[str] = []
    at = place = 0
    raw = ""
    while place < len(found):
        tag = found[place]
        pieces.append(_text(html[at : tag.start], raw))
        if tag.name not in _LEFT_OUT:
            kept.append(tag)
            pieces.append(html[tag.start : tag.end])
        last = found[ends.get(place, place)]
        raw = last.name if last.name in RAW and not last.closing else ""
        at = last.end
        place = ends.get(place, place) + 1
    pieces.append(_UNENDED.sub("", COMMENT.sub("", html[at:])) if not raw else _text(html[at:], raw))
    return kept, "".join(pieces)


def _ends(found: Sequence[Tag]) -> dict[int, int]:
    """Where the elements of other rules end, by where they begin; of those that do end."""
    begun: dict[str, list[int]] = {name: [] for name in _OTHER_RULES}
    ends: dict[int, int] = {}
    for place, tag in enumerate(found):
        if tag.name in _OTHER_RULES and not tag.closing and not tag.rest.endswith("/"):
            begun[tag.name].append(place)
        elif tag.name in _OTHER_RULES and tag.closing and begun[tag.name]:
            ends[begun[tag.name].pop()] = place
    return ends


def _text(between: str, raw: str) -> str:
    """What stands between two tags, the first of which may begin an element that holds no others."""
    if raw in _FORGOTTEN:
        return ""
    return (between if raw else COMMENT.sub("", between)).replace("<", "&lt;")


def _check_depth(found: Sequence[Tag]) -> None:
    opened: list[str] = []
    made = 0
    for tag in found:
        if not tag.closing:
            made += len(opened)
        if tag.name in _FLAT:
            continue
        if tag.closing:
            _close(opened, tag.name)
        else:
            opened.append(tag.name)
        if len(opened) > MAX_DEPTH:
            raise Unreadable(Mistake("too_nested", "body", limit=MAX_DEPTH))
    if made > MAX_TAGS * _USUAL_DEPTH:
        raise Unreadable(Mistake("too_many_tags", "body", limit=MAX_TAGS))


def _close(opened: list[str], name: str) -> None:
    """Takes out what an end closes for sure."""
    for place in range(len(opened) - 1, max(-1, len(opened) - 1 - _REACH), -1):
        if opened[place] == name:
            del opened[place]
            return
        if opened[place] in (_WALLS if name in _BLOCKS | _OPENED_ANEW else _BLOCKS):
            return
