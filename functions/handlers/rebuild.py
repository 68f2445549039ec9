"""A worker of the rebuild's state machine: one batch of keys of the state bucket, whose groups are rendered."""

from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext

from functions.bootstrap.house import house_of
from functions.bootstrap.log import logger
from functions.bootstrap.press import press
from functions.workflows.rework import Worker, rework_articles, rework_lists

_LEAST_MILLISECONDS = 5_000


def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, int]:
    """`{"BatchInput": {"task": "articles" | "lists"}, "Items": [{"key": ...}]}`; answers how many were `done`.

    A batch that runs out of time fails and is tried again; what it has written is not written twice.
    """
    task = event["BatchInput"]["task"]
    keys = [item["key"] for item in event["Items"]]
    worker = Worker(press(), house_of, lambda: context.get_remaining_time_in_millis() > _LEAST_MILLISECONDS)
    done = rework_articles(worker, keys) if task == "articles" else rework_lists(worker, keys)
    logger().info("rebuild", task=task, done=done)
    return {"done": done}
