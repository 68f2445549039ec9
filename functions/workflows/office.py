"""What the newsletter's mails ask of the world; adapters and the tests' fakes answer. Errors are as in counter.py."""

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple, Protocol

from functions.core.newsletter.mime import Mail
from functions.core.newsletter.tokens import Keyring
from functions.core.settings import Settings
from functions.workflows.counter import Outbox, Rows, Vault


class Mailer(Protocol):
    """Sends mail."""

    def send(self, mail: Mail) -> None:
        """Hands over one mail. MailRefused or MailDeferred: surely not sent; StoreUnavailable: nobody knows."""
        ...


class Office(NamedTuple):
    """What the rest of the newsletter works with.

    `settings` are those in force when asked; `nonce` never gives one value twice.
    """

    rows: Rows
    vault: Vault
    outbox: Outbox
    keyring: Keyring
    mailer: Mailer
    settings: Callable[[], Settings]
    now: Callable[[], datetime]
    nonce: Callable[[], str]
