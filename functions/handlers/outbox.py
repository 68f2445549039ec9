"""The outbox queue: sign-ups, looked at after they have been answered, at the pace that SES allows."""

import time
from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext

from functions.bootstrap.batches import Answer, Message, take_batch
from functions.bootstrap.log import logger
from functions.bootstrap.mailing import keep_pace, letterhead_of, office
from functions.core.newsletter.invitation import Invitation
from functions.workflows.invite import invite


def handler(event: dict[str, Any], context: LambdaContext) -> Answer:
    """A batch of messages; answers which of them have to be delivered again."""
    return take_batch(event, _invite, logger(), context.get_remaining_time_in_millis)


def _invite(message: Message) -> None:
    begun = time.monotonic()
    waiting = Invitation.read(message.body)
    outcome = invite(office(), letterhead_of(office().settings()), waiting)
    logger().info("invite", outcome=outcome)
    if outcome == "invited":
        keep_pace("invitations", begun)
