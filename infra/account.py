"""What AWS says before a deployment: who asks, what SES and Lambda grant the account, and how the stack stands."""

from typing import TYPE_CHECKING, NamedTuple

import boto3
from botocore.exceptions import BotoCoreError, ClientError, ProfileNotFound

from infra.console import fail

if TYPE_CHECKING:
    from mypy_boto3_ses import SESClient

SANDBOX_MAILS_A_DAY = 200  # what SES grants an account that has not asked for more
_BROKEN = {"ROLLBACK_COMPLETE", "ROLLBACK_FAILED", "REVIEW_IN_PROGRESS", "DELETE_FAILED"}


class Account(NamedTuple):
    """An account in one region. `concurrency` is what nobody has reserved of Lambda's limit; None where the caller may
    not ask.
    """

    number: str
    who: str
    region: str
    mails_a_day: float
    mails_a_second: float
    senders: tuple[str, ...]
    concurrency: int | None

    @property
    def in_sandbox(self) -> bool:
        """Whether SES sends to verified addresses alone."""
        return self.mails_a_day <= SANDBOX_MAILS_A_DAY


class Standing(NamedTuple):
    """A stack that exists: the answers it was deployed with, and what it says of itself."""

    parameters: dict[str, str]
    outputs: dict[str, str]


def read_account() -> Account:
    """The account of the credentials in the environment; ends the command where there is none."""
    try:
        region = boto3.Session().region_name
    except ProfileNotFound as error:
        fail(f"{error}: `aws configure list-profiles` names those that there are")
    if region is None:
        fail("no region: name one with --region, or set AWS_DEFAULT_REGION")
    try:
        who = boto3.client("sts").get_caller_identity()
    except (ClientError, BotoCoreError) as error:
        fail(f"no AWS credentials that work: {error}\nName a profile with --profile, or run `aws configure sso`.")
    ses = boto3.client("ses")
    try:
        quota, senders = ses.get_send_quota(), _senders(ses)
    except (ClientError, BotoCoreError) as error:
        fail(f"cannot ask SES in {region}: {error}")
    return Account(
        number=who["Account"],
        who=who["Arn"],
        region=region,
        mails_a_day=quota["Max24HourSend"],
        mails_a_second=quota["MaxSendRate"],
        senders=senders,
        concurrency=_concurrency(),
    )


def read_standing(stack: str) -> Standing | None:
    """The stack as it stands; None where there is none. Ends the command where it can take no deployment."""
    try:
        described = boto3.client("cloudformation").describe_stacks(StackName=stack)["Stacks"][0]
    except ClientError as error:
        if "does not exist" in str(error):
            return None
        fail(f"cannot read the stack {stack}: {error}")
    status = described["StackStatus"]
    if status in _BROKEN:
        fail(
            f"the stack {stack} is {status}: `aws cloudformation delete-stack --stack-name {stack}`, then deploy again"
        )
    if status == "UPDATE_ROLLBACK_FAILED":
        fail(
            f"the stack {stack} is {status}: put right what its events name, then"
            f" `aws cloudformation continue-update-rollback --stack-name {stack}`, then deploy again"
        )
    if status.endswith("IN_PROGRESS"):
        fail(f"the stack {stack} is {status}: somebody is changing it; deploy when that is done")
    return Standing(
        {each["ParameterKey"]: each["ParameterValue"] for each in described.get("Parameters", ())},
        {each["OutputKey"]: each["OutputValue"] for each in described.get("Outputs", ())},
    )


def check_inbox(stack: str, account: Account) -> None:
    """Ends the command where the inbox of a stack that is no more would be in the way of a new one of its name."""
    bucket = f"{stack}-inbox-{account.number}"
    try:
        boto3.client("s3").head_bucket(Bucket=bucket)
    except (ClientError, BotoCoreError):
        return  # there is none; or who may not look is told by CloudFormation
    fail(
        f"there is no stack {stack} in {account.region}, but the bucket {bucket} of one that was deleted, or is in"
        " another region, with its uploads: deploy under another"
        f" --stack and copy them (`aws s3 sync s3://{bucket} s3://NEW`), or empty and delete the bucket first"
    )


def check_certificate(arn: str, domain: str) -> None:
    """Ends the command unless CloudFront could use the certificate for the domain."""
    if ":acm:us-east-1:" not in arn:
        fail(f"{domain} needs a certificate in us-east-1, where CloudFront looks: name it with --certificate-arn")
    try:
        found = boto3.client("acm", region_name="us-east-1").describe_certificate(CertificateArn=arn)["Certificate"]
    except (ClientError, BotoCoreError) as error:
        fail(f"cannot read the certificate {arn}: {error}")
    if found["Status"] != "ISSUED":
        fail(f"the certificate {arn} is {found['Status']}: wait until ACM has issued it")
    names = {found["DomainName"], *found.get("SubjectAlternativeNames", ())}
    if not {domain, f"*.{domain.partition('.')[2]}"} & names:
        fail(f"the certificate {arn} is for {', '.join(sorted(names))}, not for {domain}")


def _senders(ses: "SESClient") -> tuple[str, ...]:
    """The addresses and domains that SES sends for."""
    named = ses.list_identities()["Identities"]
    said = ses.get_identity_verification_attributes(Identities=named[:100])["VerificationAttributes"] if named else {}
    return tuple(sorted(name for name, each in said.items() if each["VerificationStatus"] == "Success"))


def _concurrency() -> int | None:
    try:
        limits = boto3.client("lambda").get_account_settings()["AccountLimit"]
    except ClientError:
        return None
    return limits["UnreservedConcurrentExecutions"]
