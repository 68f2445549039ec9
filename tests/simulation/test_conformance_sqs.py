"""The model of SQS answers as moto does: what is given out next, how often, and what is dropped as a double."""

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import count
from typing import TYPE_CHECKING

import boto3
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule, run_state_machine_as_test
from moto import mock_aws

from tests.simulation.sqs import Message, Queue

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient

pytestmark = pytest.mark.once
_SETTINGS = settings(max_examples=6, stateful_step_count=30, deadline=None)
_OUT_OF_SIGHT = 3600
GROUPS, PLACES = st.sampled_from("ab"), st.integers(0, 9)


class Queues(RuleBasedStateMachine):
    """A queue in the model and one in moto, and everything that senders and consumers do to them."""

    def __init__(self, client: "SQSClient", number: int, *, fifo: bool) -> None:
        super().__init__()
        self.client, self.model = client, Queue(lambda: datetime(2026, 11, 20, tzinfo=UTC), fifo=fifo)
        named = f"q{number}.fifo" if fifo else f"q{number}"
        made = client.create_queue(QueueName=named, Attributes={"FifoQueue": "true"} if fifo else {})
        self.url = made["QueueUrl"]
        self.bodies = count()
        self.in_hand: list[tuple[Message, int, str]] = []  # with the model's receipt and moto's

    @rule(group=GROUPS, double=st.booleans())
    def send(self, group: str, double: bool) -> None:
        number = next(self.bodies)
        deduplication = "same" if double else str(number)
        fifo = {"MessageGroupId": group, "MessageDeduplicationId": deduplication} if self.model.fifo else {}
        self.client.send_message(QueueUrl=self.url, MessageBody=str(number), **fifo)  # type: ignore[arg-type] # two shapes
        self.model.send(str(number), group, deduplication)

    @rule()
    def send_for_later(self) -> None:
        if not self.model.fifo:
            self.client.send_message(QueueUrl=self.url, MessageBody="later", DelaySeconds=900)
            self.model.send("later", delay=900)

    @rule()
    def receive(self) -> None:
        """What moto gives out is one of those that the model would, and given out as often."""
        answer = self.client.receive_message(
            QueueUrl=self.url, VisibilityTimeout=_OUT_OF_SIGHT, MessageSystemAttributeNames=["All"]
        )
        expected = {message.body: message for message in self.model.deliverable()}
        found = answer.get("Messages", [])
        assert bool(found) == bool(expected)
        for each in found:
            message = expected[each["Body"]]
            receipts = self.model.receive(message)
            assert each["Attributes"]["ApproximateReceiveCount"] == str(receipts)
            self.in_hand.append((message, receipts, each["ReceiptHandle"]))

    @precondition(lambda self: self.in_hand)
    @rule(place=PLACES)
    def fail(self, place: int) -> None:
        message, receipt, handle = self.in_hand.pop(place % len(self.in_hand))
        self.client.change_message_visibility(QueueUrl=self.url, ReceiptHandle=handle, VisibilityTimeout=0)
        self.model.fail(message, receipt)

    @precondition(lambda self: self.in_hand)
    @rule(place=PLACES)
    def succeed(self, place: int) -> None:
        message, receipt, handle = self.in_hand.pop(place % len(self.in_hand))
        self.client.delete_message(QueueUrl=self.url, ReceiptHandle=handle)
        self.model.succeed(message, receipt)


@pytest.fixture
def client(monkeypatch: pytest.MonkeyPatch) -> Iterator["SQSClient"]:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "any")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    monkeypatch.delenv("AWS_ENDPOINT_URL", raising=False)
    with mock_aws():
        yield boto3.client("sqs")


@pytest.mark.parametrize("fifo", [False, True], ids=["standard", "fifo"])
def test_the_model_gives_out_what_moto_gives_out(client: "SQSClient", *, fifo: bool) -> None:
    numbers = count()

    class Fresh(Queues):
        def __init__(self) -> None:
            super().__init__(client, next(numbers), fifo=fifo)

    run_state_machine_as_test(Fresh, settings=_SETTINGS)
