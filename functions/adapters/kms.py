"""AWS KMS: seals addresses, so that neither the table nor a queue of sign-ups and readers can be read for them.

What SES tells of a mail names its address in the clear: the feedback queue is encrypted, and forgets within a week.
"""

import base64
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from botocore.exceptions import BotoCoreError, ClientError

from functions.core.errors import StoreUnavailable

if TYPE_CHECKING:
    from mypy_boto3_kms import KMSClient

T = TypeVar("T")
_CONTEXT = {"rotative": "newsletter-address"}  # what is sealed for this purpose can be opened for no other


class KmsVault:
    """The port `Vault`. At most 4 kB a text."""

    def __init__(self, client: "KMSClient", key: str) -> None:
        self._client = client
        self._key = key

    def seal(self, text: bytes) -> str:
        answer = _ask(self._client.encrypt, KeyId=self._key, Plaintext=text, EncryptionContext=_CONTEXT)
        return base64.b64encode(answer["CiphertextBlob"]).decode()

    def open(self, sealed: str) -> bytes:
        blob = base64.b64decode(sealed)
        answer = _ask(self._client.decrypt, KeyId=self._key, CiphertextBlob=blob, EncryptionContext=_CONTEXT)
        return bytes(answer["Plaintext"])


def _ask(request: Callable[..., T], **parameters: Any) -> T:
    try:
        return request(**parameters)
    except (BotoCoreError, ClientError) as error:
        raise StoreUnavailable(f"kms: {type(error).__name__}") from error
