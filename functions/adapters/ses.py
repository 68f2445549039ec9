"""Amazon SES: hands over raw mail."""

from typing import TYPE_CHECKING, Any

from botocore.exceptions import BotoCoreError, ClientError

from functions.core.errors import MailDeferred, MailRefused, StoreUnavailable
from functions.core.newsletter.mime import Mail

if TYPE_CHECKING:
    from mypy_boto3_sesv2 import SESV2Client

_SERVER_ERROR = 500
_TOO_FAST = frozenset(
    "TooManyRequestsException LimitExceededException ThrottlingException SendingPausedException".split()
)


class SesMailer:
    """The port `Mailer`. Its client must not retry: the answer to a first try may be all that was lost."""

    def __init__(self, client: "SESV2Client", configuration_set: str) -> None:
        self._client = client
        self._configuration_set = configuration_set

    def send(self, mail: Mail) -> None:
        parameters: dict[str, Any] = {
            "FromEmailAddress": mail.sender,
            "Destination": {"ToAddresses": [mail.to]},
            "Content": {"Raw": {"Data": mail.raw}},
            "EmailTags": [{"Name": name, "Value": value} for name, value in mail.tags],
        }
        if self._configuration_set:
            parameters["ConfigurationSetName"] = self._configuration_set
        try:
            self._client.send_email(**parameters)
        except ClientError as error:
            raise _meaning(error) from error
        except BotoCoreError as error:
            raise StoreUnavailable(f"sesv2: {type(error).__name__}") from error


def _meaning(error: ClientError) -> Exception:
    """SES's message may quote an address, so only its code is kept."""
    code = error.response["Error"]["Code"]
    if code in _TOO_FAST:
        return MailDeferred(f"sesv2: {code}")
    status = error.response["ResponseMetadata"]["HTTPStatusCode"]
    return StoreUnavailable(f"sesv2: {code}") if status >= _SERVER_ERROR else MailRefused(f"sesv2: {code}")
