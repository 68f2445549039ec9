"""Debian's Chromium, driven by Playwright, on a press that this process serves."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from infra.local.press import LocalPress
from infra.newsroom import lay_out_demo

CHROMIUM = shutil.which("chromium")
_QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
          "--disable-component-update", "--disable-sync",
          "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1"]  # fmt: skip
_PATIENCE = 240  # seconds for the demo's images on a slow machine


@contextmanager
def browser() -> Iterator[Browser]:
    """A headless browser."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=_QUIET)
        yield chromium
        chromium.close()


@contextmanager
def demo(folder: Path) -> Iterator[LocalPress]:
    """The demo newsroom, served, with nothing left to publish."""
    inbox = folder / "inbox"
    lay_out_demo(inbox)
    with LocalPress(inbox, inbox / ".rotative", 0, 0) as press:
        press.wait_until_quiet(_PATIENCE)
        yield press
