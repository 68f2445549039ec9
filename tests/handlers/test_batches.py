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


def a_minute() -> int:
    """As many milliseconds are left at any time."""
    return 60_000


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
        return take_batch_in_groups(batch, take, LOG) if fifo else take_batch(batch, take, LOG, a_minute)
    except BatchFailed:
        return "all failed"


@given(BATCHES)
def test_a_batch_is_answered_as_by_powertools(messages: list[tuple[str, bool]]) -> None:
    batch, taken, expected = event(messages, fifo=False), list[str](), list[str]()
    processor = BatchProcessor(EventType.SQS, raise_on_entire_batch_failure=False)
    answers: tuple[Any, Any] = ours(batch, taken, fifo=False), theirs(batch, processor, expected)
    mine, others = ({each["itemIdentifier"] for each in answer["batchItemFailures"]} for answer in answers)
    assert mine == others
    assert sorted(taken) == expected


@given(BATCHES)
def test_a_batch_of_groups_is_answered_as_by_powertools(messages: list[tuple[str, bool]]) -> None:
    batch, taken, expected = event(messages, fifo=True), list[str](), list[str]()
    assert ours(batch, taken, fifo=True) == theirs(batch, SqsFifoPartialProcessor(skip_group_on_error=True), expected)
    assert taken == expected


def test_a_message_knows_when_it_was_sent_and_whether_it_came_before() -> None:
    told: list[tuple[str, bool]] = []
    batch = event([("a", False)] * 2, fifo=True)
    take_batch_in_groups(batch, lambda each: told.append((each.sent.isoformat(), each.again)), LOG)
    assert told == [("2024-03-29T07:30:00.250000+00:00", False), ("2024-03-29T07:30:00.250000+00:00", True)]


def test_what_is_no_batch_is_an_error() -> None:
    with pytest.raises(KeyError):
        take_batch({"no": "records"}, lambda _: None, LOG, a_minute)


def test_what_there_is_no_time_for_comes_again_and_what_came_before_goes_first() -> None:
    taken = list[str]()
    messages = event([("a", False)] * 6, fifo=False)
    answer = take_batch(messages, lambda each: taken.append(each.id), LOG, lambda: 60_000 - 15_000 * len(taken))
    assert taken == ["m1", "m2", "m3"]
    assert [each["itemIdentifier"] for each in answer["batchItemFailures"]] == ["m4", "m5", "m0"]


def test_one_message_is_taken_however_little_time_there_is() -> None:
    taken = list[str]()
    take_batch(event([("a", False)], fifo=False), lambda each: taken.append(each.id), LOG, lambda: 1)
    assert taken == ["m0"]


def test_who_gave_way_to_others_comes_again_and_alarms_nobody(capsys: pytest.CaptureFixture[str]) -> None:
    def take(message: Message) -> None:
        raise (NotSettled if message.id == "m0" else ValueError)(message.id)

    def about(message: Message) -> dict[str, str]:
        return {"m1": {"group": "of m1"}}[message.id]

    log = Logger(service="told", level="INFO")
    answer = take_batch(event([("a", True), ("a", True)], fifo=False), take, log, a_minute, about)
    told = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [each["itemIdentifier"] for each in answer["batchItemFailures"]] == ["m1", "m0"]
    assert [(each["level"], each["message"]) for each in told] == [("WARNING", "failed"), ("INFO", "again")]
    assert [each.get("group") for each in told] == ["of m1", None], "where it can be read"


@pytest.mark.parametrize("why", [NotSettled, StaleBuild])
def test_a_render_that_gave_way_or_waits_for_the_end_of_an_upgrade_is_no_error_of_the_function(
    why: type[Exception],
) -> None:
    def take(message: Message) -> None:
        raise why(message.id)

    answer = take_batch_in_groups(event([("a", True)], fifo=True), take, LOG)
    assert [each["itemIdentifier"] for each in answer["batchItemFailures"]] == ["m0"]
