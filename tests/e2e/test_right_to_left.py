"""What runs from left to right within Arabic, as Chromium shows it."""

from collections.abc import Iterator
from html import escape
from random import Random

import pytest
from playwright.sync_api import Browser, Page

from functions.core.arabic import visual
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

WORDS = "دار و ب ٣ ٤٠ OCP ab 2024 12 7 - % + ( ) [ ] , . : / – « » € $ ' # ! \u202f \u00a0".split(" ")
LEFT = str.maketrans(")]»", "([«")  # nobody sees of a browser which way a bracket points


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


@pytest.mark.parametrize("direction", ["rtl", "ltr"])
def test_a_line_of_a_card_stands_as_in_chromium(page: Page, direction: str) -> None:
    luck = Random(7)
    lines = ["د" + "".join(luck.choices([*WORDS, " "], k=luck.randrange(2, 12))).rstrip(" ") for _ in range(600)]
    shown = "".join(f"<div>{escape(line)}</div>" for line in lines)
    page.set_content(f"<body dir={direction} style='font: 20px monospace; white-space: pre'>{shown}")
    found = page.locator("div").evaluate_all(f"elements => elements.map({SEEN})")
    for line, seen_there in zip(lines, found, strict=True):
        assert visual(line, rtl=direction == "rtl").translate(LEFT) == seen_there.translate(LEFT), line
