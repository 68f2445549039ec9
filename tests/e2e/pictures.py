"""The pictures of the README, taken from the running demo: `python -m tests.e2e.pictures`."""

import tempfile
from pathlib import Path

from playwright.sync_api import Browser, ViewportSize

from infra.local.press import LocalPress
from tests.e2e.browser import browser, demo
from tests.e2e.journey import journey

PICTURES = Path(__file__).parents[2] / "docs" / "pictures"
VIEWPORTS: dict[str, ViewportSize] = {
    "desktop": {"width": 1280, "height": 1000},
    "phone": {"width": 390, "height": 844},
}
JOURNEY = ("sign-up", "invitation", "issue", "unsubscribed")
_PATIENCE = 240_000  # milliseconds, on a machine with other things to do
# The path of what is pictured, or of the list that it stands in and a part of its own address.
SIGHTS = {
    "front": ("/", ""),
    "front-dark": ("/", ""),
    "category": ("/immobilier/", ""),
    "article": ("/economie/2024/03/", "investissements-al-omrane"),
    "article-rtl": ("/developpement-durable/2026/09/", "nern2s"),
}


def main() -> None:
    """Take every sight on a desktop and on a phone, and the way through the newsletter."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, demo(Path(folder)) as press, browser() as chromium:
        for device, viewport in VIEWPORTS.items():
            for sight in SIGHTS:
                _take(chromium, press.url, sight, device, viewport)
        _take_journey(chromium, press)


def _take_journey(chromium: Browser, press: LocalPress) -> None:
    """What a reader sees of the newsletter, on a phone without JavaScript."""
    page = chromium.new_page(viewport=VIEWPORTS["phone"], java_script_enabled=False, base_url=press.url)
    page.set_default_timeout(_PATIENCE)
    for step in journey(page, press, "salma@example.com"):
        if step == "sign-up":
            page.locator("form.newsletter").scroll_into_view_if_needed()
        if step in JOURNEY:
            page.screenshot(path=PICTURES / f"newsletter-{step}.png")
    page.close()


def _take(chromium: Browser, url: str, sight: str, device: str, viewport: ViewportSize) -> None:
    path, words = SIGHTS[sight]
    page = chromium.new_page(viewport=viewport, color_scheme="dark" if sight.endswith("-dark") else "light")
    page.set_default_timeout(_PATIENCE)
    page.goto(url + path, wait_until="networkidle")
    if words:
        found = page.locator(f"main a[href*='{words}']").first.get_attribute("href")
        page.goto(f"{url}{found}", wait_until="networkidle")
    page.wait_for_function("[...document.images].every(each => each.complete || each.loading === 'lazy')")
    page.screenshot(path=PICTURES / f"{sight}-{device}.png")
    page.close()


if __name__ == "__main__":
    main()
