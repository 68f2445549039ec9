"""The press that a command talks to: the one serving an inbox on this machine, or a stack on AWS."""

import os
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path

import boto3
import click
from botocore.exceptions import BotoCoreError, ClientError

from functions.adapters.s3 import S3Inbox, S3State
from functions.bootstrap.press import press
from functions.core import keys
from functions.core.errors import AccessRefused, StaleBuild
from functions.core.spelling import spellings
from functions.workflows.now import current_build
from functions.workflows.ports import Press
from infra.console import fail
from infra.local.press import find_press
from infra.newsroom import DATA, DEFAULT_INBOX

_OUTPUTS = {
    "INBOX_BUCKET": "InboxBucketName",
    "STATE_BUCKET": "StateBucketName",
    "SITE_BUCKET": "SiteBucketName",
    "INGEST_QUEUE_URL": "IngestQueueUrl",
    "AGAIN_QUEUE_URL": "AgainQueueUrl",
    "RENDER_QUEUE_URL": "RenderQueueUrl",
    "SUBSCRIBERS_TABLE": "SubscribersTableName",
    "OUTBOX_QUEUE_URL": "OutboxQueueUrl",
    "SEND_QUEUE_URL": "SendQueueUrl",
    "FEEDBACK_QUEUE_URL": "FeedbackQueueUrl",
    "ADDRESS_KEY": "AddressKeyId",
    "IDENTITY_SECRET": "IdentitySecretArn",
    "TOKEN_SECRET": "TokenSecretArn",
}


def options(command: Callable[..., None]) -> Callable[..., None]:
    """The options that say which press: --inbox for one that `serve` runs, --stack for one on AWS."""
    stack = click.option("--stack", help="The CloudFormation stack of a press on AWS.")
    inbox = click.option(
        "--inbox",
        type=click.Path(path_type=Path),
        default=DEFAULT_INBOX,
        show_default=True,
        help="The inbox folder of a press that `rotative serve` runs.",
    )
    return stack(inbox(command))


def connect(inbox: Path, stack: str | None) -> Press:
    """The press; ends the command with a clear message when there is none."""
    os.environ.update(_stack_environment(stack) if stack else _local_environment(inbox))
    if not stack:
        os.environ.pop("AWS_PROFILE", None)  # it is for AWS: the press on this machine has keys of its own
    return press()


def connect_same_build(inbox: Path, stack: str | None) -> Press:
    """The press, which must run this very code and these templates: else what it writes cannot be told in advance."""
    found = connect(inbox, stack)
    try:
        current_build(found)
    except StaleBuild as stale:
        cure = "deploy first" if stack else "stop `rotative serve` and start it again, which puts this code in force"
        fail(f"{stale}: run this from the code that the press runs, or {cure}")
    return found


def upload_id(press: Press, inbox: Path, named: str) -> str:
    """The id of an upload that somebody names by id, inbox key or file; é may be typed in another form than stored.

    Of a file beside articles/ it is its key.
    """
    folders = (f"{inbox}/", f"{inbox.absolute()}/", "")
    if beside := keys.BESIDE & {named.removeprefix(folder) for folder in folders}:
        return next(iter(beside))
    starts = [folder + keys.ARTICLES for folder in folders]
    written = next((named.removeprefix(start) for start in starts if named.startswith(start)), named)
    if len(spelt := spellings(written)) > 1:
        with suppress(AccessRefused):  # another desk's: whoever asks for it there says so
            return next((each for each in spelt if any(press.state.list(keys.receipts(each), 1))), written)
    return written


def site_reader() -> Callable[[str], bytes | None]:
    """Reads the objects of the site bucket, once connected: None where there is none."""
    site = S3State(boto3.client("s3"), os.environ["SITE_BUCKET"])

    def read(key: str) -> bytes | None:
        found = site.get(key)
        return found.body if found else None

    return read


def shredder() -> S3Inbox:
    """The inbox as one who may erase from it, once connected."""
    return S3Inbox(boto3.client("s3"), inbox_bucket())


def whoever() -> str:
    """Who gives this command, as AWS knows them."""
    return str(boto3.client("sts").get_caller_identity()["Arn"])


def inbox_bucket() -> str:
    """The name of the inbox bucket, once connected."""
    return os.environ["INBOX_BUCKET"]


def _local_environment(inbox: Path) -> dict[str, str]:
    document = find_press(inbox / DATA)
    if document is None:
        fail(f"no press is serving {inbox}: start one with `rotative serve --inbox {inbox}`, or name a --stack on AWS")
    environment: dict[str, str] = document["env"]
    return environment


def state_machine(stack: str) -> str:
    """The ARN of a stack's state machine that rebuilds its site."""
    return _outputs(stack, ["RebuildStateMachineArn"])["RebuildStateMachineArn"]


def _stack_environment(stack: str) -> dict[str, str]:
    outputs = _outputs(stack, _OUTPUTS.values())
    return {name: outputs[key] for name, key in _OUTPUTS.items()}


def _outputs(stack: str, wanted: Iterable[str]) -> dict[str, str]:
    try:
        described = boto3.client("cloudformation").describe_stacks(StackName=stack)["Stacks"][0]
    except (ClientError, BotoCoreError) as error:
        fail(f"cannot read the stack {stack}: {error}\nAWS_PROFILE and AWS_DEFAULT_REGION say where it is looked for.")
    outputs = {output["OutputKey"]: output["OutputValue"] for output in described.get("Outputs", ())}
    missing = sorted(set(wanted) - outputs.keys())
    if missing:
        fail(
            f"the stack {stack} has no output {', '.join(missing)}: it is no Rotative press, or one of another version;"
            " use the code that it was deployed from, or deploy this one"
        )
    return outputs
