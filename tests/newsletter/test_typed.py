"""A form that is refused comes back as it was typed: what its sender typed, and nothing else of what was sent."""

import base64
from urllib.parse import urlencode
from xml.etree.ElementTree import Element

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from functions.core.article import LANGUAGES, Language
from functions.core.newsletter.subscription import FORM, JSON, Request, Typed, typed
from functions.core.page import Page
from functions.core.parts import SignUpForm
from functions.core.site.fixed import newsletter_refusal
from tests.site import samples
from tests.site.dom import one, parse, select, text, words


def form(*pairs: tuple[str, str]) -> Request:
    return Request(content_type=FORM, body=urlencode(pairs, errors="surrogatepass"))


def test_what_was_typed_and_ticked_is_kept() -> None:
    sent = [("email", "naima@"), ("categories", "economie"), ("categories", "sport"), ("consent", "yes")]
    assert typed(form(*sent)) == Typed("naima@", True, ("economie", "sport"))
    packed = base64.b64encode(urlencode(sent).encode()).decode()
    assert typed(Request(content_type=FORM, body=packed, is_base64=True)) == Typed(
        "naima@", True, ("economie", "sport")
    )


@pytest.mark.parametrize(
    "request_",
    [
        Request(content_type=JSON, body='{"email": "naima@"}'),
        Request(content_type=FORM, body="email=%ff"),
        Request(content_type=FORM, body="email=naima%40&x=" + "x" * 5000),
        Request(content_type=FORM, body="=!", is_base64=True),
        form(("email", "a@example.ma"), ("email", "b@example.ma")),
        form(("email", "a" * 255)),
        form(("email", "a\u202eb@example.ma")),
        form(("email", "a@example.ma\r\nb")),
        form(("e-mail", "a@example.ma"), ("website", "a@example.ma"), ("locale", "a@example.ma")),
    ],
)
def test_what_no_field_of_the_form_could_hold_is_not_shown_again(request_: Request) -> None:
    assert typed(request_) == Typed()


@given(st.binary(max_size=300), st.booleans())
def test_whatever_a_stranger_sends_something_can_be_shown_again(body: bytes, is_base64: bool) -> None:
    sent = base64.b64encode(body).decode() if is_base64 else body.decode(errors="surrogateescape")
    assert typed(Request(content_type=FORM, body=sent, is_base64=is_base64)).email.isprintable()


def page_of(sent: SignUpForm, told: str = "", language: Language = "fr") -> Element:
    return parse(Page("", newsletter_refusal(told, sent, samples.house(language))))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_of_a_refusal_has_each_message_at_its_field_and_before_the_form(language: Language) -> None:
    sent = SignUpForm(email="naima@", chosen=("economie", "bourse"), wrong=("email", "consent", "role"))
    page, said = page_of(sent, language=language), samples.house(language).locale.words
    fields = {each.get("name"): each for each in select(page, "input") if each.get("aria-invalid") == "true"}
    assert fields.keys() == {"email", "consent"}
    assert (fields["email"].get("value"), fields["consent"].get("checked")) == ("naima@", None)
    assert [box.get("value") for box in page.iterfind(".//input[@name='categories'][@checked]")] == ["economie"]
    for field, message in (("email", said.email_wrong), ("consent", said.consent_wrong)):
        assert words(page, "p.wrong")[field == "consent"] == message
        assert select(page, "p.wrong")[field == "consent"].get("id") == fields[field].get("aria-describedby")
        assert message in text(one(page, "main p.standfirst"))


@given(st.text(st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="\ufdd0\ufffe\uffff"), max_size=60))
def test_whatever_was_typed_is_a_value_and_no_markup(email: str) -> None:
    assume(email.isprintable())
    page, other = (page_of(SignUpForm(email=each, wrong=("email",))) for each in (email, "x"))
    assert [each.tag for each in page.iter()] == [each.tag for each in other.iter()]
    assert one(page, "label.field > input").get("value", "") == email


def test_a_form_with_which_nothing_is_wrong_says_only_what_is() -> None:
    page = page_of(SignUpForm(email="naima@example.ma", consent=True), "Réessayez dans une minute.")
    assert not select(page, "p.wrong")
    assert not [each for each in select(page, "input") if each.get("aria-invalid")]
    assert [box.get("name") for box in page.iterfind(".//input[@checked]")] == ["consent"]
    assert words(page, "main p.standfirst") == ["Réessayez dans une minute."]
