"""A deployment, decided before anything is done: the answers to the template's parameters, and what will be run."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from functions.core.settings import Settings
from infra.account import Account
from infra.closure import ROOT
from infra.package import document

SAM = ROOT / ".venv-samcli" / "bin" / "sam"
CONFIG = "samconfig.toml"
_STACK = re.compile(r"[a-z][a-z0-9-]{0,43}")  # the name begins that of a bucket: 63 letters, 19 of them ours
_KEPT_FREE = 100  # concurrency that Lambda lets nobody reserve


class Deployment(NamedTuple):
    """What is to be deployed where."""

    stack: str
    region: str
    answers: Mapping[str, str]

    @property
    def config(self) -> str:
        """samconfig.toml: `sam deploy` alone repeats the deployment."""
        settings = {
            "stack_name": self.stack,
            "region": self.region,
            "resolve_s3": True,
            "s3_prefix": self.stack,
            "capabilities": "CAPABILITY_IAM",
            "confirm_changeset": False,
            "fail_on_empty_changeset": False,
            "parameter_overrides": [f"{name}={json.dumps(value)}" for name, value in self.answers.items()],
        }
        lines = [f"{name} = {json.dumps(value)}" for name, value in settings.items()]
        head = ["# Written by `rotative deploy`.", "version = 0.1", "", "[default.deploy.parameters]"]
        return "\n".join([*head, *lines, ""])

    @property
    def commands(self) -> tuple[list[str], ...]:
        """What is run, in this order, at the top of the repository."""
        return ["make", "build"], [str(SAM), "deploy", "--config-file", str(ROOT / CONFIG)]


def parameters() -> dict[str, dict[str, Any]]:
    """The template's parameters, as it declares them."""
    declared: dict[str, dict[str, Any]] = document()["Parameters"]
    return declared


def defaults(account: Account, standing: Mapping[str, str]) -> dict[str, str]:
    """The answer to each parameter when nobody gives another: what stands, else what suits the account."""
    suited = {name: str(each["Default"]) for name, each in parameters().items()}
    suited["MailsASecond"] = str(max(1, int(account.mails_a_second)))
    if account.concurrency is not None and account.concurrency < reserved() + _KEPT_FREE:
        suited["ReserveConcurrency"] = "no"
    return {name: standing.get(name, value) for name, value in suited.items()}


def beside(account: Account, standing: Mapping[str, str]) -> Account:
    """The account as if the press that stands there had reserved nothing of it."""
    if account.concurrency is None or standing.get("ReserveConcurrency") != "yes":
        return account
    return account._replace(concurrency=account.concurrency + reserved())


def reserved() -> int:
    """How much of the account's concurrency all functions together reserve."""
    functions = [each for each in document()["Resources"].values() if each["Type"] == "AWS::Serverless::Function"]
    return sum(each["Properties"]["ReservedConcurrentExecutions"]["Fn::If"][1] for each in functions)


def objections(deployment: Deployment, account: Account) -> Iterator[str]:
    """Why it could not work."""
    if not _STACK.fullmatch(deployment.stack):
        yield f"{deployment.stack!r} names no bucket: a stack's name is 1 to 44 small letters, digits and hyphens"
    for name, declared in parameters().items():
        answer = deployment.answers[name]
        if declared["Type"] == "Number" and (not answer.isdecimal() or int(answer) < declared.get("MinValue", 0)):
            yield f"{name} is {answer!r}, but it is a number from {declared.get('MinValue', 0)} up"
        if not re.fullmatch(declared.get("AllowedPattern", ".*"), answer):
            yield f"{name} is {answer!r}, but it is {declared['ConstraintDescription']}"
        if answer not in declared.get("AllowedValues", [answer]):
            yield f"{name} is {answer!r}, but it is one of {', '.join(declared['AllowedValues'])}"
    wanted = reserved() + _KEPT_FREE
    left = wanted if account.concurrency is None else account.concurrency
    if deployment.answers["ReserveConcurrency"] == "yes" and left < wanted:
        yield (
            f"the functions reserve a concurrency of {reserved()} and Lambda keeps {_KEPT_FREE} free, but the account"
            f" has {left} left: deploy with --reserve-concurrency no, or ask for more in Service Quotas"
        )


def cautions(account: Account) -> Iterator[str]:
    """What works, but not as one may think."""
    if account.in_sandbox:
        yield (
            f"SES is in its sandbox in {account.region}: {account.mails_a_day:.0f} mails a day, to verified addresses"
            " alone. Ask for production access: `aws sesv2 put-account-details`"
        )
    if not account.senders:
        yield (
            f"SES has verified no sender in {account.region}: no newsletter leaves until it has"
            " (`aws sesv2 create-email-identity --email-identity DOMAIN`)"
        )


def doubts(deployment: Deployment, account: Account, settings: Settings | None) -> Iterator[str]:
    """What works, but not together: the answers, what SES grants, and the newsroom.toml, if one is at hand."""
    granted, asked = max(1, int(account.mails_a_second)), deployment.answers["MailsASecond"]
    if asked != str(granted):
        yield f"MailsASecond is {asked}, but SES grants {granted} in {account.region}: --mails-a-second {granted}"
    if deployment.answers["ReserveConcurrency"] == "no" and (account.concurrency or 0) >= reserved() + _KEPT_FREE:
        yield (
            f"Lambda has a concurrency of {account.concurrency} left, yet the press works as if it were ten, and"
            " slowly: --reserve-concurrency yes"
        )
    if settings is None:
        return
    yield from astray(deployment.answers["DomainName"], settings)
    domain = settings.sender.rpartition("@")[2]
    above = {".".join(domain.split(".")[place:]) for place in range(domain.count("."))}
    if account.senders and not {settings.sender, *above} & set(account.senders):
        yield (
            f"SES has not verified {domain} in {account.region}, and mails come from {settings.sender}: none leaves"
            f" until it has (`aws sesv2 create-email-identity --email-identity {domain}`)"
        )


def astray(site: str, settings: Settings) -> Iterator[str]:
    """That links lead to another host than the one that readers come to, where it is known."""
    address = settings.newsroom.base_url
    if site and urlsplit(address).hostname != site:
        yield f"newsroom.toml says {address}, but readers come to {site}: links in mails and feeds lead elsewhere"


def is_checkout() -> bool:
    """Whether this is the repository: an installed package has nothing to build from."""
    return (ROOT / "Makefile").is_file()
