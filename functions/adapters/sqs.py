"""Amazon SQS: the queues of the press (ingest and again are standard ones, render is FIFO) and of the newsletter.

What is raised holds no message: the newsletter's are about its readers.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import TYPE_CHECKING, Any

from botocore.exceptions import BotoCoreError, ClientError

from functions.core.errors import StoreUnavailable
from functions.core.groups import line_of
from functions.core.keys import content_hash

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient

    from functions.core.newsletter.invitation import Invitation

_BATCH = 10


class SqsQueues:
    """The port `Queues`. A message is a hint: it names a key or a group, and nothing else in it is believed."""

    def __init__(self, client: "SQSClient", ingest_url: str, again_url: str, render_url: str) -> None:
        self._client = client
        self._ingest_url = ingest_url
        self._again_url = again_url
        self._render_url = render_url

    def ask_renders(self, dirtied: Mapping[str, str]) -> None:
        """One message a group; a line of the queue is one of groups, and delivered in the order of sending.

        The deduplication id is the flag's nonce: one made of the group alone would drop wake-ups for five minutes.
        """
        _send(
            self._client,
            self._render_url,
            (
                {
                    "MessageBody": json.dumps({"group": group, "nonce": nonce}),
                    "MessageGroupId": content_hash(line_of(group).encode()),
                    "MessageDeduplicationId": nonce,
                }
                for group, nonce in dirtied.items()
            ),
        )

    def ask_ingests(self, keys: Iterable[str], delay: int = 0) -> None:
        """One message an inbox key, to be delivered after so many seconds (at most 900)."""
        messages: Iterator[dict[str, str | int]] = (
            {"MessageBody": json.dumps({"key": key}), "DelaySeconds": delay} for key in keys
        )
        _send(self._client, self._ingest_url, messages)

    def ask_again(self, keys: Iterable[str]) -> None:
        """One message an inbox key for which no editor waits."""
        _send(self._client, self._again_url, ({"MessageBody": json.dumps({"key": key})} for key in keys))


class SqsOutbox:
    """The port `Outbox`: sign-ups with sealed addresses, and readers by their keyed hash."""

    def __init__(self, client: "SQSClient", outbox_url: str, send_url: str) -> None:
        self._client = client
        self._outbox_url = outbox_url
        self._send_url = send_url

    def invite(self, invitation: "Invitation") -> None:
        _send(self._client, self._outbox_url, [{"MessageBody": invitation.canonical().decode()}])

    def deliver(self, date: str, subscribers: Iterable[str]) -> None:
        bodies = (json.dumps({"date": date, "subscriber": each}) for each in subscribers)
        _send(self._client, self._send_url, ({"MessageBody": body} for body in bodies))


def _send(client: "SQSClient", url: str, messages: Iterable[Mapping[str, str | int]]) -> None:
    remaining = iter(messages)
    while batch := list(islice(remaining, _BATCH)):
        entries: Any = [{"Id": str(place), **message} for place, message in enumerate(batch)]
        try:
            answer = client.send_message_batch(QueueUrl=url, Entries=entries)
        except ClientError as error:
            raise StoreUnavailable(f"sqs: {error.response['Error']['Code']}") from error
        except BotoCoreError as error:
            raise StoreUnavailable(f"sqs: {type(error).__name__}") from error
        if failed := answer.get("Failed"):
            raise StoreUnavailable(f"sqs: {len(failed)} of {len(batch)} messages not taken: {failed[0]['Code']}")
