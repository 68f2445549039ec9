"""`rotative deploy`."""

import json
import os
import shlex
import subprocess
from collections.abc import Callable, Iterable
from pathlib import Path
from urllib.parse import urlsplit

import boto3
import click
from botocore.config import Config
from rich.markup import escape

from functions.core import keys
from functions.core.settings import Settings
from infra.account import Account, check_certificate, check_inbox, read_account, read_standing
from infra.closure import ROOT
from infra.console import fail, notes, out
from infra.deployment import (
    CONFIG,
    Deployment,
    astray,
    beside,
    cautions,
    defaults,
    doubts,
    is_checkout,
    objections,
    parameters,
)
from infra.newsroom import read_settings

_ADDRESSES = ("SiteUrl", "ApiUrl", "InboxBucketName", "DistributionDomainName")


def _flag(parameter: str) -> str:
    """DomainName -> domain-name."""
    return "".join(f"-{each.lower()}" if each.isupper() else each for each in parameter).strip("-")


def _asks_parameters(command: Callable[..., None]) -> Callable[..., None]:
    """One option for each parameter of the template, with the template's words."""
    for name, declared in reversed(parameters().items()):
        command = click.option(f"--{_flag(name)}", name, help=declared["Description"])(command)
    return command


@click.command(
    epilog="""
\b
Examples:
  rotative deploy --dry-run
  rotative deploy --newsroom newsroom.toml
  rotative deploy --yes --domain-name www.example.ma --certificate-arn arn:aws:acm:us-east-1:...
\b
Exit codes: 0 deployed; 1 the build or the deployment failed; 2 it could not begin, and why.
"""
)
@click.option("--stack", default="rotative", show_default=True, help="The name of the CloudFormation stack.")
@click.option("--region", help="Where. Else what the profile or AWS_DEFAULT_REGION says.")
@click.option("--profile", help="The profile of the AWS configuration whose credentials to use.")
@click.option(
    "--newsroom", type=click.Path(path_type=Path, exists=True, dir_okay=False), help="A newsroom.toml to put in force."
)
@_asks_parameters
@click.option("--yes", is_flag=True, help="Ask nothing: take the options, else what stands, else the defaults.")
@click.option("--dry-run", is_flag=True, help="Only say what would be done.")
def command(
    *,
    stack: str,
    region: str | None,
    profile: str | None,
    newsroom: Path | None,
    yes: bool,
    dry_run: bool,
    **given: str | None,
) -> None:
    """Put the press on AWS, or bring a press there up to date.

    Checks the credentials, SES and Lambda's limits, asks for the template's parameters, writes samconfig.toml, builds,
    deploys, puts the new code in force and prints the addresses.
    """
    if not is_checkout():
        fail("a deployment is built from the repository: run this in a checkout of it")
    settings = read_settings(newsroom, newsroom.parent) if newsroom else None
    wanted = {"AWS_PROFILE": profile, "AWS_DEFAULT_REGION": region, "AWS_REGION": region}
    os.environ.update({name: value for name, value in wanted.items() if value})
    account = read_account()
    out.print(f"{escape(account.who)}\naccount {account.number}, {account.region}, stack {escape(stack)}")
    _caution(cautions(account))
    deployment = _decide(stack, account, given, ask=not (yes or dry_run))
    _caution(doubts(deployment, account, settings))
    if dry_run:
        out.print(f"\nwould write {CONFIG}:\n\n{escape(deployment.config)}\nwould run:")
        out.print("\n".join(f"  {escape(shlex.join(each))}" for each in deployment.commands))
        return
    _carry_out(deployment)
    _finish(stack, newsroom, settings)


def _caution(found: Iterable[str]) -> None:
    for each in found:
        notes.print(f"[yellow]note:[/] {escape(each)}")


def _decide(stack: str, account: Account, given: dict[str, str | None], *, ask: bool) -> Deployment:
    """The deployment, with every answer; ends the command when it could not work."""
    standing = read_standing(stack)
    if standing is None:
        check_inbox(stack, account)
    stands = standing.parameters if standing else {}
    account = beside(account, stands)
    answers = defaults(account, stands)
    for name, declared in parameters().items():
        told = given[name]
        if told is None and ask:
            out.print(f"\n[bold]{name}[/]: {escape(declared['Description'])}")
            told = click.prompt(_flag(name), default=answers[name], show_default=bool(answers[name]))
        answers[name] = answers[name] if told is None else told
    deployment = Deployment(stack, account.region, answers)
    if found := list(objections(deployment, account)):
        fail("\n".join(found))
    if answers["DomainName"]:
        check_certificate(answers["CertificateArn"], answers["DomainName"])
    return deployment


def _carry_out(deployment: Deployment) -> None:
    (ROOT / CONFIG).write_text(deployment.config, encoding="utf-8")
    for each in deployment.commands:
        notes.print(f"[dim]$ {escape(shlex.join(each))}[/]")
        if code := subprocess.run(each, cwd=ROOT, check=False).returncode:
            notes.print(f"[red]rotative:[/] {escape(shlex.join(each))} ended with {code}; the old press is untouched")
            raise SystemExit(1)


def _finish(stack: str, newsroom: Path | None, settings: Settings | None) -> None:
    """The settings, the new code in force, and the addresses; CloudFront's own is known from here on."""
    standing = read_standing(stack)
    if standing is None:
        fail(f"sam has deployed, but there is no stack {stack} in this region")
    outputs = standing.outputs
    inbox, s3 = outputs["InboxBucketName"], boto3.client("s3")
    if newsroom:
        s3.put_object(Bucket=inbox, Key=keys.SETTINGS_KEY, Body=newsroom.read_bytes())
    if "Versions" in s3.list_object_versions(Bucket=inbox, Prefix=keys.SETTINGS_KEY):  # a deleted one counts
        _put_in_force(outputs["ReconcileFunctionName"])
    else:
        notes.print("[yellow]note:[/] the press has no settings yet: `rotative deploy --newsroom newsroom.toml`")
    for name in _ADDRESSES:
        out.print(f"{name:24}{escape(outputs[name])}")
    if settings:
        _caution(astray(urlsplit(outputs["SiteUrl"]).hostname or "", settings))
    out.print(f"\nPublish with: rotative publish FILE --stack {escape(stack)}")


def _put_in_force(function: str) -> None:
    """A deployment's last step: until then the workers of the new code wait. Repeating it does no harm."""
    patient = Config(read_timeout=910, retries={"total_max_attempts": 1})
    answer = boto3.client("lambda", config=patient).invoke(
        FunctionName=function, Payload=json.dumps({"task": "deploy"}).encode()
    )
    said = answer["Payload"].read().decode()
    if answer.get("FunctionError"):
        fail(f"deployed, but {function} could not put the new code in force: {said}")
    found = json.loads(said)
    out.print(f"in force; {found['uploads']} uploads and {found['groups']} groups of pages are the first to follow")
