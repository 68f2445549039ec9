"""The send queue: one issue to one reader a message, at the pace that SES allows."""

import json
import time
from functools import cache
from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext

from functions.bootstrap.batches import Answer, Message, take_batch
from functions.bootstrap.log import logger
from functions.bootstrap.mailing import keep_pace, letterhead_of, office
from functions.bootstrap.newsroom import state
from functions.core.entry import Entry
from functions.core.newsletter.issue import Issue
from functions.workflows.deliver import deliver, public_entries
from functions.workflows.issue import current_issue


def handler(event: dict[str, Any], context: LambdaContext) -> Answer:
    """A batch of messages; answers which of them have to be delivered again."""

    @cache  # read once a batch: what was withdrawn a moment ago is in no mail
    def read(date: str) -> tuple[Issue, tuple[Entry, ...]] | None:
        issue = current_issue(state(), date)
        return (issue, public_entries(state(), issue, office())) if issue else None

    def send(message: Message) -> None:
        begun, told = time.monotonic(), json.loads(message.body)
        date, subscriber = told["date"], told["subscriber"]
        if (made := read(date)) is None:
            return
        outcome = deliver(office(), letterhead_of(office().settings()), *made, subscriber)
        logger().info("delivery", issue=date, outcome=outcome)
        if outcome == "sent":
            keep_pace("issues", begun)

    return take_batch(event, send, logger(), context.get_remaining_time_in_millis)
