"""The HTTP API of the template: requests become payloads of API Gateway's format 2.0, answers become responses.

Source: the API Gateway Developer Guide, "AWS Lambda proxy integrations for HTTP APIs".
"""

import base64
import json
import re
import threading
import time
import uuid
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from werkzeug.wrappers import Request, Response

from infra.local.lambda_runtime import InvocationFailed, Invoke
from infra.local.resources import ACCOUNT, Route

MAX_BODY = 1024 * 1024  # bytes; the CDN and the API both take more, no request of ours does
_TEXT = re.compile(r"text/|application/(json|javascript|xml)|.*\+(json|xml)", re.IGNORECASE)
_PARAMETER = re.compile(r"\\{(\w+)(\\\+)?\\}")


class Api:
    """Answers the requests under /api/ by the functions of the routes."""

    def __init__(self, routes: Iterable[Route], invoke: Invoke) -> None:
        self._routes = [(route, re.compile(_pattern(route.path))) for route in routes]
        self._invoke = invoke
        self._one_at_a_time = threading.Lock()  # as in an environment of Lambda: Powertools keeps one current event

    def answer(self, request: Request) -> Response:
        found = self._find(request)
        if found is None:
            return _message(404, "Not Found")
        if (request.content_length or 0) > MAX_BODY:
            return _message(413, "Request Entity Too Large")
        route, parameters = found
        try:
            event = payload(request, route, parameters)
            with self._one_at_a_time:
                answer = self._invoke(route.function, event)
        except InvocationFailed:
            return _message(500, "Internal Server Error")
        return _response(answer)

    def _find(self, request: Request) -> tuple[Route, dict[str, str]] | None:
        method = request.method
        for route, pattern in self._routes:
            match = pattern.fullmatch(request.path)
            if match and route.method in {method, "ANY"}:
                return route, match.groupdict()
        return None


def payload(request: Request, route: Route, parameters: dict[str, str]) -> dict[str, Any]:
    """The event of a request, format 2.0. A form's body is base64, as API Gateway has it."""
    body = request.get_data(cache=False)
    context = _context(request, route)
    event: dict[str, Any] = {
        "version": "2.0",
        "routeKey": context["routeKey"],
        "rawPath": context["http"]["path"],
        "rawQueryString": request.query_string.decode("ascii", "replace"),
        "headers": {name.lower(): value for name, value in request.headers.items() if name.lower() != "cookie"},
        "requestContext": context,
        "isBase64Encoded": False,
    }
    if cookies := request.headers.get("Cookie"):
        event["cookies"] = [each.strip() for each in cookies.split(";")]
    if query := {name: ",".join(values) for name, values in request.args.lists()}:
        event["queryStringParameters"] = query
    if parameters:
        event["pathParameters"] = parameters
    if body:
        event |= _body(body, request.content_type or "")
    return event


def _context(request: Request, route: Route) -> dict[str, Any]:
    return {
        "accountId": ACCOUNT,
        "apiId": "local",
        "domainName": request.host,
        "domainPrefix": request.host.partition(".")[0],
        "http": {
            "method": request.method,
            "path": request.path,
            "protocol": request.environ.get("SERVER_PROTOCOL", "HTTP/1.1"),
            "sourceIp": request.remote_addr or "",
            "userAgent": request.headers.get("User-Agent", ""),
        },
        "requestId": str(uuid.uuid4()),
        "routeKey": f"{route.method} {route.path}",
        "stage": "$default",
        "time": datetime.now(UTC).strftime("%d/%b/%Y:%H:%M:%S +0000"),
        "timeEpoch": int(time.time() * 1000),
    }


def _body(body: bytes, content_type: str) -> dict[str, Any]:
    if _TEXT.match(content_type):
        try:
            return {"body": body.decode("utf-8"), "isBase64Encoded": False}
        except UnicodeDecodeError:
            pass  # carried as bytes, like any other type
    return {"body": base64.b64encode(body).decode("ascii"), "isBase64Encoded": True}


def _response(answer: Any) -> Response:  # noqa: ANN401 - whatever a handler answers
    if not isinstance(answer, dict) or "statusCode" not in answer:
        return Response(json.dumps(answer), 200, content_type="application/json")
    body = answer.get("body") or ""
    content = base64.b64decode(body) if answer.get("isBase64Encoded") else str(body).encode("utf-8")
    response = Response(content, int(answer["statusCode"]))
    response.headers.remove("Content-Type")
    for name, value in (answer.get("headers") or {}).items():
        response.headers[name] = str(value)
    response.headers.setdefault("Content-Type", "text/plain;charset=UTF-8")
    for cookie in answer.get("cookies") or []:
        response.headers.add("Set-Cookie", cookie)
    return response


def _message(status: int, text: str) -> Response:
    return Response(json.dumps({"message": text}), status, content_type="application/json")


def _pattern(path: str) -> str:
    def group(match: re.Match[str]) -> str:
        return f"(?P<{match[1]}>.+)" if match[2] else f"(?P<{match[1]}>[^/]+)"

    return _PARAMETER.sub(group, re.escape(path))
