"""Plain fakes of the newsletter's ports; tests/adapters/test_dynamodb.py holds the rows to DynamoDB's contract."""

import base64
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from threading import Lock

from functions.bootstrap.files import template_files
from functions.core.errors import WriteConflict
from functions.core.newsletter.invitation import Invitation
from functions.core.newsletter.letter import Letterhead, make_letterhead
from functions.core.newsletter.mime import Mail
from functions.core.newsletter.rows import Key, Row
from functions.core.newsletter.subscription import SignUp
from functions.core.newsletter.tokens import Keyring
from functions.core.settings import parse_settings
from functions.workflows.counter import Counter, Limits
from functions.workflows.invite import invite
from functions.workflows.office import Office
from functions.workflows.subscribe import subscribe
from tests.fakes import NOON
from tests.newsroom import SETTINGS

KEYRING = Keyring.of("identity key", '{"k1": "first key", "k2": "second key"}')


class FakeRows:
    """The table, in memory."""

    def __init__(self) -> None:
        self.by_key: dict[Key, Row] = {}
        self.counts: dict[Key, int] = {}
        self._one_at_a_time = Lock()

    def read(self, key: Key) -> Row | None:
        return self.by_key.get(key)

    def write(self, row: Row) -> None:
        with self._one_at_a_time:
            before = self.by_key.get(row.key)
            if (before.rev if before else 0) != row.rev - 1:
                raise WriteConflict("a row")
            self.by_key[row.key] = row

    def remove(self, key: Key) -> None:
        self.by_key.pop(key, None)

    def of(self, pk: str) -> Sequence[Row]:
        return [row for key, row in sorted(self.by_key.items()) if key.pk == pk]

    def scan(self, sks: Sequence[str]) -> Iterator[Row]:
        return (row for key, row in list(self.by_key.items()) if key.sk in sks)

    def take(self, key: Key, limit: int, expires: int) -> bool:
        with self._one_at_a_time:
            taken = self.counts.get(key, 0)
            self.counts[key] = min(taken + 1, limit)
            return taken < limit


class FakeVault:
    def seal(self, text: bytes) -> str:
        return base64.b64encode(text[::-1]).decode()

    def open(self, sealed: str) -> bytes:
        return base64.b64decode(sealed)[::-1]


@dataclass
class FakeOutbox:
    invitations: list[Invitation] = field(default_factory=list)
    deliveries: list[tuple[str, str]] = field(default_factory=list)

    def invite(self, invitation: Invitation) -> None:
        self.invitations.append(invitation)

    def deliver(self, date: str, subscribers: Iterable[str]) -> None:
        self.deliveries.extend((date, each) for each in subscribers)


@dataclass
class FakeMailer:
    sent: list[Mail] = field(default_factory=list)

    def send(self, mail: Mail) -> None:
        self.sent.append(mail)


class Passes:
    def passed(self, sign_up: SignUp, address: str) -> bool:
        return sign_up.challenge != "wrong"


class Desk:
    """The newsletter on fakes, with a clock that a test moves."""

    def __init__(self, now: datetime = NOON) -> None:
        self.rows, self.vault, self.outbox, self.mailer = FakeRows(), FakeVault(), FakeOutbox(), FakeMailer()
        self.now = now
        self.settings = parse_settings(SETTINGS)
        jobs = count(1)
        self.counter = Counter(
            rows=self.rows,
            vault=self.vault,
            outbox=self.outbox,
            keyring=KEYRING,
            challenge=Passes(),
            limits=Limits(unstamped=1000, stamped=2000, everybody=10_000),
            job=lambda: f"job-{next(jobs)}",
            categories=lambda: [category.slug for category in self.settings.category],
        )
        self.office = Office(
            rows=self.rows,
            vault=self.vault,
            outbox=self.outbox,
            keyring=KEYRING,
            mailer=self.mailer,
            settings=lambda: self.settings,
            now=lambda: self.now,
            nonce=lambda: f"nonce-{next(jobs)}",
        )

    @property
    def head(self) -> Letterhead:
        return make_letterhead(self.settings, template_files())

    def sign_up(self, request: object) -> object:
        """A request, answered."""
        return subscribe(request, self.counter, self.now)  # type: ignore[arg-type] # tests make requests of any kind

    def work_off(self) -> list[str]:
        """Every message of the outbox, carried out; what became of each."""
        head = self.head
        found: list[str] = []
        while self.outbox.invitations:
            found.append(invite(self.office, head, self.outbox.invitations.pop(0)))
        return found

    def wait(self, **span: float) -> None:
        self.now += timedelta(**span)
