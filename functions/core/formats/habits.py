"""What writers type into Markdown as they would into a word processor: bullets, headings, lines of a conversation."""

import re
from collections.abc import Iterator

from functions.core.markdown import slips
from functions.core.words import Mistake

BULLETS = "•▪‣◦·●■➢►"
_CODE_OR_HTML = re.compile(r"```|~~~|^ {0,3}<", re.MULTILINE)
_BULLET = re.compile(rf"^( {{0,3}})[{BULLETS}][ \t\u00a0\u202f]*(?=\S)", re.MULTILINE)
_HEADING = re.compile(r"^(#{2,6})(?=[^#\s])", re.MULTILINE)
_TURN = re.compile(r"(?<=\S)\n(?=[–—][ \u00a0\u202f])")
_INDENT = re.compile(r"^(?: {4}| {0,3}\t)", re.MULTILINE)


def as_meant(text: str) -> str:
    """A text with what its writer sees in Markdown's spelling, line by line; not one with blocks of code or HTML."""
    if _CODE_OR_HTML.search(text):
        return text
    text = _HEADING.sub(r"\1 ", _BULLET.sub(r"\1- ", text))
    return _TURN.sub("  \n", text)


def notices(text: str, html: str, first_line: int) -> Iterator[Mistake]:
    """Of what shows in a page otherwise than its writer meant."""
    if "**" in html or ("<pre><code>" in html and _INDENT.search(text)):
        lines = text.split("\n")
        for code, line in slips(text).items():
            yield Mistake(code, "body", first_line + line, lines[line].strip())
