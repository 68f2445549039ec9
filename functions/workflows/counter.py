"""What the newsletter's answers ask of the world; adapters and the tests' fakes answer.

A conditional write that meets another revision than expected raises WriteConflict; a service that does not answer, or
answers that it cannot now, raises StoreUnavailable.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple, Protocol

from functions.core.newsletter.invitation import Invitation
from functions.core.newsletter.rows import Key, Row
from functions.core.newsletter.subscription import SignUp
from functions.core.newsletter.tokens import Keyring


class Rows(Protocol):
    """The table."""

    def read(self, key: Key) -> Row | None: ...

    def write(self, row: Row) -> None:
        """Writes a row whose revision is one more than the one that stands; revision 1 where there must be none."""
        ...

    def remove(self, key: Key) -> None: ...

    def of(self, pk: str) -> Sequence[Row]:
        """All rows of one partition, by sk."""
        ...

    def scan(self, sks: Sequence[str]) -> Iterator[Row]:
        """All rows of the table that have one of these sks."""
        ...

    def take(self, key: Key, limit: int, expires: int) -> bool:
        """Counts one more, unless that would pass the limit; False if it would."""
        ...


class Vault(Protocol):
    """Seals what must not be read in a table or a queue."""

    def seal(self, text: bytes) -> str: ...

    def open(self, sealed: str) -> bytes: ...


class Outbox(Protocol):
    """The queues behind the answers: sign-ups to be looked at, and readers that an issue is to be sent to."""

    def invite(self, invitation: Invitation) -> None: ...

    def deliver(self, date: str, subscribers: Iterable[str]) -> None: ...


class Challenge(Protocol):
    """A puzzle that a person solves, such as a CAPTCHA's."""

    def passed(self, sign_up: SignUp, address: str) -> bool: ...


class Limits(NamedTuple):
    """How many sign-ups are taken in an hour: from one network, with and without a form stamp, and in all."""

    unstamped: int
    stamped: int
    everybody: int


class Counter(NamedTuple):
    """What a sign-up is answered with; `categories` are the newsroom's slugs, read for who names one."""

    rows: Rows
    vault: Vault
    outbox: Outbox
    keyring: Keyring
    challenge: Challenge
    limits: Limits
    job: Callable[[], str]
    categories: Callable[[], Sequence[str]]
