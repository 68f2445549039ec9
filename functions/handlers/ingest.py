"""The ingest queue: S3 events (and our own requests) name keys of the inbox; each is taken in."""

from datetime import UTC, datetime
from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext

from functions.bootstrap.batches import Answer, Message, milliseconds_since, take_batch
from functions.bootstrap.desk import desk_of
from functions.bootstrap.log import logger
from functions.bootstrap.press import press
from functions.core.audit import deeds_of
from functions.core.keys import SETTINGS_KEY
from functions.core.messages import keys_of
from functions.workflows.history import remember
from functions.workflows.ingest import ingest


def handler(event: dict[str, Any], context: LambdaContext) -> Answer:
    """A batch of messages; answers which of them have to be delivered again."""
    left = context.get_remaining_time_in_millis
    return take_batch(event, _take_in, logger(), left, lambda message: {"keys": [*keys_of(message.body)]})


def _take_in(message: Message) -> None:
    deeds = tuple(deeds_of(message.body))
    for key in keys_of(message.body):
        mine = [deed for deed in deeds if deed.key == key]
        if key == SETTINGS_KEY:
            from functions.workflows.renew import renew  # noqa: PLC0415 - for the settings alone, which seldom change

            uploads, receipt = renew(press(), desk_of)
            remember(press(), mine)
            logger().info("settings", uploads=uploads, outcome=receipt.outcome if receipt else None)
        elif receipt := ingest(press(), desk_of, key, datetime.now(UTC)):
            remember(press(), mine)  # now, not before: of what has been erased since, nothing is to be kept
            codes = [problem.code for problem in receipt.problems]
            waited: dict[str, Any] = {"upload_to_record_ms": milliseconds_since(mine[0].at)} if mine else {}
            logger().info("ingest", id=receipt.id, ver=receipt.ver, outcome=receipt.outcome, problems=codes, **waited)
