"""The render queue: each message names a group whose pages have to match their inputs again."""

from typing import Any

from aws_lambda_powertools.utilities.batch import SqsFifoPartialProcessor, process_partial_response
from aws_lambda_powertools.utilities.batch.types import PartialItemFailureResponse
from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord
from aws_lambda_powertools.utilities.typing import LambdaContext

from functions.bootstrap.house import house_of
from functions.bootstrap.press import logger, press
from functions.core.notices import group_of
from functions.workflows.render import render

_LEAST_MILLISECONDS = 5_000


def handler(event: dict[str, Any], context: LambdaContext) -> PartialItemFailureResponse:
    """A batch of messages; answers which of them have to be delivered again."""
    processor = SqsFifoPartialProcessor(skip_group_on_error=True)

    def in_time() -> bool:
        return context.get_remaining_time_in_millis() > _LEAST_MILLISECONDS

    def bring_up_to_date(record: SQSRecord) -> None:
        group = group_of(record.body)
        again = int(record.attributes.approximate_receive_count) > 1
        render(press(), house_of, group, forced=again, in_time=in_time)
        logger().info("render", group=group, again=again)

    return process_partial_response(event=event, record_handler=bring_up_to_date, processor=processor, context=context)
