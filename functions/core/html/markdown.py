"""CommonMark with tables, footnotes and strikethrough, as HTML that is not yet safe."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import cache
from itertools import islice
from typing import NamedTuple

import pyromark

_NOTE = re.compile(
    r'<div class="footnote-definition" id="[^"]*"><sup class="footnote-definition-label">(\d+)</sup>\n?'
    r"((?:(?!<div).)*?)</div>\n",
    re.DOTALL,
)
_REFERENCE = re.compile(r'<sup class="footnote-reference"><a href="#[^"]*">(\d+)</a></sup>')
_STAR, _STARS = re.compile(rb"\*"), re.compile(rb"(?<![*\\])\*\*(?!\*)")
_ALIGNED = re.compile(r'<(t[hd]) style="text-align: (left|center|right)">')


class Mention(NamedTuple):
    """A link's or an image's destination as written, or a piece of raw HTML; `line` counts from 0."""

    source: str
    line: int


@cache
def _parser() -> pyromark.Markdown:
    options = pyromark.Options
    return pyromark.Markdown(
        options=options.ENABLE_TABLES
        | options.ENABLE_FOOTNOTES
        | options.ENABLE_STRIKETHROUGH
        | options.ENABLE_HEADING_ATTRIBUTES
    )


def to_html(text: str) -> str:
    """HTML of a Markdown text whose lines end in a line feed; raw HTML in it passes, so the result must be sanitised.

    Footnotes become one list at the end, `#fn-1` and back to `#fnref-1`, numbered by their first mention; table cells
    carry their alignment as a class, since pages allow no inline styles.
    """
    html = _parser().html(text)
    if 'style="text-align' in html:
        html = _ALIGNED.sub(r'<\1 class="\2">', html)
    return _with_footnotes(html) if 'class="footnote-' in html else html


def mentions(text: str) -> Iterator[Mention]:
    """All that the text links to or shows, in its order: for telling where a mistake is."""
    line_ends = [match.start() for match in re.finditer(b"\n", text.encode())]
    for event, where in _parser().events_with_range(text):
        match event:
            case (
                {"Start": {"Link": {"dest_url": str(source)}} | {"Image": {"dest_url": str(source)}}}
                | {"InlineHtml": str(source)}
                | {"Html": str(source)}
            ):
                yield Mention(source, bisect_left(line_ends, where["start"]))
            case _:
                pass


def slips(text: str) -> dict[str, int]:
    """What shows otherwise than it was meant, each with its first line, from 0.

    `indented_code`: code that is none but for its indentation; `stars`: two of them that embolden nothing; `cells`:
    a row with more of them than its table's head, which leaves those out.
    """
    raw = text.encode()
    found = _code_and_stars(text, raw)
    for place in islice(_crowded_rows(text, raw), 1):
        found["cells"] = place
    return {code: raw.count(b"\n", 0, place) for code, place in found.items()}


def _code_and_stars(text: str, raw: bytes) -> dict[str, int]:
    found: dict[str, int] = {}
    stars: set[int] = set()
    in_code = False
    for event, where in _parser().events_with_range(text):
        match event:
            case {"Start": {"CodeBlock": kind}}:
                in_code = True
                if kind == "Indented":
                    found.setdefault("indented_code", where["start"])
            case {"End": "CodeBlock"}:
                in_code = False
            case {"Text": _} if not in_code:
                stars.update(star.start() for star in _STAR.finditer(raw, where["start"], where["end"]))
            case _:
                pass
    for pair in _STARS.finditer(raw):
        if pair.start() in stars:
            found.setdefault("stars", pair.start())
    return found


def _crowded_rows(text: str, raw: bytes) -> Iterator[int]:
    """Where the rows begin of which something stands beyond the last cell that is read."""
    read = 0
    for event, where in _parser().events_with_range(text):
        if event == {"End": "TableCell"}:
            read = where["end"]
        elif event == {"End": "TableRow"} and raw[read : where["end"]].strip(b"| \t\n"):
            yield where["start"]


def _with_footnotes(html: str) -> str:
    notes: dict[int, str] = {}
    for number, note in _NOTE.findall(html):  # one that is told twice is both
        notes[int(number)] = f"{notes.get(int(number), '')}\n{note.strip()}".lstrip()
    mentioned: set[str] = set()

    def mention(match: re.Match[str]) -> str:
        number = match[1]
        anchor = "" if number in mentioned else f' id="fnref-{number}"'
        mentioned.add(number)
        return f'<sup class="footnote"><a href="#fn-{number}"{anchor}>{number}</a></sup>'

    html = _REFERENCE.sub(mention, _NOTE.sub("", html))
    texts = {number: _REFERENCE.sub(mention, notes[number]) for number in sorted(notes)}
    called = {number: _with_way_back(text, number) for number, text in texts.items() if str(number) in mentioned}
    items = (f'<li id="fn-{number}">\n{called.get(number, text)}\n</li>\n' for number, text in texts.items())
    return f'{html}<ol class="footnotes">\n{"".join(items)}</ol>\n' if notes else html


def _with_way_back(note: str, number: int) -> str:
    back = f'<a href="#fnref-{number}">↩</a>'
    return f"{note.removesuffix('</p>')} {back}</p>" if note.endswith("</p>") else f"{note}\n<p>{back}</p>"
