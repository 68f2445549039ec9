"""The ingest queue: S3 events (and our own requests) name keys of the inbox; each is taken in."""

from datetime import UTC, datetime
from typing import Any

from aws_lambda_powertools.utilities.batch import BatchProcessor, EventType, process_partial_response
from aws_lambda_powertools.utilities.batch.types import PartialItemFailureResponse
from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord
from aws_lambda_powertools.utilities.typing import LambdaContext

from functions.bootstrap.desk import desk_of
from functions.bootstrap.press import logger, press
from functions.core.audit import deeds_of
from functions.core.keys import SETTINGS_KEY
from functions.core.notices import keys_of
from functions.workflows.history import remember
from functions.workflows.ingest import ingest
from functions.workflows.reconcile import reconcile_full


def handler(event: dict[str, Any], context: LambdaContext) -> PartialItemFailureResponse:
    """A batch of messages; answers which of them have to be delivered again."""
    processor = BatchProcessor(event_type=EventType.SQS, raise_on_entire_batch_failure=False)
    return process_partial_response(event=event, record_handler=_take_in, processor=processor, context=context)


def _take_in(record: SQSRecord) -> None:
    remember(press(), deeds_of(record.body))
    for key in keys_of(record.body):
        if key == SETTINGS_KEY:
            found = reconcile_full(press())
            logger().info("settings", uploads=found.uploads, groups=found.flags)
        elif receipt := ingest(press(), desk_of, key, datetime.now(UTC)):
            codes = [problem.code for problem in receipt.problems]
            logger().info("ingest", id=receipt.id, ver=receipt.ver, outcome=receipt.outcome, problems=codes)
