"""What a first visit weighs, whether anything moves while it loads, and the way through with a keyboard alone."""

import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Request, Route

from tests.e2e.built import Built
from tests.e2e.checkers import needs_chromium

pytestmark = [pytest.mark.browser, needs_chromium]
ONE_FLIGHT, WITHOUT_IMAGES = 14_000, 60_000
# Layout shift as Chromium scores it. A tenth is still "good"; what remains below this is a centred line, a pixel wider;
# how many of them there are depends on what was painted before the fonts came: 0.0036 was seen on a busy machine.
UNSEEN = 0.005
SHIFTS = """window.shifts = 0;
new PerformanceObserver(list => list.getEntries().forEach(entry => { window.shifts += entry.value }))
    .observe({type: "layout-shift", buffered: true})"""
STOPS = """[...document.querySelectorAll("a[href], button, summary, input")].filter(
    element => element.checkVisibility({visibilityProperty: true}) && element.tabIndex >= 0).length"""
FOCUS = """() => {
    const element = document.activeElement, box = element.getBoundingClientRect()
    return {
        tag: element.tagName, href: element.getAttribute("href"), name: element.getAttribute("name"),
        outlined: getComputedStyle(element).outlineStyle !== "none" && element.matches(":focus-visible"),
        seen: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
    }
}"""


@pytest.fixture(params=[390, 1280])
def page(browser: Browser, french: Built, request: pytest.FixtureRequest) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": request.param, "height": 844}, base_url=french.url)
    yield context.new_page()
    context.close()


def weights(page: Page, path: str) -> dict[str, int]:
    """Compressed bytes of the first visit to a page, by the kind of what was loaded."""
    loaded: list[Request] = []
    page.on("requestfinished", lambda request: loaded.append(request))  # noqa: PLW0108 - Playwright marks its listeners, and cannot mark a built-in
    page.goto(path, wait_until="networkidle")
    found: dict[str, int] = {}
    for each in loaded:
        found[each.resource_type] = found.get(each.resource_type, 0) + each.sizes()["responseBodySize"]
    return found


@pytest.mark.parametrize("kind", ["front", "category", "article", "arabic article"])
def test_a_first_visit_is_light(page: Page, french: Built, kind: str) -> None:
    weight = weights(page, french.kinds()[kind])
    if "article" in kind:
        assert weight["document"] + weight["stylesheet"] <= ONE_FLIGHT, weight
    assert sum(weight.values()) - weight.get("image", 0) <= WITHOUT_IMAGES, weight


@pytest.mark.parametrize("kind", ["front", "category", "month", "article", "arabic article", "sign-up"])
def test_nothing_moves_while_a_page_loads_even_if_fonts_and_images_are_late(
    page: Page, french: Built, kind: str
) -> None:
    def late(route: Route) -> None:
        time.sleep(0.15)
        route.continue_()

    page.route("**/*.woff2", late)
    page.route("**/images/**", late)
    page.add_init_script(SHIFTS)
    page.goto(french.kinds()[kind], wait_until="networkidle")
    assert page.evaluate("document.fonts.status") == "loaded"
    assert page.evaluate("window.shifts") < UNSEEN


def tab(page: Page) -> dict[str, object]:
    """Go to the next element with the Tab key: what it is; it must be seen, and seen to have the focus."""
    page.keyboard.press("Tab")
    focus: dict[str, object] = page.evaluate(FOCUS)
    assert focus["outlined"], focus
    assert focus["seen"], focus
    return focus


def tab_to(page: Page, **wanted: str) -> None:
    """Press Tab until the focus is there."""
    for _ in range(150):
        focus = tab(page)
        if all(str(focus[name] or "").startswith(value) for name, value in wanted.items()):
            return
    raise AssertionError(f"no Tab leads to {wanted}")


def test_a_reader_with_a_keyboard_gets_from_the_front_to_an_article_and_signs_up(page: Page) -> None:
    page.goto("/")
    assert tab(page)["href"] == "#main"
    page.keyboard.press("Enter")
    first = tab(page)
    assert str(first["href"]).count("/") == 5, "after the skip link comes the lead story, not the navigation"
    page.keyboard.press("Enter")
    page.wait_for_selector("main article h1")
    tab_to(page, name="email")
    page.keyboard.type("salma@example.com")
    assert tab(page)["name"] == "consent"
    page.keyboard.press("Space")
    assert tab(page)["tag"] == "BUTTON"
    page.route("**/api/**", lambda route: route.fulfill(status=303, headers={"Location": "/newsletter/pending/"}))
    with page.expect_request("**/api/newsletter/subscriptions") as sent:
        page.keyboard.press("Enter")
    assert "email=salma%40example.com" in (sent.value.post_data or "")


def test_a_form_that_could_not_be_sent_can_be_sent_again(page: Page) -> None:
    page.goto("/")
    page.route("**/api/**", lambda route: route.fulfill(status=204))  # no page: the reader stays where they are
    page.fill("[name=email]", "salma@example.com")
    page.check("[name=consent]")
    for _ in range(2):
        with page.expect_request("**/api/newsletter/subscriptions"):
            page.click(".newsletter button", timeout=2000)


@pytest.mark.parametrize("kind", ["front", "category", "month", "article", "arabic article", "sign-up", "question"])
def test_the_focus_is_always_seen(page: Page, french: Built, kind: str) -> None:
    page.goto(french.kinds()[kind])
    for _ in range(page.evaluate(STOPS)):
        tab(page)


def test_in_the_readers_own_colours_a_button_is_one_and_the_category_is_marked(page: Page, french: Built) -> None:
    page.emulate_media(forced_colors="active")
    page.goto(french.url + "/economie/")
    drawn, seen = page.evaluate("""() => {
        const style = name => getComputedStyle(document.querySelector(name))
        return [style(".newsletter button").borderTopStyle + style(".newsletter button").borderTopWidth,
                [...document.querySelectorAll(".categories a")].map(link => getComputedStyle(link).textDecorationLine)]
    }""")
    assert drawn == "solid1px"
    assert sorted(seen)[-2:] == ["none", "underline"]


def test_a_drawing_in_black_is_seen_in_the_readers_own_colours_too(page: Page, french: Built) -> None:
    page.emulate_media(forced_colors="active", color_scheme="dark")
    page.goto("/")
    page.evaluate("document.querySelector('main img').src = '/assets/drawing.png'")
    assert page.locator("main img").first.evaluate("i => getComputedStyle(i).backgroundColor") == "rgb(243, 239, 230)"


@pytest.mark.parametrize("kind", ["front", "category", "article", "sign-up"])
def test_no_word_however_long_makes_a_page_wider_than_the_screen(page: Page, french: Built, kind: str) -> None:
    page.goto(french.kinds()[kind])
    words = "main :is(h1, h2, h3, p, li) a, main h1, main p, .choices span, .colophon a"
    page.evaluate(
        """words => document.querySelectorAll(words).forEach(
        element => { element.textContent = "anticonstitutionnellement".repeat(5) })""",
        words,
    )
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_letters_twice_as_large_make_no_page_wider_than_a_tablet(page: Page, french: Built) -> None:
    page.set_viewport_size({"width": 1024, "height": 844})
    wide = []
    for kind, path in french.kinds().items():
        page.goto(french.url + path)
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        wide += [kind] if page.evaluate("document.documentElement.scrollWidth > innerWidth") else []
    assert wide == []


def test_the_longest_day_of_the_year_beside_a_picture_fits_the_narrowest_screen(page: Page, french: Built) -> None:
    page.set_viewport_size({"width": 320, "height": 844})
    page.goto(french.url + "/auteurs/salma-bennis/")
    found = page.evaluate("""() => {
        for (const day of document.querySelectorAll(".kicker time")) day.textContent = "Wednesday 30 September 2026"
        const beside = [...document.querySelectorAll(".entries > .pic:not(:first-child)")]
        const edge = (row, name) => row.querySelector(name).getBoundingClientRect()
        return [document.documentElement.scrollWidth, beside.length,
                beside.filter(row => edge(row, "time").right > edge(row, "img").left).length]
    }""")
    assert (found[0], found[1] > 0, found[2]) == (320, True, 0)


@pytest.mark.parametrize("kind", ["front", "category", "translation", "search"])
def test_what_stands_alone_is_high_enough_for_a_finger(page: Page, french: Built, kind: str) -> None:
    page.goto({**french.kinds(), "translation": french.path("economie/2026/06/rail-the-*")}[kind])
    low = page.evaluate("""() => [
        ...document.querySelectorAll(".find a, .all, .crumb a, .byline [hreflang], .colophon a, nav a, button")
    ].filter(link => { link.hidden = false; return link.getBoundingClientRect().height < 24 })
        .map(link => link.textContent)""")
    assert low == []


def test_a_choice_and_the_box_to_tick_stay_together(page: Page, french: Built) -> None:
    page.set_viewport_size({"width": 768, "height": 844})
    page.goto(french.url + "/newsletter/")
    parted = page.evaluate("""() => [...document.querySelectorAll(".choices .tick")].filter((choice, place) => {
        choice.lastElementChild.textContent = "Une rubrique au nom plus long que sa colonne".repeat(place % 2)
        return choice.getClientRects().length > 1
    }).length""")
    assert parted == 0


@pytest.mark.parametrize("width", [640, 900, 1280])
def test_the_name_of_a_paper_does_not_run_into_the_link_to_its_search(page: Page, french: Built, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    page.goto(french.url)
    beside = page.evaluate("""() => {
        const link = document.querySelector(".mast .name a"), range = document.createRange()
        const search = document.querySelector(".find a").getBoundingClientRect()
        const clear = name => {
            link.textContent = name
            range.selectNodeContents(link)
            return [...range.getClientRects()].every(line => line.right < search.left || line.top > search.bottom)
        }
        return [..."abcdefghijklmnopq"].map((_, words) => clear("Le Quotidien " + "du Maroc ".repeat(words / 2)))
    }""")
    assert all(beside)


def test_every_category_of_many_is_in_sight_where_there_is_room_for_lines(page: Page) -> None:
    page.set_viewport_size({"width": 800, "height": 844})
    page.goto("/")
    hidden = page.evaluate("""() => {
        const list = document.querySelector(".categories ul")
        list.append(...[...list.children].map(each => each.cloneNode(true)))
        const edges = list.getBoundingClientRect()
        return [...list.querySelectorAll("a")].map(link => link.getBoundingClientRect())
            .filter(box => box.right > edges.right + 1 || box.left < edges.left - 1).length
    }""")
    assert hidden == 0


@pytest.mark.parametrize("newsroom", ["french", "arabic"])
def test_the_navigation_of_a_phone_begins_at_the_category_where_the_reader_is(
    page: Page, newsroom: str, request: pytest.FixtureRequest
) -> None:
    site: Built = request.getfixturevalue(newsroom)
    page.set_viewport_size({"width": 360, "height": 640})
    for path in ("/economie/", "/culture/", site.path("culture/2026/05/*") + "#main"):
        page.goto(site.url + path)
        link = page.locator(".categories [aria-current]").bounding_box()
        assert link
        assert (path, link["x"] > -1, link["x"] + link["width"] < 361) == (path, True, True)
