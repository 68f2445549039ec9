"""What runs from left to right within Arabic, as Chromium shows it."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

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
