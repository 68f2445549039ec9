"""The render queue: each message names a group whose pages have to match their inputs again."""

from datetime import UTC, datetime
from typing import Any

from aws_lambda_powertools.utilities.batch.types import PartialItemFailureResponse
from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord
from aws_lambda_powertools.utilities.typing import LambdaContext

from functions.bootstrap.batches import milliseconds_since, take_batch
from functions.bootstrap.house import house_of
from functions.bootstrap.press import logger, press
from functions.core.notices import group_of
from functions.workflows.render import render

_LEAST_MILLISECONDS = 5_000


def handler(event: dict[str, Any], context: LambdaContext) -> PartialItemFailureResponse:
    """A batch of messages; answers which of them have to be delivered again."""

    def in_time() -> bool:
        return context.get_remaining_time_in_millis() > _LEAST_MILLISECONDS

    def bring_up_to_date(record: SQSRecord) -> None:
        group = group_of(record.body)
        again = int(record.attributes.approximate_receive_count) > 1
        worked = render(press(), house_of, group, forced=again, in_time=in_time)
        sent = datetime.fromtimestamp(int(record.attributes.sent_timestamp) / 1000, UTC)
        waited: dict[str, Any] = {"flag_to_live_ms": milliseconds_since(sent)} if worked else {}
        logger().info("render", group=group, again=again, saved=not worked, **waited)

    return take_batch(event, context, bring_up_to_date, logger(), in_groups=True)
