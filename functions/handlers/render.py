"""The render queue: each message names a group whose pages have to match their inputs again."""

from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext

from functions.bootstrap.batches import Answer, Message, milliseconds_since, take_batch_in_groups
from functions.bootstrap.house import house_of
from functions.bootstrap.log import logger
from functions.bootstrap.press import press
from functions.core.messages import group_of, ver_of
from functions.workflows.render import render

_LEAST_MILLISECONDS = 5_000


def handler(event: dict[str, Any], context: LambdaContext) -> Answer:
    """A batch of messages; answers which of them have to be delivered again."""

    def in_time() -> bool:
        return context.get_remaining_time_in_millis() > _LEAST_MILLISECONDS

    def bring_up_to_date(message: Message) -> None:
        group = group_of(message.body)
        worked = render(press(), house_of, group, forced=message.again, in_time=in_time)
        waited: dict[str, Any] = {"flag_to_live_ms": milliseconds_since(message.sent)} if worked else {}
        logger().info("render", **_about(message), again=message.again, saved=not worked, **waited)

    return take_batch_in_groups(event, bring_up_to_date, logger(), _about)


def _about(message: Message) -> dict[str, Any]:
    ver = ver_of(message.body)
    return {"group": group_of(message.body), **({"ver": ver} if ver else {})}
