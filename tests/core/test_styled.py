"""Pages pasted or saved from Google Docs and Word, which say by styles what other pages say by tags."""

import time

import pytest

from functions.core.formats.pasted import as_meant
from tests.core.test_pasted import page
from tests.core.uploads import problems

BULLET = "<![if !supportLists]><span style='font-family:Symbol'>·<span>&nbsp;&nbsp; </span></span><![endif]>"
FIRST, NEXT = '<p class="MsoListParagraphCxSpFirst">', "<p class=MsoListParagraphCxSpLast\nstyle='mso-list:l0'>"


@pytest.mark.parametrize(
    ("html", "body"),
    [
        (
            '<b style="font-weight:normal;" id="x"><p><span>Un </span><span style="font-weight:700">mot</span></p></b>',
            "<p>Un <strong>mot</strong></p>",
        ),
        (
            "<style>.b{font-weight:700}.c {font-style:italic}</style><p class=b>Un <span class='b c'>mot</span></p>",
            "<p>Un <strong><em>mot</em></strong></p>",
        ),
        (
            '<p>H<span style="vertical-align:sub">2</span>O <span style="text-decoration:line-through">faux</span></p>',
            "<p>H<sub>2</sub>O <s>faux</s></p>",
        ),
        (
            '<p>Un <span lang="en" style="font-style: italic">word</span></p>',
            '<p>Un <span lang="en"><em>word</em></span></p>',
        ),
        ('<h2><span style="font-weight:700">Un titre</span></h2>', "<h2>Un titre</h2>"),
        ('<p><b>Un</b> <i style="font-style:normal">mot</i></p>', "<p><b>Un</b> mot</p>"),
    ],
)
def test_bold_and_italics_are_what_the_page_shows(html: str, body: str) -> None:
    assert page(html).strip() == body


def test_paragraphs_with_a_bullet_of_words_are_a_list() -> None:
    first, second = f"{FIRST}{BULLET}Un <b>point</b></p>", f"{NEXT}{BULLET}Deux</p>"
    shown = "<ul><li>Un <b>point</b></li><li>Deux</li></ul><p>Fin.</p>"
    assert page(f"{first}\n{second}<p>Fin.</p>").replace("\n", "") == shown
    numbers = f"{FIRST}1.&nbsp; Un</p>{NEXT}2.&nbsp; Deux</p>{NEXT}Sans puce</p>"
    assert page(numbers).replace("\n", "") == "<ol><li>Un</li><li>Deux</li></ol><p>Sans puce</p>"


def item(text: str, style: str, bullet: str = "o") -> str:
    return f"<p class=MsoListParagraphCxSpMiddle style='{style}'>{bullet}<span>&nbsp;&nbsp; </span>{text}</p>\n"


@pytest.mark.parametrize(
    "deep",
    [
        ["mso-list:l0 level1 lfo1", "margin-left:72.0pt;mso-list:l0 level2 lfo1", "mso-list:l0 level3 lfo1"],
        ["text-indent:-18pt", "margin-left:72.0pt", "margin-left:108.0pt"],
        ["margin-left:.5in", "margin-left:1.0in", "margin-left:1.5in"],
        ["margin-right:36.0pt", "margin-left:0cm;margin-right:2.54cm", "margin-left:0cm;margin-right:3.8cm"],
    ],
)
def test_lists_within_a_list_of_words_are_lists_within_it(deep: list[str]) -> None:
    one, two, three = deep
    html = item("A", one) + item("B", two) + item("C", two) + item("D", three, "1.") + item("E", one) + "<p>Fin.</p>"
    inner = "<ul><li>B</li><li>C<ol><li>D</li></ol></li></ul>"
    assert page(html).replace("\n", "") == f"<ul><li>A{inner}</li><li>E</li></ul><p>Fin.</p>"


def test_a_list_of_numbers_after_one_of_bullets_is_another() -> None:
    style = "mso-list:l0 level1 lfo1"
    assert page(item("A", style) + item("B", style, "1.")).replace("\n", "") == "<ul><li>A</li></ul><ol><li>B</li></ol>"


def docs(depth: int, *items: str, of: str = "a", kind: str = "ul") -> str:
    entries = "".join(f'<li class="c1"><span>{each}</span></li>' for each in items)
    return f'<{kind} class="c5\nlst-kix_{of}-{depth} start" start="2">{entries}</{kind}>'


def test_lists_within_a_list_of_google_docs_are_lists_within_it() -> None:
    html = docs(0, "A") + docs(1, "B", "C") + docs(2, "D") + "\n" + docs(0, "E") + docs(0, "F", of="b")
    shown = page(html).replace("\n", "")
    inner = "<ul><li>B</li><li>C<ul><li>D</li></ul></li></ul>"
    assert shown == f"<ul><li>A{inner}</li><li>E</li></ul><ul><li>F</li></ul>"


def test_numbers_go_on_below_the_list_within() -> None:
    html = docs(0, "A", kind="ol") + docs(1, "B") + docs(0, "C", kind="ol") + "<p>Fin.</p>" + docs(0, "D", kind="ol")
    shown = page(html).replace("\n", "").replace(' class=""', "")
    first = '<ol start="2"><li>A<ul><li>B</li></ul></li><li>C</li></ol>'
    assert shown == f'{first}<p>Fin.</p><ol start="2"><li>D</li></ol>'


def test_a_mistake_after_all_that_keeps_its_line() -> None:
    lists = f"{FIRST}{BULLET}Un</p>\n{NEXT}{BULLET}Deux</p>\n{docs(0, 'A')}\n{docs(1, 'B')}{docs(0, 'C')}\n"
    text = f'{lists}<span\nstyle="font-weight:700">a</span>\n<a href="b">c</a>'
    content = f"---\ntitre: a\nrubrique: economie\ndate: 2024-03-29\n---\n{text}".encode()
    assert [(each.code, each.line) for each in problems(content, "articles/a.html")] == [("bad_link", 16)]


HUGE = {
    "unclosed styles": "<style>" * 140_000,
    "rules": "<style>" + ".a{font-weight:700}" * 40_000 + '</style><span class="a">' * 3_000,
    "classes": "<style>.a{color:red}</style>" + f'<span class="{"a " * 400_000}">' * 1,
    "unclosed items": "<p class=MsoList style>" * 40_000,
    "decorations": f'<span style="{"text-decoration" * 60_000}">',
    "levels": "".join(item("A", f"margin-left:{36 * (n % 99)}pt") for n in range(9_000)),
    "lists of Google Docs": "".join(docs(n % 9, "A") for n in range(9_000)),
    "bullets": "<p class=MsoList style>" + "<i>·" * 40_000 + "</p>",
}


@pytest.mark.parametrize("name", HUGE)
def test_what_is_meant_costs_no_more_than_the_length_of_a_page(name: str) -> None:
    before = time.process_time()
    as_meant(HUGE[name])
    assert time.process_time() - before < 5
