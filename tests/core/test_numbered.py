"""The numbers of Word's lists, where a list goes on below a paragraph, and where another begins."""

import pytest

from tests.core.documents import NAMESPACES, docx, paragraph, relation, run
from tests.core.test_docx import read

LEVELS = (
    '<w:lvl w:ilvl="0"><w:start w:val="{start}"/><w:numFmt w:val="{looks}"/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/></w:lvl>'
)
ANEW = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'


def item(text: str, of: int = 1, level: int = 0, style: str = "") -> str:
    place = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{of}"/></w:numPr>'
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{named}{place}</w:pPr>{run(text) if text else ''}</w:p>"


def body(text: str, *, start: int = 1, looks: str = "decimal") -> str:
    kind = f'<w:abstractNum w:abstractNumId="7">{LEVELS.format(start=start, looks=looks)}</w:abstractNum>'
    lists = "".join(
        f'<w:num w:numId="{n}"><w:abstractNumId w:val="7"/>{more}</w:num>' for n, more in ((1, ""), (2, ANEW))
    )
    part = f"<w:numbering {NAMESPACES}>{kind}{lists}</w:numbering>".encode()
    return read(docx(text, [relation("n", "numbering", "numbering.xml")], numbering_xml=part)).body.replace("\n", "")


def test_a_list_goes_on_below_a_paragraph_that_parts_it() -> None:
    found = body(item("Un") + item("Deux") + item("") + paragraph("Entre.") + item("Trois"))
    assert found == '<ol><li>Un</li><li>Deux</li></ol><p>Entre.</p><ol start="3"><li>Trois</li></ol>'


def test_a_list_that_begins_anew_is_another_one() -> None:
    assert body(item("Un") + item("Un", of=2)) == "<ol><li>Un</li></ol><ol><li>Un</li></ol>"
    assert body(item("Six") + item("Sept"), start=6) == '<ol start="6"><li>Six</li><li>Sept</li></ol>'


def test_a_list_within_an_item_begins_at_one_each_time() -> None:
    found = body(item("Un") + item("a", level=1) + item("Deux") + item("a", level=1))
    assert found == "<ol><li>Un<ol><li>a</li></ol></li><li>Deux<ol><li>a</li></ol></li></ol>"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (item("Un") + paragraph("Entre.") + item("Deux"), "<ul><li>Un</li></ul><p>Entre.</p><ul><li>Deux</li></ul>"),
        (item("Un", of=0) + item("Deux", of=9), "<p>Un</p><p>Deux</p>"),
    ],
)
def test_other_paragraphs_have_no_numbers(text: str, shown: str) -> None:
    assert body(text, looks="bullet") == shown


def test_a_heading_with_a_number_is_a_heading() -> None:
    assert body(item("Un", style="heading2") + paragraph("Du texte.")) == "<h2>Un</h2><p>Du texte.</p>"
