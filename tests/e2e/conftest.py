"""What these tests share: an inbox, two built newsrooms, one left to right and one right to left, and a browser."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from infra.newsroom import DEMO
from tests.e2e import browser as chromium
from tests.e2e.built import ARABIC, Built, build_demo, served
from tests.newsroom import inbox_below


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    return inbox_below(tmp_path)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with chromium.browser() as running:
        yield running


@pytest.fixture(scope="session")
def french(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Built]:
    folder = build_demo(tmp_path_factory.mktemp("french"), newsroom=DEMO / "newsroom.toml")
    with served(folder) as site:
        yield site


@pytest.fixture(scope="session")
def arabic(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Built]:
    folder = build_demo(tmp_path_factory.mktemp("arabic"), newsroom=ARABIC)
    with served(folder) as site:
        yield site
