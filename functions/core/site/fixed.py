"""Pages that no article changes: not found, and the newsletter's."""

from typing import Literal

from functions.core import places
from functions.core.contexts import NoticePage, QuestionPage
from functions.core.page import Page
from functions.core.parts import Choice, SignUpForm
from functions.core.site.house import House
from functions.core.site.machines import fixed_pages
from functions.core.site.search import search_page


def static_pages(house: House) -> tuple[Page, ...]:
    """404, the newsletter's pages around its form, and what machines read; all follow from the build alone."""
    words = house.locale.words
    return (
        _notice(places.NOT_FOUND, words.not_found_title, words.not_found_text, house),
        _notice(places.NEWSLETTER, words.newsletter, words.newsletter_text, house, form=True, index=True),
        _notice(places.NEWSLETTER_PENDING, words.pending_title, words.pending_text, house),
        _notice(places.NEWSLETTER_CONFIRMED, words.confirmed_title, words.confirmed_text, house),
        _notice(places.NEWSLETTER_OVERTAKEN, words.overtaken_title, words.overtaken_text, house),
        _notice(places.NEWSLETTER_UNSUBSCRIBED, words.unsubscribed_title, words.unsubscribed_text, house),
        _notice(places.NEWSLETTER_EXPIRED, words.expired_title, words.expired_text, house, form=True),
        *search_page(house),
        *fixed_pages(house),
    )


def newsletter_question(asked: Literal["confirm", "unsubscribe"], house: House, why: str = "") -> bytes:
    """The page behind a link of a mail: a GET changes nothing, so the reader is asked; the button posts to the link.

    `why` tells why it has to be pressed again.
    """
    words = house.locale.words
    title, text, button = {
        "confirm": (words.confirm_title, words.confirm_text, words.confirm_button),
        "unsubscribe": (words.unsubscribe_title, words.unsubscribe_text, words.unsubscribe_button),
    }[asked]
    return house.render(QuestionPage(house.site, house.shell(title, form=False), title, why or text, button))


def newsletter_refusal(text: str, form: SignUpForm, house: House) -> bytes:
    """The page that tells why a form was not taken, with the form as it was sent; without a text, what is wrong."""
    words = house.locale.words
    shell = house.shell(words.error_title, form=False)
    reasons = {"email": words.email_wrong, "consent": words.consent_wrong}
    text = text or " ".join([*(reason for field, reason in reasons.items() if field in form.wrong), words.error_text])
    return house.render(NoticePage(house.site, shell, words.error_title, text, form._replace(choices=_choices(house))))


def _notice(path: str, title: str, text: str, house: House, *, form: bool = False, index: bool = False) -> Page:
    # One form a page: where the notice shows it, the footer does not.
    shell = house.shell(title, path if index else "", form=not form)
    sign_up = SignUpForm(_choices(house)) if form else None
    return house.page(path, NoticePage(house.site, shell, title=title, text=text, form=sign_up))


def _choices(house: House) -> tuple[Choice, ...]:
    """The categories that a reader may choose from; one category is no choice."""
    categories = house.settings.category
    return tuple(Choice(each.slug, each.name) for each in categories) if len(categories) > 1 else ()
