"""Search in a real browser, over the demo newsroom as it is built: no server but for files."""

from collections.abc import Iterator

import feedparser
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.built import Built
from tests.e2e.checkers import needs_chromium

# The words of which a part stands on another line.
BROKEN_WORDS = """selector => [...document.querySelectorAll(selector)].flatMap(link =>
    [...link.firstChild.data.matchAll(/\\S+/g)].filter(word => {
        const range = new Range()
        range.setStart(link.firstChild, word.index)
        range.setEnd(link.firstChild, word.index + word[0].length)
        return range.getClientRects().length > 1
    }).map(word => word[0]))"""
pytestmark = [pytest.mark.browser, needs_chromium]


@pytest.fixture
def page(french: Built, browser: Browser) -> Iterator[Page]:
    """A page that fails the test on any error in the browser's console."""
    complaints: list[str] = []
    opened = browser.new_page(base_url=french.url)
    opened.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    yield opened
    opened.close()
    assert complaints == []


def test_results_come_while_typing_and_the_archive_is_read_no_further_than_needed(page: Page) -> None:
    fetched: list[str] = []
    page.on("request", lambda request: fetched.append(request.url) if "/search/20" in request.url else None)
    page.goto("/search/")
    page.locator("#q").press_sequentially("énergie", delay=20)
    expect(page.locator("#found > li").first).to_be_visible()
    assert 1 <= len(fetched) <= 36
    expect(page.locator("#told")).to_contain_text("Articles trouvés")
    page.locator("#found a").first.click()
    expect(page.locator("main article h1")).to_be_visible()


def test_older_articles_are_found_when_the_reader_asks_for_more(page: Page) -> None:
    page.goto("/search/?q=meryem+sefraoui+portrait")
    more, found = page.locator("#more"), page.locator("#found > li a[href*='/2022/']")
    for _ in range(30):
        expect(page.locator("form.search[aria-busy=false]")).to_have_count(1)
        if found.count() or not more.is_visible():
            break
        more.click()
    expect(found.first).to_be_visible()


def test_accents_plurals_and_small_words_make_no_difference(page: Page) -> None:
    titles = []
    for words in ("le+logement", "LOGEMENTS", "des++logements"):
        page.goto(f"/search/?q={words}")
        expect(page.locator("form.search[aria-busy=false]")).to_have_count(1)
        expect(page.locator("#found > li").first).to_be_visible()
        titles.append(page.locator("#found h2").all_inner_texts())
    assert titles[0] == titles[1] == titles[2]


@pytest.mark.long  # waits for the focus, which a busy machine gives late
def test_the_keyboard_alone_is_enough(page: Page) -> None:
    page.goto("/search/")
    expect(page.locator("#q")).to_be_focused()
    page.keyboard.type("al omrane")
    expect(page.locator("#found > li").nth(1)).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(page.locator("#found a").nth(1)).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(page.locator("#q")).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("main article h1")).to_be_visible()


def test_an_arabic_article_is_found_in_arabic_and_reads_from_the_right(page: Page) -> None:
    page.goto("/search/?q=التحلية")
    for _ in range(5):
        expect(page.locator("form.search[aria-busy=false]")).to_have_count(1)
        if page.locator("#found > li").count() or not page.locator("#more").is_visible():
            break
        page.click("#more")
    expect(page.locator("#found h2").first).to_have_attribute("dir", "rtl")


def test_what_nobody_wrote_is_said_not_to_be_there(page: Page) -> None:
    page.goto("/search/?q=xyzzy")
    more = page.locator("#more")
    for _ in range(40):
        expect(page.locator("form.search[aria-busy=false]")).to_have_count(1)
        if not more.is_visible():
            break
        more.click()
    expect(page.locator("#told")).to_have_text("Aucun article ne correspond.")
    page.fill("#q", "")
    expect(page.locator("#told")).to_have_text("")


def test_whoever_empties_the_field_is_waited_for_no_longer(page: Page) -> None:
    page.route("**/search/20*", lambda _: None)  # never answered
    page.goto("/search/?q=xyzzy")
    expect(page.locator("form.search[aria-busy=true]")).to_have_count(1)
    page.fill("#q", "")
    expect(page.locator("form.search[aria-busy=false]")).to_have_count(1)


@pytest.mark.parametrize("typed", ["R&D", "C++", "n°1", "?!"])
def test_what_has_no_word_to_look_for_is_said_not_to_be_there(page: Page, typed: str) -> None:
    page.goto("/search/?q=xyzzy")
    page.fill("#q", typed)
    expect(page.locator("#told")).to_have_text("Aucun article ne correspond.")
    page.fill("#q", typed[0])
    expect(page.locator("#told")).to_have_text("")


@pytest.mark.parametrize("width", [320, 1280])
def test_the_search_field_is_one_like_the_others_and_no_word_beside_it_breaks(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    page.goto("/search/")
    form, field = page.locator("form.search").bounding_box(), page.locator("#q").bounding_box()
    assert form
    assert field
    assert (field["width"], field["height"] > 40) == (form["width"], True)
    assert page.evaluate("parseFloat(getComputedStyle(document.querySelector('#q')).fontSize)") == 16
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.evaluate(BROKEN_WORDS, "nav.archives a") == []


def test_without_javascript_there_is_a_way_to_the_archives(french: Built, browser: Browser) -> None:
    page = browser.new_page(java_script_enabled=False, base_url=french.url)
    page.goto("/search/")
    expect(page.locator("form.search")).to_be_hidden()
    expect(page.locator("noscript p")).to_contain_text("La recherche a besoin de JavaScript")
    page.click("nav.archives a[href='/economie/#archives']")
    expect(page.locator("#archives")).to_be_visible()
    page.close()


def test_a_feed_reader_has_nothing_to_mend_in_any_feed_of_the_demo(french: Built) -> None:
    feeds = sorted(french.folder.rglob("feed.xml"))
    assert len(feeds) == 9
    for feed in feeds:
        found = feedparser.parse(
            feed.read_bytes(), response_headers={"content-type": "application/rss+xml; charset=utf-8"}
        )
        assert (found.bozo, found.version) == (0, "rss20"), feed
        assert found.entries
