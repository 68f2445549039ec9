"""Batches: the messages of a queue, one after the other. SQS is told which failed, the log why.

Powertools has such a thing for every source of events there is; to load that took a tenth of a cold start.
"""

import traceback
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any, Literal, NamedTuple, TypeAlias

from aws_lambda_powertools import Logger

from functions.core.errors import NotSettled, RotativeError, StaleBuild

_OURS = "/functions/"
_ENOUGH_MILLISECONDS = 20_000  # for any one message: an article of many pictures, a mail that SES is slow to take


class Message(NamedTuple):
    """A message of a queue. `attributes` are what SQS says of it."""

    id: str
    body: str
    attributes: Mapping[str, str]

    @property
    def group(self) -> str | None:
        """Its group, in a FIFO queue."""
        return self.attributes.get("MessageGroupId")

    @property
    def sent(self) -> datetime:
        """When it was put into the queue."""
        return datetime.fromtimestamp(int(self.attributes["SentTimestamp"]) / 1000, UTC)

    @property
    def again(self) -> bool:
        """Whether it has been delivered before."""
        return int(self.attributes.get("ApproximateReceiveCount", "1")) > 1  # `sam local` need not say


Take: TypeAlias = Callable[[Message], None]
About: TypeAlias = Callable[[Message], Mapping[str, Any]]
Answer: TypeAlias = dict[str, list[dict[str, str]]]
Outcome = Literal["taken", "again", "failed"]


class BatchFailed(Exception):
    """Every message of a batch has failed."""


def _nothing(_: Message) -> Mapping[str, Any]:
    return {}


def take_batch(
    event: dict[str, Any], take: Take, log: Logger, milliseconds_left: Callable[[], int], about: About = _nothing
) -> Answer:
    """Take every message for which there is time, at least one; answers which of them have to be delivered again.

    Lambda ends a function that runs out of time at any instruction, and then all its messages come again, each one
    delivery nearer to being given up. Those that have come before go first. `about` is what the log may say of one that
    was not taken.
    """
    left: list[Message] = []
    for place, message in enumerate(sorted(_messages(event), key=lambda each: not each.again)):
        if place and milliseconds_left() < _ENOUGH_MILLISECONDS:
            log.info("again", message_id=message.id, **_told(message, about), reason="no time is left for it")
            left.append(message)
        elif _outcome(message, take, log, about) != "taken":
            left.append(message)
    return _answer(left)


def take_batch_in_groups(event: dict[str, Any], take: Take, log: Logger, about: About = _nothing) -> Answer:
    """The same of a FIFO queue: what follows a failed message in its group fails with it.

    Raises BatchFailed if nothing succeeded and something failed: an error of the function, for the alarm to see.
    """
    messages = _messages(event)
    left: list[Message] = []
    outcomes: set[Outcome] = set()
    for message in messages:
        if message.group in {each.group for each in left}:
            left.append(message)
            continue
        outcomes.add(outcome := _outcome(message, take, log, about))
        if outcome != "taken":
            left.append(message)
    if "failed" in outcomes and len(left) == len(messages):
        raise BatchFailed(f"all {len(left)} messages")
    return _answer(left)


def milliseconds_since(instant: datetime) -> int:
    """How long ago that was; 0 where clocks differ and it is yet to come."""
    return max(0, (datetime.now(UTC) - instant) // timedelta(milliseconds=1))


def _messages(event: dict[str, Any]) -> list[Message]:
    return [Message(record["messageId"], record["body"], record["attributes"]) for record in event["Records"]]


def _outcome(message: Message, take: Take, log: Logger, about: About) -> Outcome:
    try:
        take(message)
    except (NotSettled, StaleBuild) as error:  # many wrote at once, or an upgrade is under way: later it is easier
        log.info("again", message_id=message.id, **_told(message, about), reason=str(error))
        return "again"
    except Exception as error:  # noqa: BLE001 - whatever it is, the message comes again and the others go on
        log.warning("failed", message_id=message.id, **_told(message, about), **why(error))
        return "failed"
    return "taken"


def _told(message: Message, about: About) -> Mapping[str, Any]:
    """What a message is about; nothing where it cannot be read, which may be why it was not taken."""
    with suppress(ValueError, KeyError, TypeError, AttributeError):
        return about(message)
    return {}


def _answer(left: list[Message]) -> Answer:
    return {"batchItemFailures": [{"itemIdentifier": message.id} for message in left]}


def why(error: Exception) -> dict[str, Any]:
    """What went wrong and where. Only our own errors are quoted: others may repeat a reader's address."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if _OURS in frame.filename]
    where = f"{frames[-1].filename.rpartition(_OURS)[2]}:{frames[-1].lineno}" if frames else ""
    return {
        "error": type(error).__name__,
        "where": where,
        "reason": str(error) if isinstance(error, RotativeError) else "",
    }
