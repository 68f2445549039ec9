"""Amazon SQS: the ingest queue and the one that gives way to it (standard), and the render queue (FIFO)."""

import json
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeVar

from botocore.exceptions import BotoCoreError, ClientError

from functions.core.errors import StoreUnavailable
from functions.core.keys import content_hash

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient

T = TypeVar("T")
_BATCH = 10


class SqsQueues:
    """The queues. A message is a hint: it names a key or a group, and nothing else in it is believed."""

    def __init__(self, client: "SQSClient", ingest_url: str, again_url: str, render_url: str) -> None:
        self._client = client
        self._ingest_url = ingest_url
        self._again_url = again_url
        self._render_url = render_url

    def ask_renders(self, dirtied: Mapping[str, str]) -> None:
        """One message a group.

        The deduplication id is the flag's nonce: one made of the group alone would drop wake-ups for five minutes.
        """
        self._send(
            self._render_url,
            (
                {
                    "MessageBody": json.dumps({"group": group, "nonce": nonce}),
                    "MessageGroupId": content_hash(group.encode()),
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
        self._send(self._ingest_url, messages)

    def ask_again(self, keys: Iterable[str]) -> None:
        """One message an inbox key for which no editor waits."""
        self._send(self._again_url, ({"MessageBody": json.dumps({"key": key})} for key in keys))

    def _send(self, url: str, messages: Iterable[Mapping[str, str | int]]) -> None:
        for batch in _batches(messages):
            entries: Any = [{"Id": str(place), **message} for place, message in enumerate(batch)]
            try:
                answer = self._client.send_message_batch(QueueUrl=url, Entries=entries)
            except (ClientError, BotoCoreError) as error:
                raise StoreUnavailable(str(error)) from error
            if failed := answer.get("Failed"):
                raise StoreUnavailable(f"{len(failed)} of {len(batch)} messages were not taken: {failed[0]}")


def _batches(items: Iterable[T]) -> Iterator[list[T]]:
    remaining = iter(items)
    while batch := list(islice(remaining, _BATCH)):
        yield batch
