"""The send queue: one issue to one reader a message, at the pace that SES allows."""

import time
from typing import Any

from aws_lambda_powertools.utilities.batch.types import PartialItemFailureResponse
from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord
from aws_lambda_powertools.utilities.typing import LambdaContext

from functions.bootstrap.batches import take_batch
from functions.bootstrap.mailing import letterhead_of, office, pause_seconds, state
from functions.bootstrap.newsletter import logger
from functions.workflows.deliver import deliver, public_entries
from functions.workflows.issue import current_issue


def handler(event: dict[str, Any], context: LambdaContext) -> PartialItemFailureResponse:
    """A batch of messages; answers which of them have to be delivered again."""
    entries: dict[str, Any] = {}

    def send(record: SQSRecord) -> None:
        date, subscriber = record.json_body["date"], record.json_body["subscriber"]
        issue = current_issue(state(), date)
        if issue is None:
            return
        if date not in entries:  # read once a batch: what was withdrawn a moment ago is in no mail
            entries[date] = public_entries(state(), issue, office())
        outcome = deliver(office(), letterhead_of(office().settings()), issue, entries[date], subscriber)
        logger().info("delivery", issue=date, outcome=outcome)
        if outcome == "sent":
            time.sleep(pause_seconds("issues"))

    return take_batch(event, context, send, logger())
