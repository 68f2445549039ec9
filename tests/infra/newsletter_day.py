"""A day of the newsletter, each function in an environment of its own: what they ask of AWS shows in their calls."""

import json
import re
from email import message_from_string
from email.message import EmailMessage
from email.policy import default
from typing import Any
from urllib.parse import unquote

import boto3
from moto.core.exceptions import JsonRESTError

from functions.bootstrap.newsletter import rows
from functions.core.newsletter.subscriber import Ask, Subscriber
from functions.workflows.subscribers import change
from infra.local.cloud import LocalCloud
from tests.handlers.test_events import EVENTS, lay_in


def newsletter_day(cloud: LocalCloud) -> None:
    """Somebody signs up, confirms, gets the issue at the second try, and leaves. Somebody else is to be forgotten."""
    lay_in()
    cloud.drain()
    left = Subscriber(unsubscribed_at=1, asks=(Ask(at=2, job="1", address="sealed"),))
    change(rows(), "a" * 40, lambda _: left)
    _cold(cloud, "NewsletterFunction", _request("form"))
    _cold(cloud, "OutboxFunction", _batch(cloud, "OutboxQueue"))
    token = _token(cloud, "confirm")
    for name in ("confirm-stale", "confirm-stale-button"):
        assert _cold(cloud, "NewsletterFunction", _request(name, token))["statusCode"] in {200, 303}
    assert _cold(cloud, "IssueFunction", {"task": "now"})["waiting"] == 1
    batch = _batch(cloud, "SendQueue")
    _refuse_once(cloud)
    assert _cold(cloud, "DeliveryFunction", batch)["batchItemFailures"]
    assert not _cold(cloud, "DeliveryFunction", batch)["batchItemFailures"]
    _cold(cloud, "IssueFunction", {"task": "now"})
    token = _token(cloud, "unsubscribe")
    for name in ("unsubscribe-stale", "unsubscribe-stale-one-click"):
        assert _cold(cloud, "NewsletterFunction", _request(name, token))["statusCode"] == 200
    text = (EVENTS / "feedback" / "complaint.json").read_text(encoding="utf-8")
    _cold(cloud, "FeedbackFunction", json.loads(text.replace("<READER>", token.split(".")[3])))


def _cold(cloud: LocalCloud, function: str, event: Any) -> Any:
    cloud.runtime.cold_start()
    return cloud.runtime.invoke_here(function, event)


def _request(name: str, token: str = "") -> dict[str, Any]:
    event = json.loads((EVENTS / "newsletter" / f"{name}.json").read_text(encoding="utf-8"))
    return {**event, "queryStringParameters": {"token": token}}


def _batch(cloud: LocalCloud, queue: str) -> dict[str, Any]:
    sqs, known = boto3.client("sqs"), cloud.template.queues[queue]
    (message,) = sqs.receive_message(QueueUrl=known.url)["Messages"]
    sqs.delete_message(QueueUrl=known.url, ReceiptHandle=message["ReceiptHandle"])
    record = {"messageId": message["MessageId"], "body": message["Body"], "attributes": {}, "eventSource": "aws:sqs"}
    return {"Records": [{**record, "eventSourceARN": known.arn}]}


def _token(cloud: LocalCloud, purpose: str) -> str:
    """The token of a link in the newest mail."""
    raw = cloud.ses.sent_messages[-1].raw_data
    part = message_from_string(raw, _class=EmailMessage, policy=default).get_body(("plain",))
    found = re.search(rf"{purpose}\?token=(\S+)", str(part.get_content()) if part else "")
    assert found, raw
    return unquote(found[1])


def _refuse_once(cloud: LocalCloud) -> None:
    """SES is too busy for the next mail."""
    take = cloud.ses.send_raw_email

    def refuse(*_: Any, **__: Any) -> Any:
        vars(cloud.ses)["send_raw_email"] = take
        raise JsonRESTError("TooManyRequestsException", "slow down")

    vars(cloud.ses)["send_raw_email"] = refuse
