"""The minute: the press's clock moves on, and what is due goes live."""

from datetime import UTC, datetime
from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext

from functions.bootstrap.log import logger
from functions.bootstrap.press import press
from functions.workflows.tick import tick


def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, int]:
    """One tick; whatever the event says, the time is now."""
    due, late = tick(press(), datetime.now(UTC))
    if due:
        logger().info("clock", due=due, late_s=late.total_seconds())
    return {"due": due}
