"""What writers type into Markdown as they would into a word processor: bullets, headings, lines of a conversation."""

import re
from collections.abc import Iterator

from functions.core.markdown import slips
from functions.core.words import Mistake

BULLETS = "•▪‣◦·●■➢►"
# Each begins with the end of a line, which is found twenty times as fast as a beginning.
_HTML = re.compile(r"\n {0,3}<")
_BULLET = re.compile(rf"\n( {{0,3}})[{BULLETS}][ \t\u00a0\u202f]*(?=\S)")
_HEADING = re.compile(r"\n(#{2,6})(?=[^#\s])")
_TURN = re.compile(r"\n(?<=\S\n)(?=[–—][ \u00a0\u202f])")
_INDENT = re.compile(r"^(?: {4}| {0,3}\t)", re.MULTILINE)


def as_meant(text: str) -> str:
    """A text with what its writer sees in Markdown's spelling, line by line; not one with blocks of code or HTML."""
    lines = "\n" + text
    if "```" in text or "~~~" in text or _HTML.search(lines):
        return text
    lines = _HEADING.sub(r"\n\1 ", _BULLET.sub(r"\n\1- ", lines))
    return _TURN.sub("  \n", lines[1:])


def notices(text: str, html: str, first_line: int) -> Iterator[Mistake]:
    """Of what shows in a page otherwise than its writer meant."""
    if "**" in html or ("<pre><code>" in html and _INDENT.search(text)):
        lines = text.split("\n")
        for code, line in slips(text).items():
            yield Mistake(code, "body", first_line + line, lines[line].strip())
