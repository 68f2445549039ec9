"""AWS Secrets Manager: the newsletter's keys, and what the CDN is known by."""

from typing import TYPE_CHECKING

from botocore.exceptions import BotoCoreError, ClientError

from functions.core.errors import StoreUnavailable
from functions.core.newsletter.tokens import Keyring

if TYPE_CHECKING:
    from mypy_boto3_secretsmanager import SecretsManagerClient


def read_keyring(client: "SecretsManagerClient", identity: str, tokens: str) -> Keyring:
    """The keys from the two secrets of these names; StoreUnavailable when they cannot be read, or hold no keys."""
    try:
        return Keyring.of(read_secret(client, identity), read_secret(client, tokens))
    except (ValueError, AttributeError) as error:  # people write into the second one, when they rotate keys
        raise StoreUnavailable(f"secretsmanager: {tokens} holds no JSON object of texts by key id") from error


def read_secret(client: "SecretsManagerClient", name: str) -> str:
    """The text of a secret; StoreUnavailable when it cannot be read."""
    try:
        return client.get_secret_value(SecretId=name)["SecretString"]
    except (BotoCoreError, ClientError) as error:
        raise StoreUnavailable(f"secretsmanager: {type(error).__name__}") from error
