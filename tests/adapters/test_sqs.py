import json
from collections.abc import Callable, Iterator
from typing import Any

import boto3
import pytest
from moto import mock_aws

from functions.adapters.sqs import SqsOutbox, SqsQueues
from functions.core.errors import StoreUnavailable

SECRET = "subscriber-40-hex-digits"
SENDS: tuple[Callable[[Any, str], None], ...] = (
    lambda client, url: SqsOutbox(client, url, url).deliver("2026-11-29", [SECRET]),
    lambda client, url: SqsQueues(client, url, url, url).ask_again([SECRET]),
)


class HalfDeaf:
    """A client whose queue takes all but the last message of a batch."""

    def send_message_batch(self, QueueUrl: str, Entries: list[dict[str, str]]) -> dict[str, Any]:  # noqa: N803 - boto3's
        last = Entries[-1]
        return {"Failed": [{"Id": last["Id"], "Code": "InternalError", "Message": last["MessageBody"]}]}


@pytest.fixture
def sqs() -> Iterator[Any]:
    with mock_aws():
        yield boto3.client("sqs", region_name="eu-west-3")


def test_however_many_messages_there_are_all_are_sent(sqs: Any) -> None:
    url = sqs.create_queue(QueueName="send")["QueueUrl"]
    SqsOutbox(sqs, url, url).deliver("2026-11-29", (str(number) for number in range(23)))
    found = set()
    while messages := sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10).get("Messages"):
        found |= {json.loads(message["Body"])["subscriber"] for message in messages}
    assert found == set(map(str, range(23)))


class Scribe:
    """A client that notes what is sent."""

    def __init__(self) -> None:
        self.sent: list[dict[str, str]] = []

    def send_message_batch(self, QueueUrl: str, Entries: list[dict[str, str]]) -> dict[str, Any]:  # noqa: N803 - boto3's
        self.sent += Entries
        return {}


def test_the_lists_that_wait_for_a_page_stand_in_its_line() -> None:
    client: Any = Scribe()
    SqsQueues(client, "ingest", "again", "render").ask_renders({"art:a.md": "1", "front": "2", "lists:a.md": "3"})
    page, front, lists = (each["MessageGroupId"] for each in client.sent)
    assert page == lists != front


@pytest.mark.parametrize("send", SENDS)
def test_a_message_that_was_not_taken_is_an_error_that_does_not_repeat_it(send: Callable[[Any, str], None]) -> None:
    with pytest.raises(StoreUnavailable, match="1 of 1 messages not taken: InternalError") as caught:
        send(HalfDeaf(), "url")
    assert SECRET not in str(caught.value)


@pytest.mark.parametrize("send", SENDS)
def test_a_queue_that_is_not_there_is_named_by_aws_own_code(sqs: Any, send: Callable[[Any, str], None]) -> None:
    with pytest.raises(StoreUnavailable, match=r"^sqs: AWS\.SimpleQueueService\.NonExistentQueue$"):
        send(sqs, "https://sqs.eu-west-3.amazonaws.com/123456789012/none")
