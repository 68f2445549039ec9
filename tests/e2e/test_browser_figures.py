"""Pictures of odd sizes and long credits, in a real browser: whatever an editor sends, a reader can look at it."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Literal

import pytest
from click.testing import CliRunner
from PIL import Image
from playwright.sync_api import Browser, Locator, Page

from infra.cli import main
from infra.newsroom import DEMO
from tests.e2e.built import Built, served
from tests.e2e.checkers import needs_chromium
from tests.e2e.test_browser_reading import SHIFTS, UNSEEN

pytestmark = [pytest.mark.browser, needs_chromium]
CREDIT = "Agence photographique de l’Association nationale des correspondants de presse et des reporters " * 2
COLUMN, HIGHEST = 704, 704  # of an article on a wide screen; of any picture
LOGO, INK = (20, 20, 20, 255), (20, 20, 20)


def picture(size: tuple[int, int], form: Literal["JPEG", "PNG"]) -> bytes:
    buffer = BytesIO()
    image = Image.new("RGBA", size) if form == "PNG" else Image.new("RGB", size, "teal")
    if form == "PNG":
        image.paste(LOGO, (size[0] // 4, 0, size[0] // 2, size[1]))
    image.save(buffer, form)
    return buffer.getvalue()


PICTURES = {
    "small.jpg": picture((220, 160), "JPEG"),
    "tall.jpg": picture((700, 2800), "JPEG"),
    "wide.jpg": picture((1800, 900), "JPEG"),
    "logo.png": picture((400, 200), "PNG"),
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Built]:
    """A site of an article a picture, as its lead and in its text."""
    folder: Path = tmp_path_factory.mktemp("figures")
    articles = folder / "inbox" / "articles"
    articles.mkdir(parents=True)
    for name, body in PICTURES.items():
        (articles / name).write_bytes(body)
        stem, _, _ = name.partition(".")
        text = (
            f"---\ntitre: {stem} picture\nrubrique: economie\ndate: 2024-03-29 10:00\nslug: {stem}\nduplicate: true\n"
            f'image: {{file: {name}, alt: Vue, caption: Une vue, credit: "{CREDIT.strip()}"}}\n---\n'
            f'Un texte.\n\n![Vue]({name} "Une vue")\n\n{"Un paragraphe de plus. " * 60}\n'
        )
        (articles / f"{stem}.md").write_text(text)
    command = ["build", str(folder / "inbox"), str(folder / "site"), "--newsroom", str(DEMO / "newsroom.toml")]
    answer = CliRunner().invoke(main, command)
    assert answer.exit_code == 0, answer.output
    with served(folder / "site") as running:
        yield running


@pytest.fixture(params=[320, 768, 1280])
def page(browser: Browser, site: Built, request: pytest.FixtureRequest) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": request.param, "height": 1000}, base_url=site.url)
    yield context.new_page()
    context.close()


def shown(page: Page, site: Built, name: str) -> list[Locator]:
    """The article of a picture is opened: its pictures, loaded."""
    page.add_init_script(SHIFTS)
    page.goto(site.path(f"economie/2024/03/{name}-*"), wait_until="networkidle")
    found = page.locator("article figure img").all()
    assert len(found) == 2
    for each in found:
        each.scroll_into_view_if_needed()
        each.evaluate("image => image.decode()")
    assert page.evaluate("window.shifts") < UNSEEN
    return found


def box(found: Locator) -> tuple[float, float]:
    area = found.bounding_box()
    assert area
    return area["width"], area["height"]


@pytest.mark.parametrize("name", ["small", "tall", "wide"])
def test_a_long_credit_makes_no_page_wider_than_the_screen(page: Page, site: Built, name: str) -> None:
    shown(page, site, name)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_small_picture_is_not_blown_up(page: Page, site: Built) -> None:
    assert [box(each) for each in shown(page, site, "small")] == [(220, 160)] * 2


def test_a_wide_picture_fills_its_column_and_a_tall_one_no_more_than_the_screen(page: Page, site: Built) -> None:
    screen = page.viewport_size["width"] if page.viewport_size else 0
    width, height = box(shown(page, site, "wide")[0])
    assert min(screen * 0.85, COLUMN) <= width < screen
    assert height == pytest.approx(width / 2, abs=1)
    for each in shown(page, site, "tall"):
        assert box(each)[1] <= HIGHEST
        assert each.evaluate("image => getComputedStyle(image).objectFit") == "contain"


def test_a_dark_logo_that_shines_through_is_seen_in_the_dark(browser: Browser, site: Built) -> None:
    context = browser.new_context(color_scheme="dark", base_url=site.url)
    logo = Image.open(BytesIO(shown(context.new_page(), site, "logo")[0].screenshot())).convert("RGB")
    context.close()
    colours = {colour for _, colour in logo.getcolors(maxcolors=100_000) or []}
    assert INK in colours
    assert max(sum(colour) for colour in colours if isinstance(colour, tuple)) > 3 * 200
