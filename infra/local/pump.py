"""Carries messages from queues to functions, as Lambda's event source mappings do."""

import json
import threading
from contextlib import suppress
from typing import Any

from moto.sqs.exceptions import ReceiptHandleIsInvalid
from moto.sqs.models import Message

from infra.local.lambda_runtime import LOG, InvocationFailed, Invoke, LambdaRuntime
from infra.local.resources import REGION, Queue, QueueSource
from infra.local.sqs_backend import PressQueue

RETRY_SECONDS = 1.0  # times the receive count; AWS waits for the visibility time-out, people at a laptop do not
WORKERS = 2  # at most, however many the template allows: the functions share one Python
_POLL_SECONDS = 0.5  # how soon a stop is noticed; messages are noticed at once


class Pump:
    """One event source: `take` a batch, call the function, delete what succeeded, let the rest come back."""

    def __init__(self, source: QueueSource, queue: Queue, moto_queue: PressQueue, runtime: LambdaRuntime) -> None:
        self._source = source
        self._queue = queue
        self._messages = moto_queue
        self._runtime = runtime
        self._stopping = threading.Event()
        self._threads: list[threading.Thread] = []

    @property
    def depth(self) -> int:
        """Messages not yet done with, those in hand or waiting for a retry included."""
        return self._messages.depth

    @property
    def takes_in(self) -> bool:
        """Whether its messages are about uploads."""
        return self._source.function == "IngestFunction"

    def start(self) -> None:
        for number in range(min(WORKERS, self._source.concurrency)):
            thread = threading.Thread(target=self._run, name=f"pump-{self._queue.name}-{number}", daemon=True)
            self._threads.append(thread)
            thread.start()

    def stop(self) -> None:
        """Takes no more messages; what is in hand may end, for a moment."""
        self._stopping.set()

    def join(self, timeout: float) -> None:
        for thread in self._threads:
            thread.join(timeout)

    def bring_forward(self) -> None:
        """What waits for a retry may be taken now."""
        self._messages.bring_forward()

    def carry_one_batch(self, invoke: Invoke) -> bool:
        """Whether there was a batch to carry."""
        visibility = int(self._queue.attributes.get("VisibilityTimeout", "30"))
        batch = self._messages.take(self._source.batch_size, visibility, ["All"])
        if not batch:
            return False
        failed = self._deliver(batch, invoke)
        for message in batch:
            handle = str(message.receipt_handle)
            if message.id in failed:
                # It may have been given to another meanwhile, or up: a laptop that slept outlives any visibility.
                with suppress(ReceiptHandleIsInvalid):
                    self._messages.change_visibility(handle, RETRY_SECONDS * message.approximate_receive_count)
            else:
                self._messages.delete_message(handle)
        return True

    def _run(self) -> None:
        while not self._stopping.is_set():
            if self._messages.wait_until_ready(_POLL_SECONDS) and not self._stopping.is_set():
                self.carry_one_batch(self._runtime.invoke)

    def _deliver(self, batch: list[Message], invoke: Invoke) -> set[str]:
        """The ids of the messages that failed."""
        everything = {each.id for each in batch}
        try:
            answer = invoke(self._source.function, {"Records": [self._record(each) for each in batch]})
        except InvocationFailed:
            return everything
        failures = (answer or {}).get("batchItemFailures") or []
        failed = {each.get("itemIdentifier") for each in failures}
        if not failed <= everything:  # as in Lambda: an answer that makes no sense fails the whole batch
            LOG.error("%s answered unknown batchItemFailures: %s", self._source.function, json.dumps(failures))
            return everything
        return failed

    def _record(self, message: Message) -> dict[str, Any]:
        attributes = {
            "ApproximateReceiveCount": str(message.approximate_receive_count),
            "ApproximateFirstReceiveTimestamp": str(message.approximate_first_receive_timestamp),
            "SenderId": message.sender_id,
            "SentTimestamp": str(message.sent_timestamp),
        }
        if self._queue.fifo:
            attributes |= {
                "MessageGroupId": str(message.group_id),
                "MessageDeduplicationId": str(message.deduplication_id),
                "SequenceNumber": str(message.sequence_number),
            }
        return {
            "messageId": message.id,
            "receiptHandle": message.receipt_handle,
            "body": message.body,
            "attributes": attributes,
            "messageAttributes": {},
            "md5OfBody": message.body_md5,
            "eventSource": "aws:sqs",
            "eventSourceARN": self._queue.arn,
            "awsRegion": REGION,
        }
