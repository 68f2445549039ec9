"""Amazon SQS: the newsletter's two queues."""

import json
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any

from botocore.exceptions import BotoCoreError, ClientError

from functions.core.errors import StoreUnavailable
from functions.core.newsletter.invitation import Invitation

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient

_BATCH = 10


class SqsOutbox:
    """The port `Outbox`: sign-ups with sealed addresses, and readers by their keyed hash."""

    def __init__(self, client: "SQSClient", outbox_url: str, send_url: str) -> None:
        self._client = client
        self._outbox_url = outbox_url
        self._send_url = send_url

    def invite(self, invitation: Invitation) -> None:
        self._send(self._outbox_url, [invitation.canonical().decode()])

    def deliver(self, date: str, subscribers: Iterable[str]) -> None:
        remaining = iter(subscribers)
        while batch := list(islice(remaining, _BATCH)):
            self._send(self._send_url, [json.dumps({"date": date, "subscriber": each}) for each in batch])

    def _send(self, url: str, bodies: Sequence[str]) -> None:
        entries: Any = [{"Id": str(place), "MessageBody": body} for place, body in enumerate(bodies)]
        try:
            answer = self._client.send_message_batch(QueueUrl=url, Entries=entries)
        except (BotoCoreError, ClientError) as error:
            raise StoreUnavailable(f"sqs: {type(error).__name__}") from error
        if failed := answer.get("Failed"):
            raise StoreUnavailable(f"sqs: {len(failed)} of {len(bodies)} messages were not taken")
