"""What the commands make of a stack that stands, against moto."""

from collections.abc import Iterator

import boto3
import pytest
from click.testing import CliRunner
from moto import mock_aws

from infra.account import Standing
from infra.cli import main
from infra.commands import deploy
from infra.newsroom import demo_settings

pytestmark = pytest.mark.long  # moto's CloudFormation loads all of moto first
INBOX = "rotative-inbox-123456789012"
ADDRESSES = {name: name for name in ("SiteUrl", "ApiUrl", "DistributionDomainName", "ReconcileFunctionName")}


@pytest.fixture
def aws(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "any")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    for name in ("AWS_ENDPOINT_URL", "AWS_PROFILE", "AWS_REGION"):
        monkeypatch.delenv(name, raising=False)
    with mock_aws() as mocked:
        mocked.reset()  # a handler that came late may have kept it going: see infra/local/cloud.py
        yield


def test_code_is_put_in_force_also_where_the_settings_have_been_deleted(
    aws: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    s3 = boto3.client("s3")
    s3.create_bucket(Bucket=INBOX)
    s3.put_bucket_versioning(Bucket=INBOX, VersioningConfiguration={"Status": "Enabled"})
    called: list[str] = []
    monkeypatch.setattr(deploy, "_put_in_force", called.append)
    monkeypatch.setattr(deploy, "read_standing", lambda _: Standing({}, {**ADDRESSES, "InboxBucketName": INBOX}))
    deploy._finish("rotative", None, None)
    assert called == [], "there never were settings"
    s3.put_object(Bucket=INBOX, Key="newsroom.toml", Body=b"those in force")
    s3.delete_object(Bucket=INBOX, Key="newsroom.toml")
    deploy._finish("rotative", None, None)
    assert called == ["ReconcileFunctionName"]


@pytest.mark.parametrize(("host", "told"), [("d111.cloudfront.net", True), ("www.laquotidienne.example", False)])
def test_who_deploys_without_a_domain_is_told_that_links_lead_elsewhere(
    aws: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], host: str, told: bool
) -> None:
    """CloudFront's own name is not known before: mails that ask to confirm would lead nowhere."""
    boto3.client("s3").create_bucket(Bucket=INBOX)
    monkeypatch.setattr(deploy, "_put_in_force", lambda _: None)
    outputs = {**ADDRESSES, "InboxBucketName": INBOX, "SiteUrl": f"https://{host}/"}
    monkeypatch.setattr(deploy, "read_standing", lambda _: Standing({}, outputs))
    deploy._finish("rotative", None, demo_settings())
    assert (f"but readers come to {host}" in " ".join(capsys.readouterr().err.split())) is told


def test_a_press_of_another_version_is_told_from_no_press(aws: None) -> None:
    boto3.client("cloudformation").create_stack(
        StackName="rotative", TemplateBody='{"Resources": {"Q": {"Type": "AWS::SQS::Queue"}}}'
    )
    answer = CliRunner().invoke(main, ["status", "--stack", "rotative"])
    assert answer.exit_code == 2
    told = " ".join(answer.stderr.split())
    assert "the stack rotative has no output AddressKeyId, " in told
    assert "or one of another version; use the code that it was deployed from" in told
