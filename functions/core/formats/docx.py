"""DOCX as an article: fields at the top, in a table or line by line; title and standfirst by their styles, or as lines.

The second line is the standfirst if all of it is bold or italic. The table has two columns, names and values, with the
contract's names (`image.file`, `corrections.1.text`); a line is `Rubrique : Économie`. What they say goes before what
the styles say.
"""

import re
from functools import partial
from typing import NamedTuple

from functions.core import keys
from functions.core.files import BadPlace, kind_of
from functions.core.formats.manuscript import NO_LINE, Manuscript, Row, Source, note_controls, tree_of
from functions.core.formats.markup import element_at, tags, text_of
from functions.core.formats.word import to_html
from functions.core.header.fields import contract_name, is_field
from functions.core.mistakes import Mistake

_ROW = re.compile(r"<tr>(.*?)</tr>", re.DOTALL)
_CELL = re.compile(r"<t[dh](?: [^>]*)?>(.*?)</t[dh]>", re.DOTALL)
_TITLE, _STANDFIRST = '<h1 class="title">', '<p class="standfirst">'
_EMPHASISED = re.compile(r"<p>(?:<(strong|em)>(?:(?!</\1>).)*</\1>\s*)+</p>", re.DOTALL)
_SHOWN = frozenset({"title", "standfirst"})  # what a document without fields has all the same
_FEWEST_LINES = 2  # one alone may be the text's own
_TOP = 4  # blocks among which the table may stand: title, kicker, standfirst, table
_BREAK = re.compile(r"<br ?/>")
_LINE = re.compile(r"([\w.()-]+(?:[ \u00a0][\w.()-]+){0,2})[ \u00a0\u202f]?:\s*(.*)")
_FENCE = re.compile("[-—–_]+")  # which Word makes of the --- around a header
_VOID = frozenset({"br", "hr", "img"})
_MENTION = re.compile(r'<sup><a href="#((?:foot|end)note-\d+)" id="[^"]*">\[(\d+)\]</a></sup>')
_NOTE = re.compile(r'<li id="((?:foot|end)note-\d+)">')
_CAPTIONED = re.compile(r'<p>(<img(?: [a-z]+="[^"]*")* ?/>)</p><p class="caption">(.*?)</p>', re.DOTALL)
# Of what floats among shapes mammoth makes elements between the paragraphs.
_STRAY = re.compile(r'(\A|</(?:p|h[1-6]|[uo]l|li|table|blockquote)>)((?:<img(?: [a-z]+="[^"]*")* ?/>)+)')
# What an old program meant by these control characters, and what Word shows: those of Windows-1252.
_MEANT = {code: meant for code in range(0x80, 0xA0) if (meant := bytes([code]).decode("cp1252", "ignore"))}
_BACK = re.compile(r'<a href="#((?:foot|end)note)-ref-(\d+)">↑</a>')


class _Told(NamedTuple):
    """What the top of a document says, and the blocks that are left."""

    rows: list[Row]
    blocks: list[str]


def read_docx(key: str, body: bytes, mistakes: list[Mistake], notices: list[Mistake]) -> Manuscript:
    """The manuscript of a document; Unreadable if it is none or must not be opened."""
    html = _STRAY.sub(r"\1<p>\2</p>", _with_our_notes(to_html(body, notices).translate(_MEANT)))
    html = _CAPTIONED.sub(r"<figure>\1<figcaption>\2</figcaption></figure>", html)
    note_controls(html, None, mistakes)
    told = _told(_blocks(html))
    if {row.name for row in told.rows} <= _SHOWN:
        mistakes.append(Mistake("no_fields_told"))
    return Manuscript(
        header=tree_of(told.rows, NO_LINE),
        html="\n".join(told.blocks),
        first_line=None,
        source=Source(tuple),
        place=partial(_embedded, key),
        pictures_inside=True,
    )


def _with_our_notes(html: str) -> str:
    """Footnotes and endnotes as those of Markdown: one list, numbered by their first mention."""
    numbers = dict(_MENTION.findall(html))
    if not numbers:
        return html
    html = _MENTION.sub(r'<sup class="footnote"><a href="#fn-\2" id="fnref-\2">\2</a></sup>', html)
    html = _NOTE.sub(lambda note: f'<li id="fn-{numbers.get(note[1], 0)}">', html)
    html = html.replace('<ol><li id="fn-', '<ol class="footnotes"><li id="fn-')
    return _BACK.sub(lambda back: f'<a href="#fnref-{numbers.get(f"{back[1]}-{back[2]}", 0)}">↩</a>', html)


def _blocks(html: str) -> list[str]:
    """The elements at the top level of mammoth's HTML, which is well-formed."""
    found = [tag for tag in tags(html) if tag.name not in _VOID]
    blocks: list[str] = []
    place = 0
    while place < len(found):
        last = element_at(found, place).last
        end = found[last].end if last < len(found) else len(html)
        blocks.append(html[found[place].start : end])
        place = last + 1
    return blocks


def _told(blocks: list[str]) -> _Told:
    rows = _lines(blocks)
    for place, block in enumerate(blocks[: 0 if rows else _TOP]):
        if block.startswith("<table>") and (found := _rows(block)):
            rows = found
            del blocks[place]
            break
    said = {contract_name(row.name) for row in rows}
    first_lines = "title" not in said and not any(block.startswith(_TITLE) for block in blocks)
    lines: dict[str, str] = {}
    if blocks and (first_lines or blocks[0].startswith(_TITLE)):
        lines["title"] = text_of(blocks.pop(0))
    if blocks and (blocks[0].startswith(_STANDFIRST) or (first_lines and _EMPHASISED.fullmatch(blocks[0]))):
        lines["standfirst"] = text_of(blocks.pop(0))
    return _Told(rows + [Row(name, text, NO_LINE) for name, text in lines.items() if name not in said], blocks)


def _lines(blocks: list[str]) -> list[Row]:
    """The fields of the lines at the top, which are taken out of the document; none unless there are several.

    A name that is no field is told if the line stands among those of fields, and is text below them.
    """
    start = end = next((place for place, each in enumerate(blocks) if not each.startswith((_TITLE, _STANDFIRST))), 0)
    rows: list[Row] = []
    told = 0
    for place, block in enumerate(blocks[start:], start + 1):
        lines = [line for each in _BREAK.split(block) if (line := text_of(each)) and not _FENCE.fullmatch(line)]
        found = [Row(_field(match[1]), match[2], NO_LINE) for match in map(_LINE.fullmatch, lines) if match]
        if not block.startswith("<p") or len(found) < len(lines):
            break
        rows += found
        if not found or is_field(rows[-1].name):
            told, end = len(rows), place
    rows = rows[:told]
    if sum(is_field(row.name) for row in rows) < _FEWEST_LINES:
        return []
    del blocks[start:end]
    return rows


def _field(written: str) -> str:
    """The name of a field as written in a document, where a blank may stand for its hyphen."""
    name = written.rstrip(": \u00a0\u202f").casefold()
    joined = "-".join(name.split())
    return joined if is_field(joined) else name


def _rows(table: str) -> list[Row]:
    """The fields of a table; none if it is not one of names and values with a field among them."""
    cells = [[text_of(cell) for cell in _CELL.findall(row)] for row in _ROW.findall(table)]
    if table.count("<table") > 1 or not cells or any(len(row) != 2 for row in cells):
        return []
    rows = [Row(_field(name), value, NO_LINE) for name, value in cells if name or value]
    return rows if any(is_field(row.name) for row in rows) else []


def _embedded(key: str, name: str) -> str:
    """The key of an image inside the document; BadPlace if it is of a kind that no page shows."""
    if kind_of(name) != "image":
        raise BadPlace("unknown_image_suffix")
    return keys.embedded(key, name)
