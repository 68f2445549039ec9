"""A reader's sign-up: from a stranger's request to a pending subscriber, or to every reason why not."""

import base64
import hmac
import re
from typing import Annotated, Literal, NamedTuple
from urllib.parse import parse_qsl

from pydantic import BeforeValidator, Field, StringConstraints, ValidationError

from functions.core.article import Language
from functions.core.model import Frozen
from functions.core.problem import Problem

FORM = "application/x-www-form-urlencoded"
JSON = "application/json"
ORIGIN_HEADER = "x-rotative-origin"  # what the CDN tells the API to be known by: see template.yaml
MAX_BODY_BYTES = 4096
MAX_EMAIL = 254  # characters, as the form's input says
_MAX_FORM_FIELDS = 64
_ONE_CLICK = re.compile(rb"List-Unsubscribe(?:=|\"\r?\n\r?\n)One-Click")
_REPEATED = "categories"
# What programs write for a box that is not ticked, in the languages of the press; the last two are JavaScript's.
NO_CONSENT = r"^ *(0|[Ff]alse|FALSE|[Nn]on?|NON?|لا|[Oo]ff|OFF|null|undefined)? *$"


class Request(Frozen):
    """What a stranger sent: the Content-Type header and the body, both as API Gateway hands them over.

    `languages` is the Accept-Language header, `page` the Referer, `address` the IP address it came from.
    """

    content_type: str = ""
    body: str = ""
    is_base64: bool = False
    languages: str = ""
    page: str = ""
    address: str = ""

    @property
    def media_type(self) -> str:
        """The Content-Type without its parameters (RFC 9110, 8.3)."""
        return self.content_type.partition(";")[0].strip().lower()

    @property
    def is_form(self) -> bool:
        """Whether a person sent it from a page, and is to get a page back."""
        return self.media_type == FORM

    @property
    def is_one_click(self) -> bool:
        """Whether a mail reader sent it on a click of its own button (RFC 8058), as a form of either kind."""
        body = _body(self)
        return isinstance(body, bytes) and _ONE_CLICK.search(body) is not None


class Refusal(Frozen):
    """Why a request was not carried out: an HTTP status and, for 422, what is wrong with each field.

    `code` tells it from others of the same status, where there are any.
    """

    status: Literal[400, 404, 405, 413, 415, 422, 429, 503]
    detail: str
    code: Literal["", "token"] = ""
    problems: tuple[Problem, ...] = ()


UNAVAILABLE = Refusal(status=503, detail="Please try again in a minute.")
TOO_MANY = Refusal(status=429, detail="Too many sign-ups from here; please try again in an hour.")
_TOO_LARGE = Refusal(status=413, detail=f"The body may have at most {MAX_BODY_BYTES} bytes.")
_MALFORMED = Refusal(status=400, detail="The body is not what its Content-Type says.")


class Address(Frozen):
    """An e-mail address as its owner typed it, for sending, and normalised, to tell who it is.

    Its domain is in ASCII in both: that is what SES takes.
    """

    mailbox: str
    identity: str

    @property
    def inbox(self) -> str:
        """Where its mail may end up: of what follows a plus, and of dots, some providers take no notice.

        It limits what is sent to one person, and tells nobody apart.
        """
        local, _, domain = self.identity.rpartition("@")
        return f"{local.partition('+')[0].replace('.', '')}@{domain}"


def address_of(typed: object) -> Address:
    """An address that mail can reach, as far as its text tells; ValueError, without the text, otherwise.

    No DNS is asked.
    """
    # Its regular expressions take 13 ms to make: for sign-ups, and nothing else that has to do with the newsletter.
    from email_validator import EmailNotValidError, validate_email  # noqa: PLC0415 - see above

    try:
        # SES cannot send to a local part outside ASCII; a domain may be international.
        parts = validate_email(str(typed).strip(), check_deliverability=False, allow_smtputf8=False, strict=True)
    except EmailNotValidError as error:
        # The library's message quotes the address, and what is quoted ends up in logs.
        raise ValueError("not an e-mail address that mail can reach") from error
    local, domain = parts.local_part, parts.ascii_domain.lower()
    if "=?" in local:  # nobody's name, but the start of an encoded word in a header
        raise ValueError("not an e-mail address that mail can reach")
    return Address(mailbox=f"{local}@{domain}", identity=f"{local.lower()}@{domain}")


def _given(value: object) -> bool:
    """Consent as a ticked box sends it: any text but one that says no, or JSON's true."""
    return value is True or (isinstance(value, str) and re.search(NO_CONSENT, value) is None)


Slug = Annotated[str, StringConstraints(max_length=80, pattern=r"^[\w-]+$")]


class SignUp(Frozen):
    """The fields of the sign-up form.

    `consent_version` names the text that was consented to, empty when the caller does not tell. `website` is a trap:
    people do not see it, so only programs fill it in. `stamp` is the token of a form that the API made, `challenge`
    the answer to whatever puzzle the newsroom has put before its form. An empty `locale` stands for the newsroom's.
    """

    email: Annotated[Address, BeforeValidator(address_of)]
    consent: Annotated[Literal[True], BeforeValidator(_given)]
    consent_version: str = Field(default="", pattern=r"^[A-Za-z0-9._-]{0,40}$")
    categories: tuple[Slug, ...] = Field(default=(), max_length=50)
    locale: Literal[Language, ""] = ""
    website: str = ""
    stamp: str = Field(default="", max_length=300)
    challenge: str = Field(default="", max_length=2048)


class Typed(NamedTuple):
    """What a person typed and ticked in a form, to be shown once more; of no use but to be corrected."""

    email: str = ""
    consent: bool = False
    categories: tuple[str, ...] = ()


def parse(request: Request) -> SignUp | Refusal:
    """The sign-up in a request, or why there is none. Total: no bytes make it raise."""
    if request.media_type not in (FORM, JSON):
        return Refusal(status=415, detail=f"Send {JSON} or {FORM}.")
    body = _body(request)
    if isinstance(body, Refusal):
        return body
    try:
        return SignUp.model_validate(_form_fields(body)) if request.is_form else SignUp.model_validate_json(body)
    except ValidationError as error:
        return _refusal(error)
    except ValueError:
        return _MALFORMED


def typed(request: Request) -> Typed:
    """What stood in the fields that a form shows, as far as they could hold it; nothing of what is no form. Total."""
    body = _body(request)
    if not request.is_form or isinstance(body, Refusal):
        return Typed()
    try:
        fields = _form_fields(body)
    except ValueError:
        return Typed()
    email = fields.get("email", "")
    shown = email if isinstance(email, str) and len(email) <= MAX_EMAIL and email.isprintable() else ""
    return Typed(shown, _given(fields.get("consent")), tuple(fields.get(_REPEATED, ())))


def _body(request: Request) -> bytes | Refusal:
    if len(request.body) > MAX_BODY_BYTES * 2:  # before decoding: base64 adds a third
        return _TOO_LARGE
    try:
        body = base64.b64decode(request.body, validate=True) if request.is_base64 else request.body.encode()
    except ValueError:
        return _MALFORMED
    return body if len(body) <= MAX_BODY_BYTES else _TOO_LARGE


def _form_fields(body: bytes) -> dict[str, str | list[str]]:
    """Fields by name; a field given twice is a list, which only `categories` accepts."""
    fields: dict[str, str | list[str]] = {}
    pairs = parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=_MAX_FORM_FIELDS, errors="strict")
    for name, value in pairs:
        before = fields.get(name, [] if name == _REPEATED else None)
        if before is None:
            fields[name] = value
        else:
            fields[name] = [*([before] if isinstance(before, str) else before), value]
    return fields


def reader_address(viewer: str, source: str, *, told: str, secret: str) -> str:
    """The IP address of a reader: CloudFront's `CloudFront-Viewer-Address` header (`address:port`), or the source's.

    The API has an address of its own, where anybody can send that header: it counts only beside the CDN's secret.
    """
    from_cdn = secret != "" and hmac.compare_digest(told.encode(errors="replace"), secret.encode())
    return viewer.rpartition(":")[0].strip("[]") if viewer and from_cdn else source


def unacceptable(problems: tuple[Problem, ...]) -> Refusal:
    """What is said of fields that cannot be taken."""
    return Refusal(status=422, detail="Some fields cannot be accepted.", problems=problems)


def _refusal(error: ValidationError) -> Refusal:
    """Every problem, each with its field; what was sent is not repeated, because it may be an address."""
    details = error.errors(include_url=False, include_context=False, include_input=False)
    if any(detail["type"] == "json_invalid" for detail in details):
        return _MALFORMED
    problems = tuple(
        Problem(
            code=detail["type"],
            field=".".join(map(str, detail["loc"])) or None,
            reason=detail["msg"].removeprefix("Value error, "),
        )
        for detail in details
    )
    return unacceptable(problems)
