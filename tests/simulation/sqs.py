"""A model of SQS: at least once, in no order; FIFO groups that wait for each other and drop doubles for 5 minutes."""

from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from operator import attrgetter

DEDUPLICATION = timedelta(minutes=5)


@dataclass(eq=False)
class Message:
    """A message until it is deleted. `receipts` counts deliveries, `in_hand` the consumers that have it now."""

    body: str
    place: int
    group: str | None = None
    receipts: int = 0
    in_hand: int = 0
    hidden: bool = False
    deleted: bool = field(default=False)
    not_before: datetime | None = None


class Queue:
    """A queue; `fifo` decides whether groups and deduplication ids mean anything."""

    def __init__(self, clock: Callable[[], datetime], *, fifo: bool) -> None:
        self.fifo = fifo
        self.messages: list[Message] = []
        self._clock = clock
        self._seen: dict[str, datetime] = {}
        self._groups: dict[str | None, deque[Message]] = {}
        self._sent = 0
        self._in_sight: list[Message] | None = None  # until something changes

    def send(self, body: str, group: str | None = None, deduplication: str | None = None, *, delay: float = 0) -> None:
        if self.fifo and deduplication is not None:
            seen = self._seen.get(deduplication)
            if seen is not None and self._clock() - seen < DEDUPLICATION:
                return
            self._seen[deduplication] = self._clock()
        not_before = self._clock() + timedelta(seconds=delay) if delay else None
        self._sent += 1
        message = Message(body, self._sent, group if self.fifo else None, not_before=not_before)
        self.messages.append(message)
        self._groups.setdefault(message.group, deque()).append(message)
        self._in_sight = None

    def lose(self, about: str = "") -> None:
        """Every message that is about something is gone."""
        for message in [each for each in self.messages if about in each.body]:
            self._remove(message)

    def deliverable(self) -> list[Message]:
        """What a consumer may be given next: any message in sight; of a FIFO group its first, unless one is in hand."""
        if self._in_sight is None:
            self._in_sight = [message for message in self._first() if not message.hidden]
        return self._in_sight if self.fifo else list(filter(self._is_time_for, self._in_sight))

    def _first(self) -> Iterable[Message]:
        if not self.fifo:
            return self.messages
        return sorted((waiting[0] for waiting in self._groups.values()), key=attrgetter("place"))

    def _is_time_for(self, message: Message) -> bool:
        return message.not_before is None or message.not_before <= self._clock()

    def receive(self, message: Message) -> int:
        """Give a message to a consumer; returns how often it has been given to one."""
        message.receipts += 1
        message.in_hand += 1
        message.hidden = True
        self._in_sight = None
        return message.receipts

    def expire(self, message: Message) -> None:
        """The visibility time-out is over while a consumer is still busy: the message is in sight again."""
        message.hidden = False
        self._in_sight = None

    def fail(self, message: Message, receipt: int) -> None:
        """A consumer is done without success, or dead: the message comes back."""
        message.in_hand -= 1
        if receipt == message.receipts:
            message.hidden = False
            self._in_sight = None

    def succeed(self, message: Message, receipt: int) -> None:
        """A consumer deletes the message. An outdated receipt still works on a standard queue, not on a FIFO one."""
        message.in_hand -= 1
        if not message.deleted and (receipt == message.receipts or not self.fifo):
            message.deleted = True
            self._remove(message)

    def _remove(self, message: Message) -> None:
        self.messages.remove(message)
        self._groups[message.group].remove(message)
        if not self._groups[message.group]:
            del self._groups[message.group]
        self._in_sight = None
