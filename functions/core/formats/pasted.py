"""What word processors say by a style alone: Google Docs' bold and italics, and that none of all its text is bold.

The text stays on its lines: tags are added, and none is taken away that a reader would see.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import islice, pairwise

from functions.core.formats.lists import with_lists
from functions.core.formats.manuscript import MAX_TAGS
from functions.core.formats.markup import Tag, tags

_SAYS = {
    "strong": re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE),
    "em": re.compile(r"font-style\s*:\s*(?:italic|oblique)", re.IGNORECASE),
    "s": re.compile(r"text-decoration[^;]{0,40}line-through", re.IGNORECASE),
    "sup": re.compile(r"vertical-align\s*:\s*super", re.IGNORECASE),
    "sub": re.compile(r"vertical-align\s*:\s*sub\b", re.IGNORECASE),
    "light": re.compile(r"font-weight\s*:\s*(?:normal|[1-5]00)", re.IGNORECASE),
    "upright": re.compile(r"font-style\s*:\s*normal", re.IGNORECASE),
}
_DENIED_BY = {"b": "light", "strong": "light", "i": "upright", "em": "upright"}
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_RULE = re.compile(r"\.([\w-]+)\s*\{([^{}]*)\}")


def as_meant(html: str) -> str:
    """The HTML of a page with tags for what its styles say."""
    if "style" in html.lower():
        html = "".join(_with_tags(html, list(islice(tags(html), MAX_TAGS + 1))))
    return with_lists(html)


def _with_tags(html: str, found: Sequence[Tag]) -> Iterator[str]:
    rules = _rules(html, found)
    closers: dict[str, list[str]] = {}  # of the elements of a name that are open
    at = headings = 0
    for tag in found:
        if tag.name in _HEADINGS:
            headings += -1 if tag.closing else 1
        if tag.name != "span" and tag.name not in _DENIED_BY:
            continue
        yield html[at : tag.start]
        at = tag.end
        if tag.closing:
            open_ = closers.get(tag.name)
            yield open_.pop() if open_ else html[tag.start : tag.end]
            continue
        outer, inner = _meant(tag, rules)
        inner = [name for name in inner if name != "strong" or headings <= 0]
        closers.setdefault(tag.name, []).append("".join(f"</{name}>" for name in [*reversed(inner), outer]))
        yield f"<{outer}{tag.rest}>" + "".join(f"<{name}>" for name in inner)
    yield html[at:]


def _rules(html: str, found: Sequence[Tag]) -> Mapping[str, frozenset[str]]:
    """What the page's own style sheets say of each class."""
    sheets = (html[tag.end : after.start] for tag, after in pairwise(found) if tag.name == "style" and not tag.closing)
    return {name: _looks(rule) for sheet in sheets for name, rule in _RULE.findall(sheet)}


@lru_cache(maxsize=512)
def _looks(style: str) -> frozenset[str]:
    return frozenset(name for name, pattern in _SAYS.items() if pattern.search(style))


def _meant(tag: Tag, rules: Mapping[str, frozenset[str]]) -> tuple[str, list[str]]:
    """The name of the element that a tag begins, and of those in it that its style stands for."""
    has = tag.attributes if tag.rest else {}
    looks = _looks(has.get("style", "")).union(*(rules.get(name, ()) for name in {*has.get("class", "").split()}))
    if tag.name in _DENIED_BY:
        return ("span" if _DENIED_BY[tag.name] in looks else tag.name), []
    return tag.name, [name for name in ("strong", "em", "s", "sup", "sub") if name in looks]
