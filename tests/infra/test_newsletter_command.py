"""`rotative newsletter ... --stack`: against a deployed stack, of which the command knows nothing but its outputs."""

import json
import os
from collections.abc import Iterator

import boto3
import pytest
from click.testing import CliRunner, Result

from functions.bootstrap.newsletter import keyring
from functions.core.newsletter.rows import partition
from infra.cli import main
from infra.connection import _OUTPUTS as OUTPUTS
from infra.local.cloud import LocalCloud
from infra.local.template import load
from tests.handlers.test_events import lay_in
from tests.infra.newsletter_day import newsletter_day

pytestmark = pytest.mark.long
READER = "Naima.El-Fassi@example.ma"


@pytest.fixture
def stack(monkeypatch: pytest.MonkeyPatch) -> Iterator[LocalCloud]:
    """A stack named gazette, after a day of its newsletter; the environment says nothing of it."""
    with LocalCloud(load()) as cloud:
        lay_in()
        newsletter_day(cloud)
        outputs = {output: {"Value": os.environ[name]} for name, output in OUTPUTS.items()}
        body = {"Resources": {"Topic": {"Type": "AWS::SNS::Topic"}}, "Outputs": outputs}
        boto3.client("cloudformation").create_stack(StackName="gazette", TemplateBody=json.dumps(body))
        cloud.runtime.cold_start()
        for name in OUTPUTS:
            monkeypatch.delenv(name)
        yield cloud


def newsletter(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["newsletter", *arguments, "--stack", "gazette"])


def test_a_reader_of_a_stack_is_handed_out_and_erased(stack: LocalCloud) -> None:
    found = json.loads(newsletter("export", READER).stdout)
    assert found["state"] == "suppressed"
    assert {name.partition("#")[0] for name in found["rows"]} == {"state", "consent", "issue"}
    assert newsletter("erase", READER, "--yes").exit_code == 0
    pk = partition(keyring().subscriber(READER.lower()))
    items = boto3.client("dynamodb").scan(TableName=os.environ["SUBSCRIBERS_TABLE"])["Items"]
    assert [item["sk"]["S"] for item in items if item["pk"]["S"] == pk] == ["state"]


def test_a_suppressed_reader_of_a_stack_may_sign_up_again_once_it_is_allowed(stack: LocalCloud) -> None:
    assert newsletter("allow", READER).exit_code == 0
    assert json.loads(newsletter("export", READER).stdout)["state"] == "unsubscribed"
    again = newsletter("allow", READER)
    assert again.exit_code == 2
    assert "nothing keeps this address from signing up" in again.stderr


def test_the_next_issue_of_a_stack_is_shown_and_not_sent(stack: LocalCloud) -> None:
    sent = len(stack.ses.sent_messages)
    answer = newsletter("preview")
    assert (answer.exit_code, len(stack.ses.sent_messages)) == (2, sent), "nothing is new since the day's issue"
    assert "nothing is new" in answer.stderr


def test_a_stack_that_is_none_of_ours_is_said(stack: LocalCloud) -> None:
    answer = CliRunner().invoke(main, ["newsletter", "export", READER, "--stack", "blog"])
    assert answer.exit_code != 0
    assert "cannot read the stack blog" in answer.stderr
    assert "AWS_PROFILE and AWS_DEFAULT_REGION say where it is looked for" in answer.stderr
