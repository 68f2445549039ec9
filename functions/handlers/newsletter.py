"""The HTTP API: newsletter sign-up, the links of its mails, and a sign of life."""

from datetime import UTC, datetime
from typing import Any

from aws_lambda_powertools.event_handler import APIGatewayHttpResolver, Response
from aws_lambda_powertools.event_handler.exceptions import NotFoundError
from aws_lambda_powertools.utilities.typing import LambdaContext

from functions.bootstrap.log import logger
from functions.bootstrap.newsletter import counter, keyring, origin_secret, problem_words, rows
from functions.core.errors import NotSettled, StaleBuild, StoreUnavailable, UnknownForm
from functions.core.newsletter import api
from functions.core.newsletter.answer import Answer, Button, clicked, misdirected, page, refused, stale, stamped, taken
from functions.core.newsletter.subscription import (
    ORIGIN_HEADER,
    UNAVAILABLE,
    Refusal,
    Request,
    reader_address,
    typed,
)
from functions.workflows.consent import confirm, confirmable, genuine, unsubscribe
from functions.workflows.subscribe import make_stamp, subscribe

app = APIGatewayHttpResolver()
_BUTTONS: dict[str, Button] = {
    "/api/newsletter/confirm": "confirm",
    "/api/newsletter/unsubscribe": "unsubscribe",
}


@app.post("/api/newsletter/subscriptions", **api.SIGN_UP)
def sign_up() -> Response[str]:
    outcome = subscribe(_request(_address()), counter(), datetime.now(UTC))
    if isinstance(outcome, Refusal):
        logger().info("sign-up", outcome=f"refused {outcome.status}")
        return _refuse(outcome)
    logger().info("sign-up", outcome=outcome)
    return _response(taken(_request()))


@app.get("/api/newsletter/stamp", **api.STAMP)
def stamp() -> Response[str]:
    return _response(stamped(make_stamp(keyring(), datetime.now(UTC))))


@app.get("/api/newsletter/confirm", **api.CONFIRM)
def ask_to_confirm() -> Response[str]:
    outcome = confirmable(rows(), keyring(), _token(), datetime.now(UTC))
    return _ask("confirm") if outcome == "done" else _response(clicked("confirm", outcome, _request()))


@app.post("/api/newsletter/confirm", **api.CONFIRMED)
def confirm_now() -> Response[str]:
    outcome = confirm(rows(), keyring(), _token(), _address(), datetime.now(UTC))
    logger().info("confirm", outcome=outcome)
    return _response(clicked("confirm", outcome, _request()))


@app.get("/api/newsletter/unsubscribe", **api.UNSUBSCRIBE)
def ask_to_unsubscribe() -> Response[str]:
    good = genuine(keyring(), _token(), datetime.now(UTC))
    return _ask("unsubscribe") if good else _response(stale())


@app.post("/api/newsletter/unsubscribe", **api.UNSUBSCRIBED)
def unsubscribe_now() -> Response[str]:
    outcome = unsubscribe(rows(), keyring(), _token(), _address(), datetime.now(UTC))
    logger().info("unsubscribe", outcome=outcome)
    return _response(clicked("unsubscribe", outcome, _request(), problem_words(_request().languages)))


@app.get("/api/health", **api.HEALTH)
def health() -> Response[str]:
    return _response(Answer(status=200, body='{"status":"ok"}', content_type="application/json"))


@app.not_found
def no_route(error: NotFoundError) -> Response[str]:
    return _response(misdirected(api.METHODS.get(app.current_event.path, ""), problem_words(_request().languages)))


@app.exception_handler([StoreUnavailable, NotSettled, StaleBuild, UnknownForm])  # type: ignore[untyped-decorator] # Powertools types it not
def unavailable(error: StoreUnavailable | NotSettled | StaleBuild | UnknownForm) -> Response[str]:
    logger().error("newsletter", outcome="unavailable", reason=str(error))
    return _refuse(UNAVAILABLE)


def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """One request of the HTTP API (payload format 2.0). HEAD is GET without the body."""
    http = event["requestContext"]["http"]
    if http["method"] != "HEAD":
        return app.resolve(event, context)
    as_get = {**event["requestContext"], "http": {**http, "method": "GET"}}
    return {**app.resolve({**event, "requestContext": as_get}, context), "body": ""}


def _ask(what: Button) -> Response[str]:
    """A page with one button."""
    from functions.bootstrap.newsletter_pages import question  # noqa: PLC0415 - jinja2: no sign-up renders a page

    return _response(page(200, question(what)))


def _refuse(refusal: Refusal) -> Response[str]:
    """A person gets a page that says so, with the form as it was sent or the button, a program a problem document."""
    request, asked = _request(), _BUTTONS.get(app.current_event.path)
    if (request.is_form or asked) and not request.is_one_click:
        from functions.bootstrap.newsletter_pages import refusal_page  # noqa: PLC0415 - as above

        if html := refusal_page(refusal, typed(request), asked):
            return _response(page(refusal.status, html))
    return _response(refused(refusal, problem_words(request.languages)))


def _request(address: str = "") -> Request:
    event = app.current_event
    headers = event.headers
    return Request(
        content_type=headers.get("content-type", ""),
        body=event.body or "",
        is_base64=event.is_base64_encoded,
        languages=headers.get("accept-language", ""),
        page=headers.get("referer", ""),
        address=address,
    )


def _address() -> str:
    """The reader's. It reads a secret, which may fail: nothing that tells of a failure asks for it."""
    event = app.current_event
    return reader_address(
        event.headers.get("cloudfront-viewer-address", ""),
        event.request_context.http.source_ip or "",
        told=event.headers.get(ORIGIN_HEADER, ""),
        secret=origin_secret(),
    )


def _token() -> str:
    return app.current_event.get_query_string_value("token", "") or ""


def _response(said: Answer) -> Response[str]:
    return Response(status_code=said.status, body=said.body, headers=said.headers)
