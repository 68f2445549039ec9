"""The hour: from the newsroom's hour on, today's issue is made and sent to whoever still waits for it."""

from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext

from functions.bootstrap.log import logger
from functions.bootstrap.mailing import office
from functions.bootstrap.newsroom import state
from functions.core.errors import NoSettings
from functions.workflows.issue import issue


def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """`{"task": "issue"}` on the schedule, `{"task": "now"}` by hand. Answers the report; empty if nothing was due."""
    try:
        report = issue(office(), state(), early=event["task"] == "now")
    except NoSettings:  # a press that waits for its first ones is no failure, each hour anew
        return {}
    if report is None:
        return {}
    counts = report.model_dump()
    say = logger().warning if report.claimed or report.refused or report.unreadable else logger().info
    say("issue", **counts)
    return counts
