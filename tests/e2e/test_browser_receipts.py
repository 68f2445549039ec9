"""Receipts on the phone of an editor."""

import pytest
from playwright.sync_api import Browser

from functions.bootstrap.desk import desk_of
from functions.core.receipt import Receipt
from functions.core.settings import parse_settings
from tests.e2e.checkers import needs_chromium
from tests.newsroom import SETTINGS

pytestmark = [pytest.mark.browser, needs_chromium]
SLUGS = {"fr": "coronavirus-la-treve-hivernale-des-expulsions-prolongee", "ar": "المغرب-يراهن-على-الهيدروجين-الأخضر"}


@pytest.mark.parametrize("lang", SLUGS)
@pytest.mark.parametrize("width", [320, 390])
def test_a_receipt_is_no_wider_than_the_screen(browser: Browser, lang: str, width: int) -> None:
    pages = desk_of(parse_settings(SETTINGS.replace(b'language = "fr"', f'language = "{lang}"'.encode()))).receipts
    assert pages
    key = f"articles/2024/{SLUGS[lang]}.md"
    url = f"https://www.laquotidienne.example/developpement-durable/2024/03/{SLUGS[lang]}-a5nqlm/"
    receipt = Receipt(key=key, id=key, ver="04dede71-ef0a-4632-a696-05c73b15dcb8", outcome="published", url=url)
    page = browser.new_page(viewport={"width": width, "height": 844})
    page.set_content(
        pages.page(receipt, [f"author:{SLUGS[lang]}"], preview=url + "dw2elgw5k4kdx54ohfw53eahem").decode()
    )
    assert page.evaluate("document.documentElement.scrollWidth") == width
    page.close()
