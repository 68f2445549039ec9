"""Text of a page that has no paragraphs: blank lines part them, as editors of WordPress and Blogger see it."""

import re

_PARAGRAPH = re.compile(r"<p[\s>]", re.IGNORECASE)
_PARTING = re.compile(r"(\n[ \t]*\n\s*|(?:<br\s*/?>\s*){2,})", re.IGNORECASE)
_BELOW = re.compile(r"</(?:blockquote|div|figure|h[1-6]|ol|table|ul)>(?=\s*\S)", re.IGNORECASE)
_UNSEEN = re.compile(r"(?:\s|<!--.*?-->|<(?:meta|link)\b[^>]*>)*+", re.DOTALL | re.IGNORECASE)
_BLOCK = re.compile(
    r"</?(?:address|article|aside|blockquote|body|caption|center|dd|details|div|dl|dt|fieldset|figcaption|figure|footer"
    r"|form|h[1-6]|head|header|hr|html|iframe|li|main|nav|ol|script|section|style|summary|table|tbody|td|tfoot|th|thead"
    r"|title|tr|ul|video)\b",
    re.IGNORECASE,
)


def with_paragraphs(html: str) -> str:
    """HTML whose loose texts, where there are several, are paragraphs."""
    if _PARAGRAPH.search(html) or "<pre" in html.lower():
        return html
    pieces = _PARTING.split(_BELOW.sub(r"\g<0>\n\n", html))  # every second one is what parts them
    begins = {place: match.end() for place in range(0, len(pieces), 2) if (match := _UNSEEN.match(pieces[place]))}
    loose = [place for place, at in begins.items() if pieces[place][at:] and not _BLOCK.match(pieces[place], at)]
    if len(loose) < 2:
        return html
    for place in loose:
        piece, at = pieces[place], begins[place]
        pieces[place] = f"{piece[:at]}<p>{piece[at:]}</p>"
    return "\n".join(pieces[::2])
