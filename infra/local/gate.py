"""The one door to S3 and DynamoDB: every request, in process or over HTTP, passes here, one at a time.

moto's conditional writes are not atomic under threads, so a lock stands around S3 and DynamoDB. SQS has its own: a
long poll must not hold up the rest. When a request has ended, what it changed is journalled, then announced.
"""

import threading
from collections.abc import Callable
from typing import Any

from moto.core.request import Request
from moto.dynamodb import urls as dynamodb_urls
from moto.s3 import urls as s3_urls

from infra.local.journal import Journal
from infra.local.objects import stored_version, touched_items
from infra.local.s3_backend import ObjectChange, PressS3
from infra.local.s3_responses import PressS3Response

Handler = Callable[..., Any]
Announce = Callable[[ObjectChange], None]


class Gate:
    """`announce` hears of each change after its request is done and journalled, outside the lock."""

    def __init__(self, s3: PressS3, journal: Journal | None, announce: Announce) -> None:
        self.lock = threading.RLock()
        self._s3 = s3
        self._journal = journal
        self._announce = announce
        self._originals: list[tuple[dict[str, Any], dict[str, Any]]] = []

    def install(self) -> None:
        """Puts the gate before moto's handlers; both of moto's ways in read these tables."""
        for paths in (s3_urls.url_paths, dynamodb_urls.url_paths):
            self._originals.append((paths, dict(paths)))
            for pattern, handler in paths.items():
                ours = getattr(PressS3Response, handler.__name__) if paths is s3_urls.url_paths else handler
                paths[pattern] = _Gated(ours, self.answer)

    def uninstall(self) -> None:
        for paths, originals in self._originals:
            paths.update(originals)
        self._originals.clear()

    def answer(self, handler: Handler, request: Request, url: str, headers: Any) -> Any:  # noqa: ANN401 - moto's shapes
        """What moto answers, after the journal has it."""
        changes: list[ObjectChange] = []
        try:
            with self.lock:
                self._s3.changes = []
                try:
                    return handler(request, url, headers)
                finally:
                    changes = self._s3.changes
                    self._keep(request, changes)
        finally:
            for change in changes:
                self._announce(change)

    def _keep(self, request: Request, changes: list[ObjectChange]) -> None:
        if self._journal is None:
            return
        items = list(touched_items(request.headers.get("X-Amz-Target", ""), request.data))
        kept = [stored_version(each.bucket, each.version) for each in changes if not each.removed]
        removed = [(each.bucket, each.version.name, each.version.version_id) for each in changes if each.removed]
        if kept or removed or items:
            self._journal.write(kept, removed, items)


class _Gated:
    """A handler of moto behind the gate, with the name that moto's server wants of it."""

    def __init__(self, handler: Handler, answer: Callable[..., Any]) -> None:
        self._handler = handler
        self._answer = answer
        self.__name__ = f"gated_{handler.__name__}"

    def __call__(self, request: Request, url: str, headers: Any) -> Any:  # noqa: ANN401 - moto's shapes
        return self._answer(self._handler, request, url, headers)
