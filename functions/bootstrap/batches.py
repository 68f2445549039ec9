"""Batches: the messages of a queue, one after the other. SQS is told which failed, the log why."""

import traceback
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.batch import (
    BasePartialBatchProcessor,
    BatchProcessor,
    EventType,
    SqsFifoPartialProcessor,
    process_partial_response,
)
from aws_lambda_powertools.utilities.batch.types import PartialItemFailureResponse
from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord
from aws_lambda_powertools.utilities.typing import LambdaContext

from functions.core.errors import RotativeError

_OURS = "/functions/"
Take = Callable[[SQSRecord], None]


def take_batch(
    event: dict[str, Any], context: LambdaContext, take: Take, log: Logger, *, in_groups: bool = False
) -> PartialItemFailureResponse:
    """Take every message; answers which of them have to be delivered again.

    `in_groups`: the queue is FIFO, and what follows a failed message in its group fails with it.
    """

    def told(record: SQSRecord) -> None:
        try:
            take(record)
        except Exception as error:
            log.warning("failed", message_id=record.message_id, **why(error))
            raise

    return process_partial_response(
        event=event, record_handler=told, processor=_processor(in_groups=in_groups), context=context
    )


def milliseconds_since(instant: datetime) -> int:
    """How long ago that was; 0 where clocks differ and it is yet to come."""
    return max(0, (datetime.now(UTC) - instant) // timedelta(milliseconds=1))


def _processor(*, in_groups: bool) -> BasePartialBatchProcessor:
    if in_groups:
        return SqsFifoPartialProcessor(skip_group_on_error=True)
    return BatchProcessor(event_type=EventType.SQS, raise_on_entire_batch_failure=False)


def why(error: Exception) -> dict[str, Any]:
    """What went wrong and where. Only our own errors are quoted: others may repeat a reader's address."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if _OURS in frame.filename]
    where = f"{frames[-1].filename.rpartition(_OURS)[2]}:{frames[-1].lineno}" if frames else ""
    return {
        "error": type(error).__name__,
        "where": where,
        "reason": str(error) if isinstance(error, RotativeError) else "",
    }
