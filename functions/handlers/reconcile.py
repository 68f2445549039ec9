"""The schedules of reconcile, and the last step of a deployment: what was lost is found and sent on its way again."""

from datetime import UTC, datetime
from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext

from functions.bootstrap.log import logger
from functions.bootstrap.press import press
from functions.core.errors import NoSettings
from functions.workflows.reconcile import Reconciled, deploy, reconcile_full, reconcile_light


def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, int]:
    """`light` wakes late groups, `full` compares the whole inbox, `deploy` puts this code in force.

    Answers how many groups and uploads were sent on their way again.
    """
    task = event["task"]
    try:
        if task == "light":
            found = reconcile_light(press(), datetime.now(UTC))
        else:
            found = (deploy if task == "deploy" else reconcile_full)(press())
    except NoSettings:  # a press that waits for its first ones is no failure, each night anew
        if task == "deploy":
            raise
        found = Reconciled(0, 0)
    logger().info("reconcile", task=task, groups=found.flags, uploads=found.uploads)
    return {"groups": found.flags, "uploads": found.uploads}
