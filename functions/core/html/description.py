"""The description of an article that has no standfirst: the first sentences of its body."""

import re
from collections.abc import Iterator
from html import unescape

LONGEST = 160  # characters; what search engines show of one
_TAG = re.compile(r'<(/?)([a-z][a-z0-9]*)([^<>"]*(?:"[^"]*"[^<>"]*)*)>')
_INLINE = frozenset("a abbr b bdi cite code del em i img ins kbd mark q s samp small span strong sub sup".split())
_NO_SENTENCE = frozenset("h1 h2 h3 h4 h5 h6 figure figcaption pre table".split())
_NOTES = ' class="footnote'
_SPACES = re.compile(r"\s{2,}|[ \t\n]")  # one that an editor typed so that it does not break stays
_HANGING = " ,،;؛:(«\u00a0\u202f"


def beginning(body: str) -> str:
    """The first words of sanitised HTML as plain text, cut at a word; nothing where there is no sentence."""
    text = ""
    for piece in _pieces(body):
        text = _SPACES.sub(" ", text + unescape(piece))
        if len(text.strip()) > LONGEST:
            start = text.strip()[: LONGEST + 1]
            return start.rpartition(" ")[0].rstrip(_HANGING) + "…" if " " in start else start[:LONGEST] + "…"
    return text.strip()


def _pieces(body: str) -> Iterator[str]:
    """What stands between the tags, a space for a tag that is not inside a line; no headings, tables or notes."""
    left_out, depth, done = "", 0, 0
    for tag in _TAG.finditer(body):
        closing, name, attributes = tag.groups()
        if left_out:
            depth += (-1 if closing else 1) * (name == left_out)
            left_out = left_out if depth else ""
        else:
            yield body[done : tag.start()]
            yield "" if name in _INLINE else " "
            if not closing and (name in _NO_SENTENCE or attributes.startswith(_NOTES)):
                left_out, depth = name, 1
        done = tag.end()
    if not left_out:
        yield body[done:]
