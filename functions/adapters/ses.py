"""Amazon SES: hands over raw mail."""

import re
from typing import TYPE_CHECKING, Any

from botocore.exceptions import BotoCoreError, ClientError, ConnectTimeoutError, EndpointConnectionError

from functions.core.errors import MailDeferred, MailRefused, StoreUnavailable
from functions.core.newsletter.mime import Mail

if TYPE_CHECKING:
    from mypy_boto3_sesv2 import SESV2Client

_SERVER_ERROR = 500
_OF_THIS_MAIL = frozenset({"BadRequestException", "MessageRejected"})  # what else SES says concerns every mail
_OF_THE_ACCOUNT = re.compile("(this|the|your) account|configuration set", re.IGNORECASE)


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
            raise _meaning(error, mail.sender) from error
        except (ConnectTimeoutError, EndpointConnectionError) as error:  # nothing has left
            raise MailDeferred(f"sesv2: {type(error).__name__}") from error
        except BotoCoreError as error:
            raise StoreUnavailable(f"sesv2: {type(error).__name__}") from error


def _meaning(error: ClientError, sender: str) -> Exception:
    """SES's message may quote an address, so only its code is kept.

    What is wrong with the account, its rights or its sender is put right by somebody, and the mail goes then. Of a
    sender who is not verified SES says that the message is rejected, and names who failed the check; of an account
    whose sending is paused it may say so too, in words alone ("Sending paused for this account"), as of a configuration
    set that is paused, or gone.
    https://docs.aws.amazon.com/ses/latest/dg/troubleshoot-error-messages.html
    """
    code, told = error.response["Error"]["Code"], error.response["Error"].get("Message", "")
    if error.response["ResponseMetadata"]["HTTPStatusCode"] >= _SERVER_ERROR:
        return StoreUnavailable(f"sesv2: {code}")
    unverified = "not verified" in told and sender.lower() in told.lower()
    of_this_mail = code in _OF_THIS_MAIL and not unverified and not _OF_THE_ACCOUNT.search(told)
    return (MailRefused if of_this_mail else MailDeferred)(f"sesv2: {code}")
