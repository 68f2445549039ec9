import base64
import json
import re
from pathlib import Path
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.core.newsletter import answer
from functions.core.newsletter.subscription import (
    FORM,
    JSON,
    MAX_BODY_BYTES,
    Refusal,
    Request,
    SignUp,
    address_of,
    parse,
    reader_address,
)

TEMPLATE = Path(__file__).parents[2] / "templates" / "site" / "newsletter_form.html"
FIELDS = {"email": "Naima@example.ma", "consent": "on", "consent_version": "2024-03"}


def as_json(**changes: object) -> Request:
    return Request(content_type=JSON, body=json.dumps({**FIELDS, **changes}))


def as_form(*pairs: tuple[str, str]) -> Request:
    return Request(content_type=FORM, body=urlencode([*FIELDS.items(), *pairs]))


def accepted(request: Request) -> SignUp:
    sign_up = parse(request)
    assert isinstance(sign_up, SignUp), sign_up
    return sign_up


def refused(request: Request) -> Refusal:
    refusal = parse(request)
    assert isinstance(refusal, Refusal), refusal
    return refusal


def test_a_form_and_a_json_document_with_the_same_fields_are_the_same_sign_up() -> None:
    form = as_form(("categories", "economie"), ("categories", "culture"), ("locale", "ar"))
    document = as_json(categories=["economie", "culture"], locale="ar")
    assert accepted(form) == accepted(document)


def test_one_ticked_category_is_a_list_of_one() -> None:
    assert accepted(as_form(("categories", "économie"))).categories == ("économie",)


@pytest.mark.parametrize("spelling", ["Naima@EXAMPLE.ma", "naima@example.ma", " NAIMA@example.MA\n"])
def test_an_address_is_one_person_however_it_is_spelt(spelling: str) -> None:
    first, again = accepted(as_json()).email, accepted(as_json(email=spelling)).email
    assert first.identity == again.identity == "naima@example.ma"
    assert again.mailbox == spelling.strip().partition("@")[0] + "@example.ma", "as typed, for sending"


def test_an_international_domain_and_its_ascii_form_are_one_address() -> None:
    addresses = {accepted(as_json(email=email)).email for email in ("a@économie.ma", "a@xn--conomie-9xa.ma")}
    assert addresses == {address_of("a@xn--conomie-9xa.ma")}


def test_categories_are_kept_in_the_order_given() -> None:
    assert accepted(as_json(categories=["sport", "economie"])).categories == ("sport", "economie")


@pytest.mark.parametrize(
    ("viewer", "address"),
    [
        ("198.51.100.7:46532", "198.51.100.7"),
        ("2001:db8:1:2:3:4:5:6:46532", "2001:db8:1:2:3:4:5:6"),
        ("[2001:db8::1]:46532", "2001:db8::1"),
        ("", "192.0.2.1"),
    ],
)
def test_a_reader_s_address_is_the_one_that_the_cdn_saw(viewer: str, address: str) -> None:
    assert reader_address(viewer, "192.0.2.1", told="a secret", secret="a secret") == address


@pytest.mark.parametrize(
    ("told", "secret"),
    [("", "a secret"), ("A secret", "a secret"), ("a secret, a secret", "a secret"), ("é\udcff", "a secret"), ("", "")],
)
def test_who_is_not_the_cdn_cannot_say_where_a_request_comes_from(told: str, secret: str) -> None:
    assert reader_address("198.51.100.7:46532", "192.0.2.1", told=told, secret=secret) == "192.0.2.1"


def test_a_click_of_a_mail_reader_s_own_button_is_known_in_either_kind_of_form() -> None:
    plain = Request(content_type=FORM, body="List-Unsubscribe=One-Click")
    part = 'Content-Disposition: form-data; name="List-Unsubscribe"'
    multipart = f"--x\r\n{part}\r\n\r\nOne-Click\r\n--x--\r\n"
    packed = Request(body=base64.b64encode(multipart.encode()).decode(), is_base64=True)
    assert plain.is_one_click
    assert packed.is_one_click
    assert not Request(content_type=FORM, body="List-Unsubscribe=").is_one_click
    assert not Request(body="=!", is_base64=True).is_one_click


@pytest.mark.parametrize(
    "value", ["", " ", False, None, 1, ["on"], "false", "False", "0", "no", "off", "Non", "لا", "null", "undefined"]
)
def test_consent_is_never_assumed(value: object) -> None:
    assert [problem.field for problem in refused(as_json(consent=value)).problems] == ["consent"]


@pytest.mark.parametrize(
    "email",
    ["", "naima", "naima@", "@example.ma", "a@b@example.ma", "naïma@example.ma", "a@[192.0.2.1]", "a@localhost",
     "a@example.ma\r\nBcc: all@example.ma", "a\0@example.ma", "\u202ea@example.ma", "A <a@example.ma>", 7, None,
     "=?utf-8?q?a?=@example.ma",
     f"{'a' * 65}@example.ma", f"a@{'b' * 250}.ma"],
)  # fmt: skip
def test_an_address_that_mail_cannot_reach_is_refused_and_not_repeated(email: object) -> None:
    refusal = refused(as_json(email=email))
    assert [problem.field for problem in refusal.problems] == ["email"]
    assert refusal.problems[0].reason == "not an e-mail address that mail can reach"


def test_every_problem_is_told_at_once_each_with_its_field() -> None:
    refusal = refused(Request(content_type=JSON, body='{"locale": "de", "categories": ["ok", "a b"], "role": "admin"}'))
    fields = {problem.field for problem in refusal.problems}
    assert refusal.status == 422
    assert fields == {"email", "consent", "categories.1", "locale", "role"}


def test_a_field_given_twice_in_a_form_is_refused_unless_it_may_repeat() -> None:
    assert refused(as_form(("locale", "fr"), ("locale", "ar"))).problems[0].field == "locale"


@pytest.mark.parametrize("body", ["", "[", "nul", '{"email": NaN', "\ufeff{}", "[" * 4000, '{"email": "\\ud800"}'])
def test_what_is_not_json_is_malformed(body: str) -> None:
    assert refused(Request(content_type=JSON, body=body)).status == 400


@pytest.mark.parametrize("body", ["[]", "null", '"a"', "1"])
def test_json_that_is_no_object_is_refused_without_a_field(body: str) -> None:
    (problem,) = refused(Request(content_type=JSON, body=body)).problems
    assert problem.field is None


@pytest.mark.parametrize("body", ["email=%ff", "&".join("a=b" for _ in range(65)), "\ud800"])
def test_what_is_not_a_form_is_malformed(body: str) -> None:
    assert refused(Request(content_type=FORM, body=body)).status == 400


def test_a_body_that_is_not_base64_is_malformed() -> None:
    assert refused(Request(content_type=JSON, body="e30=!", is_base64=True)).status == 400


@pytest.mark.parametrize("content_type", ["", "text/plain", "multipart/form-data; boundary=x", "application/jsonp"])
def test_another_media_type_is_refused(content_type: str) -> None:
    assert refused(Request(content_type=content_type, body="{}")).status == 415


@pytest.mark.parametrize("content_type", ["application/json; charset=utf-8", "Application/JSON", " application/json ;"])
def test_a_media_type_may_have_parameters_and_any_case(content_type: str) -> None:
    accepted(Request(content_type=content_type, body=as_json().body))


@pytest.mark.parametrize(("size", "status"), [(MAX_BODY_BYTES, 400), (MAX_BODY_BYTES + 1, 413), (100_000, 413)])
@pytest.mark.parametrize("is_base64", [False, True])
def test_a_body_has_at_most_four_kilobytes_once_decoded(size: int, status: int, is_base64: bool) -> None:
    body = "x" * size
    sent = base64.b64encode(body.encode()).decode() if is_base64 else body
    assert refused(Request(content_type=JSON, body=sent, is_base64=is_base64)).status == status


def test_the_size_is_counted_in_bytes() -> None:
    assert refused(Request(content_type=JSON, body="é" * (MAX_BODY_BYTES // 2 + 1))).status == 413


def test_the_form_on_the_page_asks_for_what_a_sign_up_holds_and_nothing_else() -> None:
    names = re.findall(r'<(?:input|select)[^>]* name="([^"]+)"', TEMPLATE.read_text(encoding="utf-8"))
    required = {name for name, field in SignUp.model_fields.items() if field.is_required()}
    assert required <= set(names) <= set(SignUp.model_fields)


@given(
    st.sampled_from([FORM, JSON, "text/html"]), st.text(max_size=300) | st.from_regex(r"[&=%+a-f0-9]*"), st.booleans()
)
def test_whatever_a_stranger_sends_there_is_an_answer(content_type: str, body: str, is_base64: bool) -> None:
    request = Request(content_type=content_type, body=body, is_base64=is_base64)
    assert answer.refused(refused(request)).status in {400, 415, 422}


@given(st.binary(max_size=300))
def test_whatever_bytes_a_stranger_sends_there_is_an_answer(body: bytes) -> None:
    request = Request(content_type=JSON, body=base64.b64encode(body).decode(), is_base64=True)
    assert answer.refused(refused(request)).status in {400, 422}


@given(st.dictionaries(st.text(), st.none() | st.booleans() | st.integers() | st.text() | st.lists(st.text())))
def test_whatever_fields_a_stranger_invents_each_is_named(fields: dict[str, object]) -> None:
    request = as_json(**{f"x{name}": value for name, value in fields.items()})
    if fields:
        said = answer.refused(refused(request))
        assert len(json.loads(said.body)["errors"]) == len(fields)
