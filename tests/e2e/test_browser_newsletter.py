"""The newsletter in a real browser, without JavaScript: a form at the foot of an article, a mailbox, a button."""

import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from infra.local.press import LocalPress
from tests.e2e import browser as chromium
from tests.e2e.journey import journey, mail

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


def test_from_the_foot_of_an_article_to_the_issue_and_out_again(page: Page, press: LocalPress) -> None:
    seen = []
    for step in journey(page, press, SALMA):
        seen.append(step)
        if step in {"pending", "confirmed", "unsubscribed"}:
            assert page.url.endswith(f"/newsletter/{step}/")
        if step == "issue":
            assert mail(page).locator("h2").count() == 12
    assert seen == ["sign-up", "pending", "invitation", "question", "confirmed", "issue", "unsubscribed"]
