"""An article's text in a real browser, on the screen and on paper: headings, code, tables and links of any kind."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from playwright.sync_api import Browser, Page

from infra.cli import main
from infra.newsroom import DEMO
from tests.e2e.built import Built, served
from tests.e2e.checkers import needs_chromium

pytestmark = [pytest.mark.browser, needs_chromium]
ADDRESS = "https://example.com/a/"
LONG = "mot" * 60
TEXT = f"""\
Lire [la page]({ADDRESS}) ou {ADDRESS}

# Un
## Deux
### Trois
#### Quatre
##### Cinq
###### Six

| A | B | C |
|---|---|---|
| {"une cellule longue " * 4} | {LONG} | {LONG} |

```
print("{LONG}")
```
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Built]:
    """A site of the same text in French and in Arabic."""
    folder: Path = tmp_path_factory.mktemp("text")
    articles = folder / "inbox" / "articles"
    articles.mkdir(parents=True)
    for lang in ("fr", "ar"):
        head = f"titre: Texte {lang}\nrubrique: economie\ndate: 2024-03-29\nslug: {lang}\nlang: {lang}\nduplicate: true"
        (articles / f"{lang}.md").write_text(f"---\n{head}\n---\n\n{TEXT}")
    command = ["build", str(folder / "inbox"), str(folder / "site"), "--newsroom", str(DEMO / "newsroom.toml")]
    answer = CliRunner().invoke(main, command)
    assert answer.exit_code == 0, answer.output
    with served(folder / "site") as running:
        yield running


@pytest.fixture(params=["fr", "ar"])
def article(browser: Browser, site: Built, request: pytest.FixtureRequest) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 720, "height": 1000}, base_url=site.url)
    page = context.new_page()
    page.goto(site.path(f"economie/2024/03/{request.param}-*"))
    yield page
    context.close()


def test_no_heading_is_smaller_than_the_text_and_each_stands_closer_to_what_it_heads(article: Page) -> None:
    measured = article.evaluate("""() => {
        const size = element => parseFloat(getComputedStyle(element).fontSize)
        const box = element => element.getBoundingClientRect()
        const headings = [...document.querySelectorAll(".text > :is(h2, h3, h4, h5, h6)")]
        const first = headings[0], last = headings.at(-1)
        return {
            sizes: headings.map(heading => size(heading) / size(document.querySelector(".text > p"))),
            before: box(first).top - box(first.previousElementSibling).bottom,
            after: box(last.nextElementSibling).top - box(last).bottom,
        }
    }""")
    assert len(measured["sizes"]) == 6
    assert min(measured["sizes"]) >= 1
    assert measured["before"] > 2 * measured["after"]


def test_what_scrolls_is_scrolled_with_the_keyboard_in_any_browser(article: Page) -> None:
    scrolling = article.evaluate_handle("""() => [...document.querySelectorAll(".text *")].filter(element =>
        element.scrollWidth > element.clientWidth + 1 && getComputedStyle(element).overflowX === "auto")""")
    told = scrolling.evaluate("all => all.map(each => [each.getAttribute('tabindex'), !!each.ariaLabel])")
    assert told == [["0", True]] * 2, "Safari's keyboard stops only where it is told to"
    for name in (".text .wide", ".text pre"):
        box = article.locator(name)
        box.focus()
        onward = box.evaluate("box => getComputedStyle(box).direction === 'rtl' ? 'ArrowLeft' : 'ArrowRight'")
        article.keyboard.press(onward)
        article.wait_for_function("box => box.scrollLeft !== 0", arg=box.element_handle())


def test_paper_shows_all_of_a_table_and_of_code(article: Page) -> None:
    article.emulate_media(media="print")
    for name in (".text pre", ".text table"):
        hidden = article.locator(name).evaluate("element => element.scrollWidth - element.clientWidth")
        assert (name, hidden <= 1) == (name, True)
    assert article.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert not article.locator(".find").is_visible()


def test_the_address_of_a_link_keeps_its_order_on_paper_in_any_script(article: Page) -> None:
    article.emulate_media(media="print")
    printed = article.locator(".text a").evaluate_all(
        'links => links.map(link => getComputedStyle(link, "::after").content)'
    )
    assert printed == [f'" (\u2066{ADDRESS}\u2069)"', "none"]  # nor does it stand there twice
