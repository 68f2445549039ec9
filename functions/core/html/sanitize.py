"""The one gate for HTML: an allow-list for news, and a stricter idea of a link than any browser has."""

import re
from functools import cache

import nh3

from functions.core.unseen import without_controls

_TAGS = frozenset(
    "p h1 h2 h3 h4 h5 h6 ul ol li a em strong b i blockquote cite q figure figcaption img code pre kbd samp br hr "
    "table thead tbody tfoot tr th td caption sup sub del ins s small mark abbr dl dt dd section bdi span".split()
)
_FORGOTTEN_WHOLE = frozenset("script style iframe noscript template svg math object".split())
_CELL_CLASSES = frozenset({"left", "center", "right"})
_ATTRIBUTES = {
    "a": frozenset({"href", "title", "id"}),
    "img": frozenset({"src", "alt", "title"}),
    "abbr": frozenset({"title"}),
    "blockquote": frozenset({"cite"}),
    "li": frozenset({"id"}),
    "ol": frozenset({"start"}),
    "th": frozenset({"colspan", "rowspan", "scope"}),
    "td": frozenset({"colspan", "rowspan"}),
    "*": frozenset({"lang", "dir"}),
}
_CLASSES = {
    "sup": frozenset({"footnote"}),
    "ol": frozenset({"footnotes"}),
    "th": _CELL_CLASSES,
    "td": _CELL_CLASSES,
}
# No C0, C1, space of any kind, backslash or bidirectional control anywhere; a host of ours only as /path, never //host.
_PLAIN = r"[^\s\x00-\x20\x7f-\x9f\\\u202a-\u202e\u2066-\u2069]"
_LINK = re.compile(
    rf"https?://{_PLAIN}+|mailto:{_PLAIN}(?:(?!@){_PLAIN})*+@{_PLAIN}+|/(?!/){_PLAIN}*|#{_PLAIN}*", re.IGNORECASE
)
_VALUES = {
    "href": _LINK,
    "cite": _LINK,
    "id": re.compile(r"fn(?:ref)?-[0-9]{1,4}"),
    "lang": re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*"),
    "dir": re.compile(r"ltr|rtl|auto"),
    "scope": re.compile(r"row|col|rowgroup|colgroup"),
}
_NUMBER = re.compile(r"[0-9]{1,4}")
_NUMBERS = frozenset({"start", "colspan", "rowspan"})
_SPAN = re.compile(r"<(/?)span( [^>]*)?>")
_FIRST_LINE = re.compile(r'(<pre(?: [a-z]+="[^"]*")*>)\n+')  # parsers drop a line feed there, each time one


def is_link(url: str) -> bool:
    """Whether readers may be sent there: http, https, mailto, a path of this site or a place in the page."""
    return _LINK.fullmatch(url) is not None


@cache
def _cleaner() -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=_TAGS,
        clean_content_tags=_FORGOTTEN_WHOLE,
        attributes=_ATTRIBUTES,
        allowed_classes=_CLASSES,
        attribute_filter=_checked,
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
    )


def sanitize(html: str) -> str:
    """The allowed part of the HTML, serialised canonically, without control characters.

    `src` of an image passes as it is: who asks for images to be published rewrites every one of them.
    """
    clean = _cleaner().clean(html)
    if "&#" in html:  # a reference such as &#13; brings in what the next parser reads otherwise
        clean = without_controls(clean)
    if "<span" in clean:
        clean = _without_bare_spans(clean)
    return _FIRST_LINE.sub(r"\1", clean) if "<pre" in clean else clean


def _without_bare_spans(clean: str) -> str:
    """The HTML without the spans that say nothing: word processors write one around every word."""
    telling: list[bool] = []

    def kept(tag: re.Match[str]) -> str:
        if tag[1]:
            return tag[0] if telling.pop() else ""
        telling.append(bool(tag[2]))
        return tag[0] if tag[2] else ""

    return _SPAN.sub(kept, clean)


def _checked(_tag: str, attribute: str, value: str) -> str | None:
    if attribute in _NUMBERS:
        return value if _NUMBER.fullmatch(value) else None
    allowed = _VALUES.get(attribute)
    return value if allowed is None or allowed.fullmatch(value) else None
