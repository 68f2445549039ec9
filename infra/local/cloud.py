"""The cloud of one process: moto, holding exactly what template.yaml lists."""

import json
import os
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, ClassVar, Self, cast

import boto3
from moto import mock_aws
from moto.s3.models import FakeKey, s3_backends
from moto.sqs.models import sqs_backends

from infra.local import mail, secrets
from infra.local.errors import PressError
from infra.local.gate import Gate
from infra.local.journal import Journal, StoredMessage, StoredVersion
from infra.local.lambda_runtime import LambdaRuntime
from infra.local.notifications import queues_to_notify, s3_event
from infra.local.objects import restore_item, restore_message, restore_version, stored_version
from infra.local.pump import Pump
from infra.local.resources import ACCOUNT, REGION, Bucket, Queue, Table, Template
from infra.local.s3_backend import ObjectChange, PressS3
from infra.local.sqs_backend import PressSqs

CLIENT_ENVIRONMENT: Mapping[str, str] = {
    "AWS_ACCESS_KEY_ID": "local",
    "AWS_SECRET_ACCESS_KEY": "local",
    "AWS_DEFAULT_REGION": REGION,
    "AWS_REGION": REGION,
    "AWS_EC2_METADATA_DISABLED": "true",
}
_PROCESS_ENVIRONMENT: Mapping[str, str] = {
    **CLIENT_ENVIRONMENT,
    # Nothing of the user's own AWS set-up may leak in, and nothing of ours may leave the machine.
    "AWS_CONFIG_FILE": os.devnull,
    "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
    "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS": "true",
    "MOTO_ACCOUNT_ID": ACCOUNT,
}
_UNSET = ("AWS_PROFILE", "AWS_SESSION_TOKEN")
ObjectListener = Callable[[str, bytes], None]


class LocalCloud:
    """A context manager: inside, boto3 in this process talks to the resources of the template.

    With a `data` folder, objects and items outlive the process. There is one cloud a process at a time, as moto is
    global. Raises PressError when the folder cannot be used or a handler cannot be imported.
    """

    _only_one: ClassVar[threading.Lock] = threading.Lock()

    def __init__(self, template: Template, data: Path | None = None) -> None:
        self.template = template
        self.runtime = LambdaRuntime(template.functions)
        self.pumps: list[Pump] = []
        self._data = data
        self._listeners: list[tuple[str, str, ObjectListener]] = []

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.stop()

    def start(self) -> None:
        if not self._only_one.acquire(blocking=False):
            raise PressError("Another local cloud runs in this process.")
        self._saved_environment = dict(os.environ)
        self._mock = mock_aws()
        self._journal: Journal | None = None
        self._left: list[StoredMessage] = []
        try:
            self._start()
        except BaseException:
            self.stop()
            raise

    def _start(self) -> None:
        self._mock.start()
        self._mock.reset()
        for name in _UNSET:
            os.environ.pop(name, None)
        os.environ.update({**_PROCESS_ENVIRONMENT, **self.template.environment})
        self.s3 = PressS3("aws", ACCOUNT)
        s3_backends[ACCOUNT]["aws"] = self.s3
        self.ses = mail.create()
        secrets.create(self.template.keys.values(), self.template.secrets.values(), self._data)
        self.sqs = PressSqs(REGION, ACCOUNT)
        sqs_backends[ACCOUNT][REGION] = self.sqs
        self._create_resources()
        if self._data is not None:
            self._journal = Journal(self._data)
            self._restore(self._journal)
        self.gate = Gate(self.s3, self._journal, self._announce)
        self.gate.install()
        self.runtime.cold_start()
        for source in self.template.sources:
            queue = self.template.queues[source.queue]
            self.pumps.append(Pump(source, queue, self.sqs.press_queue(queue.name), self.runtime))

    def stop(self) -> None:
        if hasattr(self, "gate"):
            with self.gate.lock:
                self.gate.uninstall()
        if self._journal is not None:
            self._journal.close()
        if self.runtime.unfinished:
            self._mock.reset()  # but not stopped: what a late handler still asks for must not reach the real AWS
        else:
            self._mock.stop()
        for name in set(os.environ) - set(self._saved_environment):
            del os.environ[name]
        os.environ.update(self._saved_environment)
        self._only_one.release()

    def drain(self, timeout: float = 600) -> None:
        """Carries messages in this thread, first queue first, until none is left; retries come at once.

        A message that always fails ends in its dead-letter queue. Raises TimeoutError.
        """
        deadline = time.monotonic() + timeout
        while any(pump.depth for pump in self.pumps):
            if not any(pump.carry_one_batch(self.runtime.invoke_here) for pump in self.pumps):
                for pump in self.pumps:
                    pump.bring_forward()
            if time.monotonic() > deadline:
                raise TimeoutError(f"queues not empty after {timeout} s: {[pump.depth for pump in self.pumps]}")

    @property
    def quiet(self) -> bool:
        """No message is waiting or in hand, and no function runs."""

        def still() -> bool:
            return not self.runtime.running and not any(pump.depth for pump in self.pumps)

        return still() and still()  # a function that ended between the two looks has sent its messages by the second

    def wait_until_quiet(self, timeout: float = 60) -> None:
        """Returns once the press has nothing left to do. Raises TimeoutError."""
        deadline = time.monotonic() + timeout
        while not self.quiet:
            if time.monotonic() > deadline:
                raise TimeoutError(f"not quiet after {timeout} s: {[pump.depth for pump in self.pumps]} messages")
            time.sleep(0.005)

    def object(self, bucket_id: str, key: str) -> StoredVersion | None:
        """The current version of an object, read past the HTTP client."""
        name = self.template.buckets[bucket_id].name
        with self.gate.lock:
            version = self.s3.get_bucket(name).keys.get(key)
            return stored_version(name, version) if isinstance(version, FakeKey) else None

    def on_object(self, bucket_id: str, prefix: str, listener: ObjectListener) -> None:
        """Calls listener(key, body) after each write to the bucket under the prefix, in the writer's thread."""
        self._listeners.append((self.template.buckets[bucket_id].name, prefix, listener))

    def _announce(self, change: ObjectChange) -> None:
        bucket = next(each for each in self.template.buckets.values() if each.name == change.bucket)
        for queue in queues_to_notify(bucket, change):
            self.sqs.send_message(self.template.queues[queue].name, json.dumps(s3_event(bucket, change)))
        version = change.version
        if isinstance(version, FakeKey) and not change.removed:
            for name, prefix, listener in self._listeners:
                if name == change.bucket and version.name.startswith(prefix):
                    listener(version.name, version.value)

    def _restore(self, journal: Journal) -> None:
        names = {each.name for each in self.template.buckets.values()}
        for version in journal.versions():
            if version.bucket in names:
                restore_version(self.s3, version)
        for item in journal.items():
            restore_item(item)
        self._left = journal.messages()
        for queue in self.template.queues.values():
            self.sqs.press_queue(queue.name).journal = journal

    def send_again(self) -> None:
        """Sends the messages that an earlier run was not done with; once this code is in force, which they need."""
        while self._left and self._journal:
            restore_message(self.sqs, self._left[0])
            self._journal.drop(self._left.pop(0).id)

    def _create_resources(self) -> None:
        for bucket in self.template.buckets.values():
            _create_bucket(bucket)
        queues = self.template.queues
        for queue in sorted(queues.values(), key=lambda each: each.dead_letter_queue is not None):
            _create_queue(queue, queues.get(queue.dead_letter_queue or ""))
        for table in self.template.tables.values():
            _create_table(table)


def _create_bucket(bucket: Bucket) -> None:
    s3 = boto3.client("s3")
    s3.create_bucket(Bucket=bucket.name, CreateBucketConfiguration={"LocationConstraint": cast("Any", REGION)})
    if bucket.versioned:
        s3.put_bucket_versioning(Bucket=bucket.name, VersioningConfiguration={"Status": "Enabled"})
    if bucket.encryption:
        rule = {"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": bucket.encryption}}
        s3.put_bucket_encryption(Bucket=bucket.name, ServerSideEncryptionConfiguration=cast("Any", {"Rules": [rule]}))


def _create_queue(queue: Queue, dead_letter_queue: Queue | None) -> None:
    attributes = dict(queue.attributes)
    if queue.fifo:
        attributes["FifoQueue"] = "true"
    if dead_letter_queue is not None:
        attributes["RedrivePolicy"] = json.dumps(
            {"deadLetterTargetArn": dead_letter_queue.arn, "maxReceiveCount": queue.max_receive_count}
        )
    boto3.client("sqs").create_queue(QueueName=queue.name, Attributes=cast("Any", attributes))


def _create_table(table: Table) -> None:
    boto3.client("dynamodb").create_table(
        TableName=table.name,
        BillingMode="PAY_PER_REQUEST",
        KeySchema=cast("Any", [{"AttributeName": name, "KeyType": kind} for name, kind in table.key]),
        AttributeDefinitions=cast(
            "Any", [{"AttributeName": name, "AttributeType": kind} for name, kind in table.types]
        ),
    )
