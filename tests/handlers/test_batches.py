"""Batches: the same messages come again as with the processors of Powertools."""

import json
from typing import Any

import pytest
from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.batch import (
    BasePartialBatchProcessor,
    BatchProcessor,
    EventType,
    SqsFifoPartialProcessor,
    process_partial_response,
)
from aws_lambda_powertools.utilities.batch.exceptions import BatchProcessingError
from hypothesis import given
from hypothesis import strategies as st

from functions.bootstrap.batches import Answer, BatchFailed, Message, take_batch, take_batch_in_groups
from functions.core.errors import NotSettled, StaleBuild

# Messages as the group that each is of and whether it fails.
BATCHES = st.lists(st.tuples(st.sampled_from("abc"), st.booleans()), min_size=1, max_size=10)
LOG = Logger(service="batches", level="CRITICAL")


def event(messages: list[tuple[str, bool]], *, fifo: bool) -> dict[str, Any]:
    return {
        "Records": [
            {
                "messageId": f"m{place}",
                "body": "fail" if fails else "",
                "attributes": {
                    "ApproximateReceiveCount": str(place + 1),
                    "SentTimestamp": "1711697400250",
                    **({"MessageGroupId": group} if fifo else {}),
                },
                "eventSource": "aws:sqs",
            }
            for place, (group, fails) in enumerate(messages)
        ]
    }


def theirs(batch: dict[str, Any], processor: BasePartialBatchProcessor, taken: list[str]) -> Any:
    def take(record: Any) -> None:
        taken.append(record.message_id)
        if record.body:
            raise ValueError(record.body)

    try:
        return process_partial_response(batch, take, processor)
    except BatchProcessingError:
        return "all failed"


def ours(batch: dict[str, Any], taken: list[str], *, fifo: bool) -> Answer | str:
    def take(message: Message) -> None:
        taken.append(message.id)
        if message.body:
            raise ValueError(message.body)

    try:
        return (take_batch_in_groups if fifo else take_batch)(batch, take, LOG)
    except BatchFailed:
        return "all failed"


@given(BATCHES)
def test_a_batch_is_answered_as_by_powertools(messages: list[tuple[str, bool]]) -> None:
    batch, taken, expected = event(messages, fifo=False), list[str](), list[str]()
    processor = BatchProcessor(EventType.SQS, raise_on_entire_batch_failure=False)
    assert ours(batch, taken, fifo=False) == theirs(batch, processor, expected)
    assert taken == expected


@given(BATCHES)
def test_a_batch_of_groups_is_answered_as_by_powertools(messages: list[tuple[str, bool]]) -> None:
    batch, taken, expected = event(messages, fifo=True), list[str](), list[str]()
    assert ours(batch, taken, fifo=True) == theirs(batch, SqsFifoPartialProcessor(skip_group_on_error=True), expected)
    assert taken == expected


def test_a_message_knows_when_it_was_sent_and_whether_it_came_before() -> None:
    told: list[tuple[str, bool]] = []
    take_batch(
        event([("a", False)] * 2, fifo=False), lambda each: told.append((each.sent.isoformat(), each.again)), LOG
    )
    assert told == [("2024-03-29T07:30:00.250000+00:00", False), ("2024-03-29T07:30:00.250000+00:00", True)]


def test_what_is_no_batch_is_an_error() -> None:
    with pytest.raises(KeyError):
        take_batch({"no": "records"}, lambda _: None, LOG)


def test_who_gave_way_to_others_comes_again_and_alarms_nobody(capsys: pytest.CaptureFixture[str]) -> None:
    def take(message: Message) -> None:
        raise (NotSettled if message.id == "m0" else ValueError)(message.id)

    answer = take_batch(event([("a", True), ("a", True)], fifo=False), take, Logger(service="told", level="INFO"))
    told = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [each["itemIdentifier"] for each in answer["batchItemFailures"]] == ["m0", "m1"]
    assert [(each["level"], each["message"]) for each in told] == [("INFO", "again"), ("WARNING", "failed")]


@pytest.mark.parametrize("why", [NotSettled, StaleBuild])
def test_a_render_that_gave_way_or_waits_for_the_end_of_an_upgrade_is_no_error_of_the_function(
    why: type[Exception],
) -> None:
    def take(message: Message) -> None:
        raise why(message.id)

    answer = take_batch_in_groups(event([("a", True)], fifo=True), take, LOG)
    assert [each["itemIdentifier"] for each in answer["batchItemFailures"]] == ["m0"]
