"""Addresses that stand in a text as they are: what readers see is what they can follow."""

import html as entities
import re

from functions.core.html.sanitize import is_link

_REST = r'[^<>"]*(?:"[^"]*"[^<>"]*)*>'
_PIECE = re.compile(
    rf"<(a|code|pre|kbd|samp)\b{_REST}.*?</\1>|<{_REST}"
    r"|(https?://(?:(?!&(?:nbsp|lt|gt|quot);)[^\s<>\"«»“”]){1,2000})",
    re.DOTALL | re.IGNORECASE,
)
_SHOWN = re.compile(r'<a href="([^"]*)">\1</a>')
_AFTER = ".,;:!?…’'*_]}،؛؟"  # of the sentence, where an address ends with one


def with_links(html: str) -> str:
    """Sanitised HTML in which every http address is a link; none within a link or code.

    Links that show their address have a direction, whatever that of the text is: by it paper knows them, too.
    """
    return _PIECE.sub(_linked, html)


def _linked(piece: re.Match[str]) -> str:
    if not piece[2]:
        return _SHOWN.sub(r'<a href="\1" dir="ltr">\1</a>', piece[0]) if piece[1] == "a" else piece[0]
    written = entities.unescape(piece[2])
    address = _without_end(written)
    if not is_link(address):
        return piece[0]
    rest = entities.escape(written[len(address) :], quote=False)
    return f'<a href="{entities.escape(address)}" dir="ltr">{entities.escape(address, quote=False)}</a>{rest}'


def _without_end(found: str) -> str:
    """An address without the marks of the sentence that it ends, and the bracket that was opened before it."""
    shorter = found.rstrip(_AFTER)
    while shorter.endswith(")") and shorter.count("(") < shorter.count(")"):
        shorter = shorter[:-1].rstrip(_AFTER)
    return shorter
