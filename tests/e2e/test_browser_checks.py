"""Pages under checkers that are not of our making: the Nu HTML checker on all, axe-core on one of every kind."""

from itertools import product
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser

from tests.e2e.built import Built
from tests.e2e.checkers import AXE, html_errors, needs_axe, needs_chromium, needs_vnu

pytestmark = pytest.mark.browser
_VIOLATIONS = """async () => (await axe.run()).violations.map(
    found => `${found.id}: ${found.help} (${found.nodes.map(node => node.target.join(" ")).join(", ")})`)"""

_GLANCE = (390, "light", "french")  # make test-long looks at the other seven


@needs_vnu
@pytest.mark.parametrize("newsroom", ["french", pytest.param("arabic", marks=pytest.mark.long)])
def test_the_nu_html_checker_finds_no_error_on_any_page(newsroom: str, request: pytest.FixtureRequest) -> None:
    site: Built = request.getfixturevalue(newsroom)
    assert html_errors(site.folder) == []


@needs_chromium
@needs_axe
@pytest.mark.parametrize(
    ("width", "scheme", "newsroom"),
    [
        pytest.param(*look, marks=[] if look == _GLANCE else [pytest.mark.long])
        for look in product([390, 1280], ["light", "dark"], ["french", "arabic"])
    ],
)
def test_axe_finds_no_violation_on_any_kind_of_page(
    browser: Browser, newsroom: str, scheme: Literal["light", "dark"], width: int, request: pytest.FixtureRequest
) -> None:
    site: Built = request.getfixturevalue(newsroom)
    context: Any = browser.new_context(
        color_scheme=scheme, viewport={"width": width, "height": 844}, base_url=site.url, bypass_csp=True
    )
    page = context.new_page()
    found: dict[str, list[str]] = {}
    for kind, path in site.kinds().items():
        page.goto(path)
        page.add_script_tag(path=AXE)
        found[kind] = page.evaluate(_VIOLATIONS)
    context.close()
    assert not {kind: problems for kind, problems in found.items() if problems}
