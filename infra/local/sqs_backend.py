"""moto's SQS, made fit for a press: no message is lost between threads, and no call reads the whole queue.

What moto 5.2 does instead: a deletion rebuilds the list of messages without a lock, so that a message sent meanwhile
vanishes; each send, receipt and deletion walks through all messages; a deduplication id is forgotten with its message.
"""

import json
import time
from collections.abc import Mapping
from copy import copy
from functools import cache
from types import ModuleType
from typing import Any

from moto.core.utils import camelcase_to_underscores, unix_time_millis
from moto.sqs import urls
from moto.sqs.exceptions import ReceiptHandleIsInvalid
from moto.sqs.models import (
    DEDUPLICATION_TIME_IN_SECONDS,
    Message,
    Queue,
    SQSBackend,
    _filter_message_attributes,
)

from infra.local.journal import Journal, StoredMessage

_underscored = cache(camelcase_to_underscores)


class PressQueue(Queue):
    """A queue whose messages are found by their receipt handles, and that a consumer can wait for without polling."""

    _live: dict[str, Message]  # by id, in the order of sending
    _taken: dict[str, Message]  # received and not deleted, by id; invisible until their visible_at
    _later: dict[str, Message]  # sent with a delay, which may be over by now, and not deleted; by id
    _handles: dict[str, Message]
    _waiting: dict[tuple[str | None, str], Message]  # of a FIFO queue, not yet received; by group and what they say
    _seen: dict[tuple[str | None, str], float]  # deduplication ids and when they came, monotonic seconds
    journal: Journal | None = None  # which keeps the messages of a press that may be killed

    @classmethod
    def adopt(cls, queue: Queue) -> "PressQueue":
        """Turns a queue that moto has just made and checked, still empty, into one of ours."""
        ours = object.__new__(cls)
        ours.__dict__.update(queue.__dict__)
        ours._empty()
        return ours

    @property
    def depth(self) -> int:
        """How many messages are not deleted, visible or not; one that is delayed comes only when its time has come."""
        return len(self._live) - self.approximate_number_of_messages_delayed

    @property
    def approximate_number_of_messages(self) -> int:
        return self.depth - self.approximate_number_of_messages_not_visible

    @property
    def approximate_number_of_messages_not_visible(self) -> int:
        return sum(not each.visible for each in list(self._taken.values()))

    @property
    def approximate_number_of_messages_delayed(self) -> int:
        now = unix_time_millis()
        return sum(each.delayed_until > now for each in list(self._later.values()))

    @property
    def attributes(self) -> dict[str, Any]:
        """As in moto, which takes a millisecond for it, three times a message."""
        names = [*self.BASE_ATTRIBUTES, *(self.FIFO_ATTRIBUTES if self.fifo_queue else ())]
        found = {name: getattr(self, _underscored(name)) for name in names}
        if self.redrive_policy:
            found["RedrivePolicy"] = json.dumps(self.redrive_policy)
        return {name: str(each).lower() if isinstance(each, bool) else each for name, each in found.items()}

    def add_message(self, message: Message) -> None:
        with self._messages_lock:
            if self.fifo_queue and (self._is_duplicate(message) or self._says_nothing_new(message)):
                return
            self._live[message.id] = message
            if self.journal:
                ids = message.group_id, message.deduplication_id
                self.journal.keep(
                    StoredMessage(message.id, self.name, message.body, *ids, float(message.delayed_until))
                )
            if message.delayed_until > unix_time_millis():
                self._later[message.id] = message
            self._messages_lock.notify_all()

    def take(self, count: int, visibility_timeout: int, attribute_names: list[str]) -> list[Message]:
        """Up to `count` visible messages, now invisible for so many seconds; those received too often move on."""
        with self._messages_lock:
            now, locked = unix_time_millis(), self._locked_groups()
            found: list[Message] = []
            spent: list[Message] = []
            for message in self._live.values():
                if len(found) == count:
                    break
                if self._is_ready(message, now, locked):
                    (spent if self._is_spent(message) else found).append(message)
            for message in spent:
                self._forget(message)
            for message in found:
                message.mark_received(visibility_timeout)
                self._waiting.pop(_said(message), None)
                self._taken[message.id] = message
                self._handles[str(message.receipt_handle)] = message
            copies = [copy(each) for each in found]
        for message in spent:
            self.dead_letter_queue.add_message(message)  # type: ignore[union-attr] # spent means that there is one
        for message in copies:
            _filter_message_attributes(message, attribute_names)
        return copies

    def wait_until_ready(self, timeout: float) -> bool:
        """Whether a message can be taken; waits up to `timeout` seconds for one to be sent or to reappear."""
        with self._messages_lock:
            now, locked = unix_time_millis(), self._locked_groups()
            if any(self._is_ready(each, now, locked) for each in self._live.values()):
                return True
            due = [max(each.visible_at, each.delayed_until) - now for each in self._live.values()]
            soonest = min((each / 1000 + 0.002 for each in due if each > 0), default=timeout)
            self._messages_lock.wait(min(timeout, soonest))
            now, locked = unix_time_millis(), self._locked_groups()
            return any(self._is_ready(each, now, locked) for each in self._live.values())

    def delete_message(self, receipt_handle: str) -> None:
        with self._messages_lock:
            message = self._handles.get(receipt_handle)
            if message is not None:
                self._forget(message)
                self._messages_lock.notify_all()  # its group may go on

    def change_visibility(self, receipt_handle: str, seconds: float) -> None:
        """The message reappears after so many seconds. Raises ReceiptHandleIsInvalid."""
        with self._messages_lock:
            message = self._handles.get(receipt_handle)
            if message is None:
                raise ReceiptHandleIsInvalid
            message.visible_at = unix_time_millis() + seconds * 1000
            self._messages_lock.notify_all()

    def bring_forward(self) -> None:
        """Every message reappears now."""
        with self._messages_lock:
            for message in self._live.values():
                message.visible_at = message.delayed_until = 0.0
            self._messages_lock.notify_all()

    def clear(self) -> None:
        with self._messages_lock:
            for message in list(self._live.values()):
                self._forget(message)
            self._empty()

    def _empty(self) -> None:
        self._live, self._taken, self._handles, self._seen, self._later, self._waiting = {}, {}, {}, {}, {}, {}

    def _forget(self, message: Message) -> None:
        if self.journal:
            self.journal.drop(message.id)
        self._live.pop(message.id, None)
        self._taken.pop(message.id, None)
        if self._waiting.get(_said(message)) is message:
            del self._waiting[_said(message)]
        self._later.pop(message.id, None)
        for handle in message.all_receipt_handles:
            self._handles.pop(str(handle), None)

    def _is_ready(self, message: Message, now: float, locked: set[str]) -> bool:
        return message.visible_at < now and message.delayed_until < now and message.group_id not in locked

    def _locked_groups(self) -> set[str]:
        """A FIFO group waits while one of its messages is with a consumer."""
        if not self.fifo_queue:
            return set()
        return {str(each.group_id) for each in self._taken.values() if not each.visible}

    def _is_spent(self, message: Message) -> bool:
        policy: Mapping[str, int] | None = self.redrive_policy
        spent = policy and self.dead_letter_queue and message.approximate_receive_count >= policy["maxReceiveCount"]
        return bool(spent)

    def _says_nothing_new(self, message: Message) -> bool:
        """Whether one that says the same waits to be received: whoever gets that looks at all there is by then.

        AWS delivers both, to twenty consumers at once. Here two share one Python, and nine in ten of the wake-ups
        that a thousand uploads send find nothing left to do. A queue of what was given up keeps all.
        """
        return bool(self.redrive_policy) and self._waiting.setdefault(_said(message), message) is not message

    def _is_duplicate(self, message: Message) -> bool:
        if message.deduplication_id is None:
            return False
        now = time.monotonic()
        scope: str = self.deduplication_scope  # type: ignore[attr-defined] # moto sets its attributes by name
        key = (message.group_id if scope == "messageGroup" else None, message.deduplication_id)
        if now - self._seen.get(key, -DEDUPLICATION_TIME_IN_SECONDS) < DEDUPLICATION_TIME_IN_SECONDS:
            return True
        self._seen[key] = now
        while now - next(iter(self._seen.values())) >= DEDUPLICATION_TIME_IN_SECONDS:
            self._seen.pop(next(iter(self._seen)))
        return False


def _said(message: Message) -> tuple[str | None, str]:
    return message.group_id, message.body.partition('"nonce"')[0]  # which is new in each


class PressSqs(SQSBackend):
    """The SQS of the local press."""

    @property
    def _url_module(self) -> ModuleType:
        return urls

    def create_queue(self, name: str, tags: dict[str, str] | None = None, **kwargs: Any) -> Queue:
        queue = super().create_queue(name, tags, **kwargs)
        if not isinstance(queue, PressQueue):
            queue = self.queues[name] = PressQueue.adopt(queue)
        return queue

    def receive_message(
        self,
        queue_name: str,
        count: int,
        wait_seconds_timeout: int,
        visibility_timeout: int,
        message_attribute_names: list[str] | None = None,
    ) -> list[Message]:
        queue = self.press_queue(queue_name)
        deadline = time.monotonic() + (wait_seconds_timeout or 0)
        while True:
            found = queue.take(count, visibility_timeout, message_attribute_names or [])
            remaining = deadline - time.monotonic()
            if found or remaining <= 0:
                return found
            queue.wait_until_ready(remaining)

    def change_message_visibility(self, queue_name: str, receipt_handle: str, visibility_timeout: int) -> None:
        self.press_queue(queue_name).change_visibility(receipt_handle, int(visibility_timeout))

    def purge_queue(self, queue_name: str) -> None:
        self.press_queue(queue_name).clear()

    def press_queue(self, queue_name: str) -> PressQueue:
        queue = self.get_queue(queue_name)
        assert isinstance(queue, PressQueue)  # noqa: S101 - create_queue makes no other kind
        return queue
