"""The pictures of the README, taken from the running demo: `python -m tests.e2e.pictures`."""

import tempfile
from pathlib import Path

from tests.e2e.browser import browser, demo

PICTURES = Path(__file__).parents[2] / "docs" / "pictures"
ARTICLE = "a[href*='investissements-al-omrane']"
DESKTOP, PHONE = {"width": 1280, "height": 1000}, {"width": 390, "height": 844}


def main() -> None:
    """Take the front, a category and an article, on a desktop and on a phone."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, demo(Path(folder)) as press, browser() as chromium:
        for name, viewport in (("desktop", DESKTOP), ("phone", PHONE)):
            page = chromium.new_page(viewport=viewport)  # type: ignore[arg-type] # a TypedDict of Playwright's own
            for what, path in (("front", "/"), ("category", "/immobilier/")):
                page.goto(press.url + path, wait_until="networkidle")
                page.screenshot(path=PICTURES / f"{what}-{name}.png")
            page.goto(press.url + "/economie/2024/03/", wait_until="networkidle")
            page.click(ARTICLE)
            page.wait_for_load_state("networkidle")
            page.screenshot(path=PICTURES / f"article-{name}.png")


if __name__ == "__main__":
    main()
