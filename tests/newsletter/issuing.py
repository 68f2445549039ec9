"""The issue on fakes, with services that stop in the middle of a call."""

from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any

from functions.core.errors import RotativeError
from functions.core.newsletter import rows
from functions.core.newsletter.issue import Report, day, report_key
from functions.core.newsletter.rows import Row
from functions.core.newsletter.subscriber import Ask, Subscriber
from functions.core.newsletter.subscription import address_of
from functions.core.newsletter.tokens import milliseconds
from functions.workflows.deliver import deliver, public_entries
from functions.workflows.issue import current_issue, issue
from tests.newsletter.fakes import KEYRING, Desk
from tests.newsroom import Newsroom
from tests.workflows.articles import article


class Crashed(Exception):
    """The function is no more."""


class Trouble:
    """Counts calls, and stops the caller at the chosen ones: `place` by place, before or after the call took effect."""

    def __init__(self, places: Iterable[int] = (), *, after: bool = False) -> None:
        self.calls = 0
        self._places = frozenset(places)
        self._after = after

    def begin_delivery(self, tries: int) -> None:
        """A message of the send queue is taken, for the first or a further time."""

    def around(self, service: object) -> Any:
        return _Proxy(service, self)

    def call(self, method: Callable[..., Any], *arguments: Any, **named: Any) -> Any:
        place, self.calls = self.calls, self.calls + 1
        if place in self._places and not self._after:
            raise Crashed
        answer = method(*arguments, **named)
        if place in self._places:
            raise Crashed
        return answer


class InEveryDelivery(Trouble):
    """Stops the first delivery to every reader, always at the same of its calls."""

    def __init__(self, place: int, *, after: bool) -> None:
        super().__init__((), after=after)
        self._place = place

    def begin_delivery(self, tries: int) -> None:
        self._places = frozenset({self.calls + self._place} if tries == 1 else ())


class _Proxy:
    def __init__(self, service: object, trouble: Trouble) -> None:
        self._service, self._trouble = service, trouble

    def __getattr__(self, name: str) -> Any:
        method = getattr(self._service, name)
        return lambda *arguments, **named: self._trouble.call(method, *arguments, **named)


class Day:
    """A newsroom with articles and readers, in front of the hour of its issue."""

    def __init__(self, readers: int = 3, articles: int = 2) -> None:
        self.newsroom, self.desk = Newsroom(), Desk()
        for number in range(articles):
            self.publish(f"Titre numero {number}")
        self.readers = [self.enrol(f"reader{number}@example.ma") for number in range(readers)]
        self.trouble = Trouble()

    def publish(self, title: str, key: str = "", **fields: str) -> str:
        key = key or f"articles/{title.lower().replace(' ', '-')}.md"
        self.newsroom.now = self.desk.now
        self.newsroom.upload(key, article(title, **fields))
        self.newsroom.drain()
        return key

    def enrol(self, address: str, **wishes: Any) -> str:
        """A confirmed reader."""
        subscriber, at = KEYRING.subscriber(address), milliseconds(self.desk.now) - 60_000
        ask = Ask(at=at, job="1", address=self.desk.vault.seal(address_of(address).canonical()), **wishes)
        known = Subscriber(confirmed=ask, confirmed_on=at)
        self.desk.rows.write(Row(rows.state(subscriber), known.canonical().decode(), 1))
        return subscriber

    def suffer(self, trouble: Trouble) -> None:
        """From now on every service is in trouble."""
        self.trouble = trouble

    def fire(self) -> Report | None:
        """The schedule fires; None also when the function is stopped."""
        try:
            return issue(self._office(), self.trouble.around(self.newsroom.state), early=True)
        except (Crashed, RotativeError):
            return None

    def send(self) -> None:
        """Every message of the send queue, delivered until it is acknowledged, five times at most."""
        queue = [(date, reader, 1) for date, reader in self.desk.outbox.deliveries]
        self.desk.outbox.deliveries.clear()
        head, state = self.desk.head, self.trouble.around(self.newsroom.state)
        while queue:
            date, reader, tries = queue.pop(0)
            self.trouble.begin_delivery(tries)
            try:
                made = current_issue(state, date)
                if made:
                    deliver(self._office(), head, made, public_entries(state, made, self._office()), reader)
            except (Crashed, RotativeError):
                if tries < 5:
                    queue.append((date, reader, tries + 1))

    def day(self, fires: int = 1) -> Report:
        """The schedule fires so often, and the messages are carried out; then in peace, until the report is kept."""
        for _ in range(fires):
            self.fire()
            self.send()
        self.suffer(Trouble())
        self.fire()
        self.send()
        self.fire()
        kept = self.newsroom.state.get(report_key(day(self.desk.now, self.desk.settings.newsroom)))
        assert kept is not None
        return Report.model_validate_json(kept.body)

    def tomorrow(self) -> None:
        self.desk.now += timedelta(days=1)

    @property
    def recipients(self) -> list[str]:
        return [mail.to for mail in self.desk.mailer.sent]

    def _office(self) -> Any:
        desk, around = self.desk, self.trouble.around
        return desk.office._replace(
            rows=around(desk.rows),
            vault=around(desk.vault),
            outbox=around(desk.outbox),
            mailer=around(desk.mailer),
        )
