"""The feedback queue: what SES tells of bounces, complaints and deliveries."""

from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext

from functions.bootstrap.batches import Answer, Message, take_batch
from functions.bootstrap.log import logger
from functions.bootstrap.mailing import office
from functions.core.newsletter.feedback import feedback_of
from functions.workflows.feedback import take_feedback


def handler(event: dict[str, Any], context: LambdaContext) -> Answer:
    """A batch of messages; answers which of them have to be delivered again."""
    return take_batch(event, _take, logger(), context.get_remaining_time_in_millis)


def _take(message: Message) -> None:
    if feedback := feedback_of(message.body):
        take_feedback(office(), feedback)
        logger().info("feedback", verdict=feedback.verdict)
