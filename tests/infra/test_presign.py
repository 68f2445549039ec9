"""`rotative presign` on AWS, against moto: a form that S3 takes, for a bucket made today, in every region."""

import json
import shlex
from collections.abc import Iterator

import boto3
import pytest
from click.testing import CliRunner
from moto import mock_aws

from infra.cli import main
from infra.connection import _OUTPUTS as OUTPUTS


@pytest.fixture(params=["eu-west-1", "us-east-1", "eu-south-2"])
def region(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A region with a stack named rotative, whose outputs are all its own."""
    told = {"AWS_ACCESS_KEY_ID": "any", "AWS_SECRET_ACCESS_KEY": "any", "AWS_REGION": request.param}
    for name, value in {**told, "AWS_DEFAULT_REGION": request.param, **dict.fromkeys(OUTPUTS, "")}.items():
        monkeypatch.setenv(name, value)  # what the command itself sets is gone after the test as well
    monkeypatch.delenv("AWS_ENDPOINT_URL", raising=False)
    with mock_aws() as mocked:
        mocked.reset()  # a handler that came late may have kept it going: see infra/local/cloud.py
        outputs = {output: {"Value": f"rotative-{output.lower()}"} for output in OUTPUTS.values()}
        template = {"Resources": {"Topic": {"Type": "AWS::SNS::Topic"}}, "Outputs": outputs}
        boto3.client("cloudformation").create_stack(StackName="rotative", TemplateBody=json.dumps(template))
        yield request.param


@pytest.mark.long  # moto's CloudFormation loads all of moto first
def test_a_form_is_signed_as_new_buckets_want_it_and_goes_to_their_own_region(region: str) -> None:
    answer = CliRunner().invoke(main, ["presign", "2024/essai.md", "--stack", "rotative"])
    assert answer.exit_code == 0, answer.output
    form = json.loads(answer.stdout)
    assert form["fields"]["x-amz-algorithm"] == "AWS4-HMAC-SHA256"
    assert f"/{region}/s3/aws4_request" in form["fields"]["x-amz-credential"]
    assert form["url"] in {
        f"https://rotative-inboxbucketname.s3.{region}.amazonaws.com/",
        *({"https://rotative-inboxbucketname.s3.amazonaws.com/"} if region == "us-east-1" else ()),
    }


@pytest.mark.long
@pytest.mark.parametrize("region", ["eu-west-1"], indirect=True)
def test_the_command_that_posts_a_form_holds_whatever_a_name_may_hold(region: str) -> None:
    answer = CliRunner().invoke(main, ["presign", "2024/l'été; filename=x.md", "--stack", "rotative"])
    program, *arguments, url = shlex.split(answer.stderr)
    form = json.loads(answer.stdout)
    options = list(zip(arguments[::2], arguments[1::2], strict=True))
    assert (program, options.pop(), url) == ("curl", ("-F", "file=@FILE"), form["url"])
    assert {option for option, _ in options} == {"--form-string"}, "-F reads @, < and ; in a value"
    assert dict(told.split("=", 1) for _, told in options) == form["fields"]
