"""The whole press on one machine: cloud, functions, clock, readers' site and editors' folder, in one process."""

import fcntl
import json
import os
import threading
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

from functions.core import keys
from infra.local.api import Api
from infra.local.archives import Archives
from infra.local.cloud import CLIENT_ENVIRONMENT, LocalCloud
from infra.local.edge import edge_of
from infra.local.errors import PressError
from infra.local.inbox import InboxFolder
from infra.local.journal import StoredVersion
from infra.local.lambda_runtime import LOG, InvocationFailed
from infra.local.mailbox import Mailbox
from infra.local.newsletter import LocalNewsletter
from infra.local.reload import Reloading, Tell, TemplateWatch
from infra.local.resources import Template
from infra.local.schedules import Scheduler
from infra.local.secrets import resolved
from infra.local.server import Server, aws_app
from infra.local.template import load

STATUS_FILE = "press.json"
_RENEWAL = ("ReconcileFunction", {"task": "deploy"})  # the code may be newer than the folder
_STOP_SECONDS = 1.0  # for handlers in hand; the next start heals what they leave

Outcome = Callable[[dict[str, Any]], None]


class LocalPress:
    """A context manager; ports of 0 mean any free one. Raises PressError, whose text says what to do.

    `inbox` must exist; articles/ in it is made if need be, as is `data`, which holds everything that a restart needs.
    `newsroom` is a file that takes the place of the inbox's newsroom.toml.
    """

    def __init__(
        self,
        inbox: Path,
        data: Path,
        port: int,
        aws_port: int,
        *,
        newsroom: Path | None = None,
        template: Template | None = None,
    ) -> None:
        self._newsroom = newsroom
        self._reload: Tell | None = None
        self._inbox_folder = inbox
        self._data = data
        self._ports = (port, aws_port)
        self.cloud = LocalCloud(template or load(), data)
        self._running: list[Callable[[], None]] = []  # what to undo, last first
        self._stopping = threading.Event()

    @property
    def url(self) -> str:
        """Where readers find the site."""
        return self._site.url

    @property
    def endpoint(self) -> str:
        """Where AWS clients find S3, SQS and DynamoDB."""
        return self._aws.url

    def reload_templates(self, tell: Tell) -> None:
        """To be asked before the start: changed templates and pages show at once, and `tell` hears of them."""
        self._reload = tell

    def on_outcome(self, listener: Outcome) -> None:
        """Calls listener(receipt) for each receipt written, in the thread of its function."""

        def tell(key: str, body: bytes) -> None:
            if key.endswith(".json"):  # beside each stands a page for people
                listener(json.loads(body))

        self.cloud.on_object("StateBucket", "receipts/", tell)

    def start(self) -> None:
        """Starts everything; what changed since the last run is uploaded and published in the background."""
        self._stopping.clear()
        try:
            self._start()
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """Ends everything within two seconds; safe to call twice."""
        self._stopping.set()
        while self._running:
            self._running.pop()()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.stop()

    def wait_until_quiet(self, timeout: float = 60) -> None:
        """Returns once no message waits and no function runs. Raises TimeoutError."""
        self.cloud.wait_until_quiet(timeout)

    def _start(self) -> None:
        if not self._inbox_folder.is_dir():
            raise PressError(f"There is no inbox folder {self._inbox_folder}. Create it, or name another with --inbox.")
        articles = self._inbox_folder / keys.ARTICLES
        if articles.is_symlink():
            raise PressError(f"{articles} is a link, behind which no file is watched. Put the folder itself there.")
        lock = _lock(self._data)
        self._running.append(lock.close)
        articles.mkdir(exist_ok=True)
        self.cloud.start()
        self._running.append(self.cloud.stop)
        self._open_servers()
        for pump in self.cloud.pumps:
            pump.start()
        self._running.append(self._stop_pumps)
        buckets = self.cloud.template.buckets
        inbox = InboxFolder(self._inbox_folder, buckets["InboxBucket"].name, buckets["StateBucket"].name, LOG.warning)
        inbox.start()
        self._running.append(inbox.stop)
        self._catch_up(inbox)
        if self._reload:
            templates = TemplateWatch(self.cloud.runtime, self._reload)
            templates.start()
            self._running.append(templates.stop)
        scheduler = Scheduler(self.cloud.template.schedules, self.cloud.runtime.invoke)
        scheduler.start()
        self._running.append(scheduler.stop)
        self._write_status()

    def _open_servers(self) -> None:
        port, aws_port = self._ports
        api = Api(self.cloud.template.routes, self.cloud.runtime.invoke)
        mailbox = Mailbox(lambda: self.cloud.ses.sent_messages, LocalNewsletter(self.cloud.runtime.invoke))
        origin = {name: resolved(value) for name, value in self.cloud.template.origin_headers.items()}
        edge = edge_of(self.cloud.template, self._find, api, mailbox, origin)
        self._site = Server("site", Reloading(edge, self._find) if self._reload else edge, port, "--port")
        self._running.append(self._site.stop)
        self._aws = Server("aws", aws_app(), aws_port, "--aws-port")
        self._running.append(self._aws.stop)
        self._site.start()
        self._aws.start()

    def _find(self, key: str) -> StoredVersion | None:
        return self.cloud.object("SiteBucket", key)

    def _catch_up(self, inbox: InboxFolder) -> None:
        """In the background: settings; this code, or what was lost; the last run's messages; then articles.

        In this order, because nothing can be ingested before the settings are in force.
        """
        runtime, archives = self.cloud.runtime, Archives(self.cloud, self._stopping)
        runtime.__enter__()  # busy from now on, so that nobody finds the press quiet before the thread begins

        def work() -> None:
            try:
                try:
                    self._bring_up_to_date(inbox, archives)
                finally:
                    runtime.__exit__()
                archives.watch()
            except Exception:
                if not self._stopping.is_set():  # a press that ends answers nobody; the next start goes on
                    raise

        threading.Thread(target=work, name="catch-up", daemon=True).start()

    def _bring_up_to_date(self, inbox: InboxFolder, archives: Archives) -> None:
        try:
            inbox.sync_settings(self._newsroom)
            self.cloud.runtime.invoke(*_RENEWAL)
        except InvocationFailed:
            LOG.warning("The reconcile at the start failed; the nightly one will try again.")
        self.cloud.send_again()
        archives.take_in(inbox)

    def _stop_pumps(self) -> None:
        for pump in self.cloud.pumps:
            pump.stop()
        for pump in self.cloud.pumps:
            pump.join(_STOP_SECONDS / len(self.cloud.pumps))

    def _write_status(self) -> None:
        status = self._data / STATUS_FILE
        document = {
            "pid": os.getpid(),
            "endpoint": self.endpoint,
            "site": self.url,
            "env": {**CLIENT_ENVIRONMENT, **self.cloud.template.environment, "AWS_ENDPOINT_URL": self.endpoint},
        }
        status.write_text(json.dumps(document, indent=2) + "\n", encoding="utf-8")
        self._running.append(lambda: status.unlink(missing_ok=True))


def find_press(data: Path) -> dict[str, Any] | None:
    """What press.json says of the press that runs on a data folder: {pid, endpoint, site, env}; None if none runs."""
    try:
        document: dict[str, Any] = json.loads((data / STATUS_FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    try:
        _lock(data).close()
    except PressError:
        return document
    return None  # the file was left behind by a press that was killed


def _lock(data: Path) -> IO[str]:
    """An open file that holds the data folder for one press; the system lets go of it even after kill -9."""
    try:
        data.mkdir(parents=True, exist_ok=True)
        handle = (data / "press.lock").open("w", encoding="utf-8")
    except OSError as error:
        raise PressError(f"The data folder {data} cannot be written ({error.strerror}).") from error
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        handle.close()
        raise PressError(f"Another press already runs on {data}. Stop it, or name another inbox.") from error
    return handle
