"""What SES's answers mean for a mail: sent, never to be sent, to be sent later, or nobody knows."""

from typing import Any

import boto3
import pytest
from botocore.exceptions import ConnectTimeoutError, EndpointConnectionError, ReadTimeoutError
from botocore.stub import Stubber

from functions.adapters.ses import SesMailer
from functions.core.errors import MailDeferred, MailRefused, RotativeError, StoreUnavailable
from functions.core.newsletter.mime import Mail

MAIL = Mail(sender="newsletter@example.ma", to="naima@example.com", raw=b"raw")
_FAILED = "Email address is not verified. The following identities failed the check in region EU-WEST-3: "


def ses() -> Any:
    return boto3.client("sesv2", region_name="eu-west-3", aws_access_key_id="any", aws_secret_access_key="any")


@pytest.mark.parametrize(
    ("code", "status", "told", "meaning"),
    [
        ("TooManyRequestsException", 429, "Maximum sending rate exceeded.", MailDeferred),
        ("LimitExceededException", 400, "", MailDeferred),
        ("SendingPausedException", 400, "", MailDeferred),
        ("AccountSuspendedException", 400, "", MailDeferred),
        ("MailFromDomainNotVerifiedException", 400, "", MailDeferred),
        ("NotFoundException", 404, "Configuration set <x> does not exist.", MailDeferred),
        ("AccessDeniedException", 403, "User is not authorized to perform: ses:SendEmail", MailDeferred),
        ("ExpiredTokenException", 403, "", MailDeferred),
        ("MessageRejected", 400, _FAILED + "Le Matin <Newsletter@example.ma>", MailDeferred),
        ("MessageRejected", 400, _FAILED + "naima@example.com", MailRefused),
        ("MessageRejected", 400, "Sending paused for this account. For more information, please check", MailDeferred),
        ("MessageRejected", 400, "Email sending for the account is paused.", MailDeferred),
        ("BadRequestException", 400, "Sending is disabled for configuration set gazette-newsletter.", MailDeferred),
        ("NotFoundException", 404, "Configuration set <gazette-newsletter> does not exist.", MailDeferred),
        ("MessageRejected", 400, "", MailRefused),
        ("BadRequestException", 400, "Missing final '@domain'", MailRefused),
        ("InternalFailure", 500, "", StoreUnavailable),
        ("ServiceUnavailable", 503, "", StoreUnavailable),
    ],
)
def test_what_concerns_every_mail_is_put_right_and_the_mail_goes_then(
    code: str, status: int, told: str, meaning: type[RotativeError]
) -> None:
    client = ses()
    stub = Stubber(client)
    stub.add_client_error("send_email", code, told, http_status_code=status)
    with stub, pytest.raises(meaning, match=f"^sesv2: {code}$"):
        SesMailer(client, "rotative-newsletter").send(MAIL)


@pytest.mark.parametrize(
    ("error", "meaning"),
    [
        (EndpointConnectionError(endpoint_url="https://email"), MailDeferred),
        (ConnectTimeoutError(endpoint_url="https://email"), MailDeferred),
        (ReadTimeoutError(endpoint_url="https://email"), StoreUnavailable),
    ],
)
def test_a_mail_that_never_left_may_go_later_and_of_one_without_an_answer_nobody_knows(
    error: Exception, meaning: type[RotativeError]
) -> None:
    client = ses()

    def fail(**_: object) -> None:
        raise error

    client.meta.events.register("before-send.sesv2.SendEmail", fail)
    with pytest.raises(meaning):
        SesMailer(client, "").send(MAIL)
