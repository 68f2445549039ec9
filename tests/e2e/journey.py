"""A reader's way through the newsletter in a browser: from the form at the foot of an article, and out again."""

from collections.abc import Iterator

from playwright.sync_api import FrameLocator, Page

from infra.local.press import LocalPress


def journey(page: Page, press: LocalPress, address: str) -> Iterator[str]:
    """Goes on whenever it is asked for its next step; says which one is on the screen."""
    page.goto("/")
    page.click("ol.entries > li a >> nth=0")
    page.fill("form.newsletter input[name=email]", address)
    page.check("form.newsletter input[name=consent]")
    yield "sign-up"
    page.click("form.newsletter button")
    yield "pending"
    open_mail(page, press, address, "Confirmez")
    yield "invitation"
    mail(page).locator("a.button").click()
    yield "question"
    page.click("form.question button")
    yield "confirmed"
    page.goto("/_mail/")
    page.click("form button")
    open_mail(page, press, address, "du")
    yield "issue"
    mail(page).locator("a:has-text('désinscrire')").click()
    page.click("form.question button")
    yield "unsubscribed"


def open_mail(page: Page, press: LocalPress, address: str, subject: str) -> None:
    """The mail of that subject in the local mailbox, once it has been sent."""
    press.wait_until_quiet()
    page.goto("/_mail/")
    page.click(f"ol li:has-text('{address}') a:has-text('{subject}')")
    mail(page).locator("a").first.wait_for()


def mail(page: Page) -> FrameLocator:
    """The HTML of the mail that is open."""
    return page.frame_locator("iframe")
