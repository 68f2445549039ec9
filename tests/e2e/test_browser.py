"""The demo newsroom in a real browser, on a phone's and on a desktop's width."""

import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from infra.local.press import LocalPress
from tests.e2e import browser as chromium

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not shutil.which("chromium"), reason="needs Debian's chromium: apt-get install chromium"),
]
WIDTHS = [390, 1280]


@pytest.fixture(scope="module")
def press(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalPress]:
    with chromium.demo(tmp_path_factory.mktemp("press")) as running:
        yield running


@pytest.fixture(params=WIDTHS)
def page(browser: Browser, press: LocalPress, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page that fails the test on any error in the browser's console."""
    complaints: list[str] = []
    opened = browser.new_page(viewport={"width": request.param, "height": 844}, base_url=press.url)
    opened.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    yield opened
    opened.close()
    assert complaints == []


def test_from_the_front_a_reader_gets_to_a_category_an_article_and_its_related(page: Page) -> None:
    page.goto("/")
    assert page.locator("ol.entries > li").count() > 20
    page.click("nav.categories a[href='/immobilier/']")
    page.click("ol.entries > li a[href*='al-omrane']")
    assert "Al Omrane" in page.inner_text("main article h1")
    related = page.locator("aside.related li a")
    assert 1 <= related.count() <= 5
    assert page.inner_text("aside.related h2") == "Articles qui pourraient vous intéresser"
    title = related.first.inner_text()
    related.first.click()
    expect(page.locator("main article h1")).to_have_text(title)


@pytest.mark.parametrize(
    "path",
    [
        *("/", "/economie/", "/economie/2024/03/", "/corrections/", "/tags/al-omrane/", "/newsletter/"),
        *("/_receipts/", "/_receipts/2024/03/investissements-al-omrane.md"),
    ],
)
def test_no_page_is_wider_than_the_screen_and_every_image_loads(page: Page, path: str) -> None:
    page.goto(path)
    page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
    page.wait_for_load_state("networkidle")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    broken = "[...document.images].filter(image => image.complete && !image.naturalWidth).map(image => image.src)"
    assert page.evaluate(broken) == []


def test_an_arabic_article_reads_from_right_to_left(page: Page) -> None:
    page.goto("/developpement-durable/")
    page.click("ol.entries a:has-text('تحلية')")
    assert page.get_attribute("main article", "dir") == "rtl"
    assert page.evaluate("getComputedStyle(document.querySelector('main article')).direction") == "rtl"


def test_the_newsletter_form_works_without_javascript(browser: Browser, press: LocalPress) -> None:
    page = browser.new_page(java_script_enabled=False, base_url=press.url)
    page.goto("/")
    page.fill("form.newsletter input[name=email]", "salma@example.com")
    page.check("form.newsletter input[name=consent]")
    page.click("form.newsletter button")
    assert page.url.endswith("/newsletter/pending/")
    page.close()


def test_a_form_that_is_refused_without_javascript_need_not_be_filled_in_again(
    browser: Browser, press: LocalPress
) -> None:
    page = browser.new_page(java_script_enabled=False, base_url=press.url)
    page.goto("/newsletter/")
    page.fill("form.newsletter input[name=email]", "naima@example")
    page.check("form.newsletter input[value=culture]")
    page.check("form.newsletter input[name=consent]")
    page.click("form.newsletter button")
    email = page.get_by_label("Adresse e-mail")
    expect(email).to_have_value("naima@example")
    expect(email).to_have_accessible_description("Indiquez une adresse e-mail complète, comme nom@example.com.")
    expect(page.locator("input[value=culture]")).to_be_checked()
    expect(page.locator("input[value=economie]")).not_to_be_checked()
    email.fill("naima@example.com")
    page.click("form.newsletter button")
    assert page.url.endswith("/newsletter/pending/")
    page.close()
