"""The newsletter in a real browser, without JavaScript: a form at the foot of an article, a mailbox, a button."""

import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from infra.local.press import LocalPress
from tests.e2e import browser as chromium

pytestmark = [
    pytest.mark.browser,
    pytest.mark.long,
    pytest.mark.skipif(not shutil.which("chromium"), reason="needs Debian's chromium: apt-get install chromium"),
]
SALMA = "salma@example.com"


@pytest.fixture(scope="module")
def press(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalPress]:
    with chromium.demo(tmp_path_factory.mktemp("press")) as running:
        yield running


@pytest.fixture
def page(browser: Browser, press: LocalPress) -> Iterator[Page]:
    opened = browser.new_page(java_script_enabled=False, base_url=press.url)
    yield opened
    opened.close()


def open_mail(page: Page, press: LocalPress, subject: str) -> None:
    press.wait_until_quiet()
    page.goto("/_mail/")
    page.click(f"ol li:has-text('{SALMA}') a:has-text('{subject}')")


def test_from_the_foot_of_an_article_to_the_issue_and_out_again(page: Page, press: LocalPress) -> None:
    page.goto("/")
    page.click("ol.entries > li a >> nth=0")
    page.fill("form.newsletter input[name=email]", SALMA)
    page.check("form.newsletter input[name=consent]")
    page.click("form.newsletter button")
    assert page.url.endswith("/newsletter/pending/")
    open_mail(page, press, "Confirmez")
    page.frame_locator("iframe").locator("a.button").click()
    page.click("form.question button")
    assert page.url.endswith("/newsletter/confirmed/")
    page.goto("/_mail/")
    page.click("form button")
    open_mail(page, press, "du")
    letter = page.frame_locator("iframe")
    assert letter.locator("h2").count() == 12
    letter.locator("a:has-text('désinscrire')").click()
    page.click("form.question button")
    assert page.url.endswith("/newsletter/unsubscribed/")
