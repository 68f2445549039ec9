"""Dead letters: messages that were delivered too often without success, and their way back."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient
    from mypy_boto3_sqs.type_defs import MessageTypeDef

_OUT_OF_SIGHT = 300  # seconds in which a message that was received here is given to nobody else
_MOST = 10


class Letter(NamedTuple):
    """A message that was given up; `since` is when it was sent, `group` is that of a FIFO queue."""

    id: str
    body: str
    since: datetime
    group: str | None
    handle: str


class DeadLetters:
    """The dead-letter queue of a queue, which its redrive policy names."""

    def __init__(self, client: "SQSClient", url: str) -> None:
        self._client = client
        self._url = url
        policy = client.get_queue_attributes(QueueUrl=url, AttributeNames=["RedrivePolicy"])["Attributes"]
        name = json.loads(policy["RedrivePolicy"])["deadLetterTargetArn"].rpartition(":")[2]
        self._dead = client.get_queue_url(QueueName=name)["QueueUrl"]

    def letters(self, until: datetime) -> Iterator[Letter]:
        """Those sent before an instant, each once, as long as the caller sends them back or leaves them at the end.

        Of one group of a FIFO queue only the first ten, until these have been sent back.
        """
        while found := self._receive():
            yield from (letter for letter in found if letter.since < until)

    def send_back(self, letter: Letter) -> None:
        """Into its queue again, and only then out of here: a stop between the two makes it come twice, never not."""
        if letter.group is None:
            self._client.send_message(QueueUrl=self._url, MessageBody=letter.body)
        else:
            # Its first deduplication id would be dropped for five minutes; the id it has here is new to the queue.
            self._client.send_message(
                QueueUrl=self._url,
                MessageBody=letter.body,
                MessageGroupId=letter.group,
                MessageDeduplicationId=f"again-{letter.id}",
            )
        self._client.delete_message(QueueUrl=self._dead, ReceiptHandle=letter.handle)

    def leave(self, letter: Letter) -> None:
        """Where it is, in sight of whoever asks next."""
        self._client.change_message_visibility(QueueUrl=self._dead, ReceiptHandle=letter.handle, VisibilityTimeout=0)

    def _receive(self) -> list[Letter]:
        answer = self._client.receive_message(
            QueueUrl=self._dead,
            MaxNumberOfMessages=_MOST,
            WaitTimeSeconds=1,  # asks all of SQS's servers; without it an empty answer means nothing
            VisibilityTimeout=_OUT_OF_SIGHT,
            MessageSystemAttributeNames=["SentTimestamp", "MessageGroupId"],
        )
        return [_letter(message) for message in answer.get("Messages", ())]


def _letter(message: "MessageTypeDef") -> Letter:
    told = message["Attributes"]
    return Letter(
        id=message["MessageId"],
        body=message["Body"],
        since=datetime.fromtimestamp(int(told["SentTimestamp"]) / 1000, UTC),
        group=told.get("MessageGroupId"),
        handle=message["ReceiptHandle"],
    )
