"""The feedback queue: what SES tells of bounces, complaints and deliveries."""

from typing import Any

from aws_lambda_powertools.utilities.batch.types import PartialItemFailureResponse
from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord
from aws_lambda_powertools.utilities.typing import LambdaContext

from functions.bootstrap.batches import take_batch
from functions.bootstrap.mailing import office
from functions.bootstrap.newsletter import logger
from functions.core.newsletter.feedback import feedback_of
from functions.workflows.feedback import take_feedback


def handler(event: dict[str, Any], context: LambdaContext) -> PartialItemFailureResponse:
    """A batch of messages; answers which of them have to be delivered again."""
    return take_batch(event, context, _take, logger())


def _take(record: SQSRecord) -> None:
    if feedback := feedback_of(record.body):
        take_feedback(office(), feedback)
        logger().info("feedback", verdict=feedback.verdict)
