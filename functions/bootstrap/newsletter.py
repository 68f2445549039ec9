"""What the newsletter's answers work with, from their environment; made once a warm environment."""

import os
import uuid
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from botocore.config import Config

import functions
from functions.adapters.dynamodb import DynamoRows
from functions.adapters.kms import KmsVault
from functions.adapters.secrets import read_keyring, read_secret
from functions.adapters.sqs import SqsOutbox
from functions.bootstrap import clients
from functions.core.article import LANGUAGES, Language
from functions.core.newsletter.phrases import ProblemWords, parse_phrases, preferred
from functions.core.newsletter.subscription import SignUp
from functions.core.newsletter.tokens import Keyring
from functions.workflows.counter import Counter, Limits

if TYPE_CHECKING:
    from mypy_boto3_secretsmanager import SecretsManagerClient


class NoChallenge:
    """No puzzle: everybody passes."""

    def passed(self, sign_up: SignUp, address: str) -> bool:
        return True


@cache
def rows() -> DynamoRows:
    """The table that SUBSCRIBERS_TABLE names."""
    return DynamoRows(clients.client("dynamodb", _patience()), os.environ["SUBSCRIBERS_TABLE"])


@cache
def keyring() -> Keyring:
    """The keys in the secrets that IDENTITY_SECRET and TOKEN_SECRET name."""
    return read_keyring(_secrets(), os.environ["IDENTITY_SECRET"], os.environ["TOKEN_SECRET"])


@cache
def origin_secret() -> str:
    """What the CDN tells with each request, from the secret that ORIGIN_SECRET names."""
    return read_secret(_secrets(), os.environ["ORIGIN_SECRET"])


@cache
def counter() -> Counter:
    """What a sign-up is answered with. SIGN_UPS_AN_HOUR is the limit of one network for the form without a stamp."""
    tight = int(os.environ["SIGN_UPS_AN_HOUR"])
    return Counter(
        rows=rows(),
        vault=vault(),
        outbox=outbox(),
        keyring=keyring(),
        challenge=NoChallenge(),
        limits=Limits(unstamped=tight, stamped=tight * 5, everybody=tight * 500),
        job=lambda: uuid.uuid4().hex,
        categories=_categories,
    )


def _categories() -> tuple[str, ...]:
    from functions.bootstrap.newsroom import settings  # noqa: PLC0415 - brings S3's client, which no form needs

    return tuple(category.slug for category in settings().category)


def problem_words(header: str) -> ProblemWords:
    """What a program is told, in the language of its Accept-Language header; English unless it asks for another."""
    return _problem_words(preferred(header, LANGUAGES) or "en")


@cache
def _problem_words(language: Language) -> ProblemWords:
    folder = Path(functions.__file__).parent.parent / "templates" / "locales"
    return parse_phrases((folder / f"newsletter.{language}.toml").read_bytes()).problems


@cache
def _secrets() -> "SecretsManagerClient":
    client: SecretsManagerClient = clients.client("secretsmanager", _patience())
    return client


@cache
def vault() -> KmsVault:
    """The key that ADDRESS_KEY names."""
    return KmsVault(clients.client("kms", _patience()), os.environ["ADDRESS_KEY"])


@cache
def outbox() -> SqsOutbox:
    """The queues that OUTBOX_QUEUE_URL and SEND_QUEUE_URL name."""
    client = clients.client("sqs", _patience())
    return SqsOutbox(client, os.environ["OUTBOX_QUEUE_URL"], os.environ["SEND_QUEUE_URL"])


def _patience() -> Config:
    # A reader waits for the answer: give up before API Gateway does.
    return Config(connect_timeout=2, read_timeout=2, retries={"mode": "standard", "total_max_attempts": 3})
