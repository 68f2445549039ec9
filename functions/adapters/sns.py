"""Amazon SNS: tells editors what became of their uploads."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from botocore.exceptions import BotoCoreError, ClientError

from functions.core.receipt import Letter, Receipt

if TYPE_CHECKING:
    from mypy_boto3_sns import SNSClient


class SnsEditors:
    """The port `Editors`: a topic. A subscription may filter by `outcome` and `key`; `warn` hears of what got lost."""

    def __init__(self, client: "SNSClient", topic: str, warn: Callable[[str], object]) -> None:
        self._client = client
        self._topic = topic
        self._warn = warn

    def tell(self, receipt: Receipt, letter: Letter) -> None:
        attributes = {"outcome": receipt.outcome, "key": receipt.key}
        try:
            self._client.publish(
                TopicArn=self._topic,
                Subject=letter.subject,
                Message=letter.text,
                MessageAttributes={
                    name: {"DataType": "String", "StringValue": value} for name, value in attributes.items()
                },
            )
        except (BotoCoreError, ClientError) as error:
            self._warn(f"the editors could not be told of a receipt: {type(error).__name__}")
