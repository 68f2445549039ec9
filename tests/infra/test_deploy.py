"""`rotative deploy` up to the call of sam, against moto: what it checks, asks, decides and writes."""

import tomllib
from collections.abc import Iterator
from pathlib import Path

import boto3
import pytest
from click.testing import CliRunner, Result
from moto import mock_aws
from moto.cloudformation.models import cloudformation_backends

from functions.core.settings import Settings
from infra.account import Account
from infra.cli import main
from infra.deployment import Deployment, cautions, defaults, doubts, objections, parameters, reserved

pytestmark = pytest.mark.long  # moto's CloudFormation loads all of moto first
NEW = Account("123456789012", "arn:aws:iam::123456789012:user/naima", "eu-west-3", 200, 1, (), 10)
GRANTED = NEW._replace(mails_a_day=50_000, mails_a_second=14, senders=("example.ma",), concurrency=1000)


@pytest.fixture
def aws(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "any")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-west-3")
    monkeypatch.setenv("AWS_REGION", "eu-west-3")
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "none"))
    for name in ("AWS_ENDPOINT_URL", "AWS_PROFILE"):
        monkeypatch.delenv(name, raising=False)
    with mock_aws() as mocked:
        mocked.reset()  # a handler that came late may have kept it going: see infra/local/cloud.py
        yield


def deploy(*arguments: str, typed: str | None = None) -> Result:
    return CliRunner().invoke(main, ["deploy", *arguments], input=typed)


def test_a_dry_run_says_what_it_would_do_and_writes_nothing(aws: None, monkeypatch: pytest.MonkeyPatch) -> None:
    answer = deploy("--dry-run", "--stack", "gazette", "--alert-email", "nuit@example.ma")
    assert answer.exit_code == 0, answer.output
    assert "account 123456789012, eu-west-3, stack gazette" in answer.stdout
    config = tomllib.loads(answer.stdout.partition("samconfig.toml:\n")[2].partition("would run:")[0])
    told = config["default"]["deploy"]["parameters"]
    assert told["stack_name"] == "gazette"
    assert 'AlertEmail="nuit@example.ma"' in told["parameter_overrides"]
    assert "make build" in answer.stdout
    assert "sam deploy --config-file" in answer.stdout
    assert boto3.client("cloudformation").list_stacks()["StackSummaries"] == []


def test_the_sandbox_of_ses_is_told_and_sets_the_pace_of_mails(aws: None) -> None:
    answer = deploy("--dry-run")
    assert "SES is in its sandbox in eu-west-3: 200 mails a day" in answer.stderr
    assert 'MailsASecond=\\"1\\"' in answer.stdout


def test_an_upgrade_keeps_the_answers_that_stand_unless_told_others(aws: None) -> None:
    stand_up("rotative", AlertEmail="nuit@example.ma", LogLevel="DEBUG")
    answer = deploy("--dry-run", "--log-level", "ERROR")
    assert 'AlertEmail=\\"nuit@example.ma\\"' in answer.stdout
    assert 'LogLevel=\\"ERROR\\"' in answer.stdout


def test_without_credentials_it_says_so_and_ends_with_2(aws: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AWS_ACCESS_KEY_ID")
    monkeypatch.delenv("AWS_SECRET_ACCESS_KEY")
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    answer = deploy("--dry-run")
    assert answer.exit_code == 2
    assert "no AWS credentials that work" in answer.stderr


def test_a_profile_that_is_not_there_is_said_so(aws: None) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AWS_PROFILE", "none")  # what the command sets is gone after the test as well
        answer = deploy("--dry-run", "--profile", "typo")
    assert answer.exit_code == 2
    assert "The config profile (typo) could not be found: `aws configure list-profiles`" in answer.stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--stack", "La-Gazette"], "'La-Gazette' names no bucket"),
        (["--log-level", "LOUD"], "LogLevel is 'LOUD', but it is one of DEBUG, INFO"),
        (["--sign-ups-an-hour", "many"], "SignUpsAnHour is 'many', but it is a number from 1 up"),
        (["--domain-name", "https://www.example.ma"], "but it is a host name in small letters, without https://"),
        (["--alert-email", "nuit"], "AlertEmail is 'nuit', but it is one address"),
        (
            ["--editors-email", "a@example.ma, b@example.ma"],
            "EditorsEmail is 'a@example.ma, b@example.ma', but it is one",
        ),
        (["--web-acl-arn", "arn:aws:wafv2:eu-west-3:123456789012:regional/webacl/a/b"], "of scope CLOUDFRONT"),
    ],
)
def test_an_answer_that_cannot_work_ends_with_2_and_the_reason(aws: None, arguments: list[str], message: str) -> None:
    answer = deploy("--dry-run", *arguments)
    assert answer.exit_code == 2
    assert message in answer.stderr


def test_a_domain_needs_an_issued_certificate_of_its_own_in_us_east_1(aws: None) -> None:
    def told(arn: str) -> str:
        answer = deploy("--dry-run", "--domain-name", "www.example.ma", "--certificate-arn", arn)
        return answer.stderr if answer.exit_code else "deployed"

    here = boto3.client("acm").request_certificate(DomainName="www.example.ma")["CertificateArn"]
    assert "needs a certificate in us-east-1" in told(here)
    acm = boto3.client("acm", region_name="us-east-1")
    pending = acm.request_certificate(DomainName="*.example.ma")["CertificateArn"]
    assert "PENDING_VALIDATION" in told(pending)
    assert "cannot read the certificate" in told(pending[:-4] + "0000")


def test_it_asks_for_what_was_not_told_and_takes_enter_for_the_default(
    aws: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "make").write_text('#!/bin/sh\necho "$0 $*"; exit 3\n')
    (tmp_path / "bin" / "make").chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path / "bin"), prepend=":")
    monkeypatch.setattr("infra.commands.deploy.ROOT", tmp_path)
    answer = deploy("--log-level", "INFO", typed="\n" * 3 + "nuit@example.ma\n" + "\n" * 4)
    assert answer.exit_code == 1
    assert "AlertEmail: Who is told when an alarm goes off" in answer.stdout
    assert "LogLevel:" not in answer.stdout
    assert "make build ended with 3" in answer.stderr
    written = tomllib.loads((tmp_path / "samconfig.toml").read_text())["default"]["deploy"]["parameters"]
    assert 'AlertEmail="nuit@example.ma"' in written["parameter_overrides"]


def test_a_stack_that_failed_to_be_made_is_to_be_deleted_first(aws: None) -> None:
    boto3.client("cloudformation").create_change_set(
        StackName="rotative", ChangeSetName="c", ChangeSetType="CREATE", TemplateBody='{"Resources": {}}'
    )
    answer = deploy("--dry-run")
    assert answer.exit_code == 2
    assert "REVIEW_IN_PROGRESS: `aws cloudformation delete-stack" in answer.stderr


def test_a_roll_back_that_failed_is_to_be_ended_and_no_stack_deleted_for_it(aws: None) -> None:
    stand_up("rotative")
    (stack,) = cloudformation_backends["123456789012"]["eu-west-3"].stacks.values()
    stack.status = "UPDATE_ROLLBACK_FAILED"
    answer = deploy("--dry-run")
    assert answer.exit_code == 2
    assert "aws cloudformation continue-update-rollback --stack-name rotative" in answer.stderr
    assert "delete-stack" not in answer.stderr


def test_an_account_that_has_been_granted_more_is_told_to_share_it_out() -> None:
    for answer, account, told in (("no", GRANTED, 1), ("yes", GRANTED, 0), ("no", NEW, 0)):
        answers = {**defaults(account, {}), "ReserveConcurrency": answer}
        found = list(doubts(Deployment("rotative", "eu-west-3", answers), account, None))
        assert len([each for each in found if "--reserve-concurrency yes" in each]) == told


def test_a_new_account_reserves_no_concurrency_that_it_does_not_have() -> None:
    assert defaults(NEW, {})["ReserveConcurrency"] == "no"
    assert defaults(GRANTED, {})["ReserveConcurrency"] == "yes"
    stubborn = Deployment("rotative", "eu-west-3", {**defaults(NEW, {}), "ReserveConcurrency": "yes"})
    [objection] = objections(stubborn, NEW)
    assert f"reserve a concurrency of {reserved()}" in objection
    assert list(objections(stubborn, GRANTED)) == []


def test_an_account_with_production_access_and_a_sender_hears_no_caution() -> None:
    assert len(list(cautions(NEW))) == 2
    assert list(cautions(GRANTED)) == []


@pytest.mark.parametrize(
    ("address", "sender", "verified", "expected"),
    [
        ("https://www.example.ma", "", "example.ma", []),
        ("https://www.example.ma", "lettre@news.example.ma", "example.ma", []),
        ("https://www.example.ma", "", "newsletter@example.ma", []),
        ("https://old.example.ma", "", "example.ma", ["readers come to www.example.ma"]),
        ("https://www.example.ma", "", "other.ma", ["SES has not verified example.ma"]),
        ("https://www.example.ma", "lettre@badexample.ma", "example.ma", ["SES has not verified badexample.ma"]),
    ],
)
def test_a_newsroom_that_does_not_go_with_the_site_or_with_ses_is_told_before_anything_is_done(
    address: str, sender: str, verified: str, expected: list[str]
) -> None:
    newsroom = {"name": "Exemple", "base_url": address, "language": "fr", "time_zone": "Africa/Casablanca"}
    settings = Settings.model_validate(
        {"newsroom": newsroom, "category": [{"slug": "a", "name": "A"}], "newsletter": {"sender": sender}}
    )
    account = GRANTED._replace(senders=(verified,))
    deployment = Deployment("rotative", "eu-west-3", {**defaults(account, {}), "DomainName": "www.example.ma"})
    found = list(doubts(deployment, account, settings))
    assert len(found) == len(expected)
    assert all(part in told for part, told in zip(expected, found, strict=True))


def test_a_pace_of_mails_that_is_no_longer_what_ses_grants_is_told() -> None:
    deployment = Deployment("rotative", "eu-west-3", defaults(GRANTED, {"MailsASecond": "1"}))
    [told] = doubts(deployment, GRANTED, None)
    assert told.startswith("MailsASecond is 1, but SES grants 14 in eu-west-3")


def test_the_inbox_of_a_deleted_stack_is_found_before_cloudformation_trips_over_it(aws: None) -> None:
    here = {"LocationConstraint": "eu-west-3"}
    boto3.client("s3").create_bucket(Bucket="rotative-inbox-123456789012", CreateBucketConfiguration=here)  # type: ignore[arg-type] # a region of boto3's
    answer = deploy("--dry-run")
    assert answer.exit_code == 2
    assert "there is no stack rotative in eu-west-3, but the bucket rotative-inbox-123456789012" in answer.stderr
    assert deploy("--dry-run", "--stack", "gazette").exit_code == 0


def test_every_parameter_of_the_template_is_an_option_with_its_words() -> None:
    told = " ".join(deploy("--help").stdout.split())
    for declared in parameters().values():
        assert declared["Description"].split(";")[0] in told


def stand_up(stack: str, **answers: str) -> None:
    declared = ", ".join(f'"{name}": {{"Type": "String"}}' for name in answers)
    boto3.client("cloudformation").create_stack(
        StackName=stack,
        TemplateBody=f'{{"Parameters": {{{declared}}}, "Resources": {{"Q": {{"Type": "AWS::SQS::Queue"}}}}}}',
        Parameters=[{"ParameterKey": name, "ParameterValue": value} for name, value in answers.items()],
    )
