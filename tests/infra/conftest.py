import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from infra.local.cloud import LocalCloud
from infra.local.press import LocalPress
from infra.local.resources import Template
from infra.local.template import TEMPLATE, read
from tests.infra import stubs


@pytest.fixture
def template_text() -> str:
    """The real template with the handlers of stubs.py, and time-outs of a second."""
    text = TEMPLATE.read_text(encoding="utf-8")
    text = re.sub(r"functions\.handlers\.(\w+)\.handler", r"tests.infra.stubs.\1", text)
    return re.sub(r"Timeout: (60|30|10)\n", "Timeout: 1\n", text)


@pytest.fixture
def template(template_text: str) -> Template:
    stubs.CALLS.clear()
    return read(template_text)


@pytest.fixture
def cloud(template: Template) -> Iterator[LocalCloud]:
    with LocalCloud(template) as running:
        yield running


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    (folder / "articles").mkdir(parents=True)
    return folder


@pytest.fixture
def press(template: Template, inbox: Path, tmp_path: Path) -> Iterator[LocalPress]:
    with LocalPress(inbox, tmp_path / "data", 0, 0, template=template) as running:
        running.wait_until_quiet(10)
        yield running
