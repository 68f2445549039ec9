"""What runs from left to right within Arabic, as Chromium shows it."""

import re
from collections.abc import Iterator
from html import escape
from random import Random

import pytest
from playwright.sync_api import Browser, Page

from functions.core.article import Author, Figure, Tag
from functions.core.cards.arabic import visual
from functions.core.typography import typeset_html
from tests.e2e.checkers import needs_chromium
from tests.site import samples

pytestmark = [pytest.mark.browser, needs_chromium]
# The letters of the first text of an element, from left to right.
SEEN = """element => {
    const text = element.firstChild, range = document.createRange(), found = []
    for (let place = 0; place < text.length; place++) {
        range.setStart(text, place)
        range.setEnd(text, place + 1)
        found.push([range.getBoundingClientRect().left, text.data[place]])
    }
    return found.sort((one, other) => one[0] - other[0]).map(pair => pair[1]).join("")
}"""

WORDS = "دار و ب \u200e \u200f ٣ ٤٠ OCP ab 2024 12 7 - % + ( ) [ ] , . : / – « » € $ ' # ! \u202f \u00a0".split(" ")
# Nobody sees of a browser which way a bracket points, and a mark of direction not at all.
LEFT = str.maketrans(")]»", "([«", "\u200e\u200f")


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    opened = browser.new_page(viewport={"width": 1280, "height": 844})
    yield opened
    opened.close()


def seen(page: Page, element: str) -> str:
    return str(page.locator(element).evaluate(SEEN))


def test_in_an_arabic_article_thousands_and_code_run_from_left_to_right(page: Page) -> None:
    typed = "<p>بلغ 1 250 000</p><pre>$ ls -l /a</pre><ul><li>ثم <code>a.b(1) -x</code></li></ul>"
    shown = samples.article_page(lang="ar", body=typeset_html(typed, "ar")).body.decode()
    sheet = samples.house().assets["site.css"].body.decode()
    page.set_content(f"<style>{sheet}</style>{shown}")
    assert seen(page, ".text > p") == "1\u202f250\u202f000 غلب"
    assert seen(page, ".text > pre") == "$ ls -l /a"
    assert seen(page, ".text code") == "a.b(1) -x"
    assert page.locator(".text > pre").evaluate(
        "pre => { const range = document.createRange(); range.selectNodeContents(pre);"
        " return range.getBoundingClientRect().left - pre.getBoundingClientRect().left }"
    ) == pytest.approx(16)


def test_a_name_of_another_script_keeps_its_full_stop_where_it_was_typed(page: Page) -> None:
    name = "J. R."
    shown = samples.article_page(
        lang="ar",
        authors=(Author(slug="j-r", name=name),),
        tags=(Tag(slug="j-r", label=name),),
        lead=Figure(key=samples.IMAGE, alt="", credit=name),
    ).body.decode()
    page.set_content(shown)
    assert [seen(page, each) for each in (".by a", ".tags a", ".credit bdi")] == [name] * 3


@pytest.mark.parametrize(
    ("typed", "from_the_right"),
    [
        ("رصدت 1 Md€ (منها) و50€", ["رصدت", "1 Md€", "(منها)", "و", "50€"]),
        ("قرض $2.5bn ثم +37 %، ثم -3%", ["قرض", "$2.5bn", "ثم", "+37 %", "،", "ثم", "-3%"]),
        ("حساب @Bank وسم #Maroc ثم C++", ["حساب", "@Bank", "وسم", "#Maroc", "ثم", "C++"]),
        ("هاتف 0537-57-41-04 أو +212 5 37", ["هاتف", "0537-57-41-04", "أو", "+212 5 37"]),
        ("شركة Nouasma S.A. ثم OCP.", ["شركة", "Nouasma S.A.", "ثم", "OCP", "."]),
    ],
)
def test_in_arabic_a_sign_stands_at_the_side_of_its_number_or_word(
    page: Page, typed: str, from_the_right: list[str]
) -> None:
    page.set_content(f"<p dir=rtl style='font: 20px monospace'>{typeset_html(typed, 'ar')}</p>")
    shown = re.sub("[\u202f\u00a0 ]", "", seen(page, "p")).translate(LEFT)
    parts = [part if part.isascii() or "€" in part else part[::-1] for part in reversed(from_the_right)]
    assert shown == "".join(parts).replace(" ", "").translate(LEFT)


@pytest.mark.parametrize("direction", ["rtl", "ltr"])
def test_a_line_of_a_card_stands_as_in_chromium(page: Page, direction: str) -> None:
    luck = Random(7)
    lines = ["د" + "".join(luck.choices([*WORDS, " "], k=luck.randrange(2, 12))).rstrip(" ") for _ in range(600)]
    shown = "".join(f"<div>{escape(line)}</div>" for line in lines)
    page.set_content(f"<body dir={direction} style='font: 20px monospace; white-space: pre'>{shown}")
    found = page.locator("div").evaluate_all(f"elements => elements.map({SEEN})")
    for line, seen_there in zip(lines, found, strict=True):
        assert visual(line, rtl=direction == "rtl").translate(LEFT) == seen_there.translate(LEFT), line
