"""Handlers that do next to nothing, for tests of what surrounds them."""

import json
import time
from typing import Any

from infra.local.lambda_runtime import LambdaContext

CALLS: list[tuple[str, Any]] = []
POISON = {"poison"}


def ingest(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Fails the messages that say so, times out on "sleep", raises on "raise"."""
    CALLS.append(("ingest", event))
    bodies = {each["messageId"]: each["body"] for each in event["Records"]}
    for body in bodies.values():
        if body == "raise":
            raise RuntimeError(body)
        if body == "sleep":
            time.sleep(context.get_remaining_time_in_millis() / 1000 + 0.3)
    failed = [{"itemIdentifier": each} for each, body in bodies.items() if body in POISON]
    return {"batchItemFailures": failed}


def render(event: dict[str, Any], _context: LambdaContext) -> dict[str, Any]:
    CALLS.append(("render", event))
    return ingest(event, _context)


def reconcile(event: dict[str, Any], _context: LambdaContext) -> None:
    CALLS.append(("reconcile", event))


def clock(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    CALLS.append(("clock", event))
    return {"name": context.function_name, "memory": context.memory_limit_in_mb, "arn": context.invoked_function_arn}


def newsletter(event: dict[str, Any], _context: LambdaContext) -> Any:
    CALLS.append(("newsletter", event))
    if event["rawPath"] == "/api/health":
        return {"ok": True}
    return {
        "statusCode": 303,
        "headers": {"location": "/merci/", "content-type": "text/plain"},
        "cookies": ["a=1", "b=2"],
        "body": json.dumps({"body": event.get("body"), "isBase64Encoded": event["isBase64Encoded"]}),
    }


def rebuild(event: dict[str, Any], _context: LambdaContext) -> dict[str, int]:
    CALLS.append(("rebuild", event))
    return {"done": len(event["Items"])}


def _note(name: str) -> Any:
    def handler(event: dict[str, Any], _context: LambdaContext) -> None:
        CALLS.append((name, event))

    return handler


outbox, delivery, feedback, issue = (_note(name) for name in ("outbox", "delivery", "feedback", "issue"))
