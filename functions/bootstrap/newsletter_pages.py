"""The pages that the newsletter's API makes. Apart: they bring jinja2 and the settings, which no sign-up needs."""

from functions.bootstrap.house import house_of
from functions.bootstrap.newsletter import problem_words
from functions.bootstrap.newsroom import settings
from functions.core.errors import StaleBuild, StoreUnavailable, UnknownForm
from functions.core.newsletter.answer import Button
from functions.core.newsletter.subscription import Refusal, Typed
from functions.core.parts import SignUpForm
from functions.core.site.fixed import newsletter_question, newsletter_refusal


def question(asked: Button) -> str:
    """The page behind a link of a mail."""
    return newsletter_question(asked, house_of(settings())).decode()


def refusal_page(refusal: Refusal, typed: Typed, asked: Button | None) -> str | None:
    """The page that tells a person why: with the button, where one was asked for, or else with the form.

    None while there is no newsroom, or no way to read its settings.
    """
    try:
        house = house_of(settings())
    except (StaleBuild, StoreUnavailable, UnknownForm):
        return None
    told = problem_words(house.locale.language).detail(refusal)
    if asked:
        return newsletter_question(asked, house, told).decode()
    wrong = tuple(problem.field for problem in refusal.problems if problem.field)
    form = SignUpForm(email=typed.email, consent=typed.consent, chosen=typed.categories, wrong=wrong)
    return newsletter_refusal("" if refusal.problems else told, form, house).decode()
