"""The workflows' ports over the models of S3 and SQS: the same requests, one by one, as the boto3 adapters make."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import islice
from typing import NamedTuple, Protocol, TypeVar

from functions.core.keys import content_hash
from functions.core.objects import Condition, Listed, Stored
from functions.core.page import Page
from functions.core.reading import Version
from tests.simulation import s3
from tests.simulation.sqs import Queue

T = TypeVar("T")
_BATCH = 10


class Request(NamedTuple):
    """One request to a service: its verb, the key it is about, and what kind of trouble it can meet."""

    verb: str
    key: str
    writes: bool = False
    conditional: bool = False


class Wire(Protocol):
    """Between a workflow and the services: carries requests, and may lose, delay or refuse them."""

    def carry(self, request: Request, act: Callable[[], T]) -> T: ...

    def shuffled(self, items: Iterable[T]) -> list[T]:
        """The order in which requests that were sent at once arrive."""
        ...


class _Bucket:
    def __init__(self, wire: Wire, bucket: s3.Bucket) -> None:
        self._wire = wire
        self._bucket = bucket

    def delete(self, key: str, condition: Condition) -> None:
        conditional = condition is not None
        self._wire.carry(Request("DELETE", key, True, conditional), lambda: self._bucket.delete(key, condition))

    def list(self, prefix: str, page_size: int = 1000) -> Iterator[Listed]:
        after = ""
        while True:
            page = self._wire.carry(Request("LIST", prefix), partial(self._bucket.page, prefix, after, page_size))
            yield from page
            if len(page) < page_size:
                return
            after = page[-1].key


class ModelState(_Bucket):
    """The state bucket."""

    def get(self, key: str) -> Stored | None:
        found = self._wire.carry(Request("GET", key), lambda: self._bucket.get(key))
        return Stored(found.body, found.etag) if found else None

    def get_many(self, keys: Sequence[str]) -> Mapping[str, Stored | None]:
        found = {key: self.get(key) for key in self._wire.shuffled(keys)}
        return {key: found[key] for key in keys}

    def put(self, key: str, body: bytes, condition: Condition | None = None) -> str:
        request = Request("PUT", key, True, condition is not None)
        return self._wire.carry(request, lambda: self._bucket.put(key, body, condition))

    def put_many(self, objects: Mapping[str, bytes]) -> None:
        for key in self._wire.shuffled(objects):
            self.put(key, objects[key])

    def values(self, prefix: str) -> Sequence[str]:
        return self._wire.carry(Request("LIST", prefix), lambda: self._bucket.prefixes(prefix))


class ModelSite(_Bucket):
    """The site bucket."""

    def etags(self, keys: Sequence[str]) -> Mapping[str, str]:
        found = {key: self._head(key) for key in self._wire.shuffled(keys)}
        return {key: stored.etag for key in keys if (stored := found[key])}

    def _head(self, key: str) -> s3.Stored | None:
        return self._wire.carry(Request("HEAD", key), lambda: self._bucket.get(key))

    def put(self, page: Page, condition: Condition) -> None:
        request = Request("PUT", page.key, True, condition is not None)
        self._wire.carry(request, lambda: self._bucket.put(page.key, page.body, condition, page))


class ModelInbox:
    """The inbox."""

    def __init__(self, wire: Wire, uploads: s3.Uploads) -> None:
        self._wire = wire
        self._uploads = uploads

    def versions(self, key: str) -> Sequence[Version]:
        return self._wire.carry(Request("VERSIONS", key), lambda: self._uploads.versions(key))

    def read(self, key: str, ver: str, most: int) -> bytes:
        return self._wire.carry(Request("GET", f"{key}@{ver}"), lambda: self._uploads.read(key, ver, most))

    def keys(self, prefix: str = "", after: str = "") -> Iterator[tuple[str, str]]:
        while page := self._wire.carry(Request("VERSIONS", prefix), partial(self._uploads.page, prefix, after, 1000)):
            yield from page
            after = page[-1][0]


class ModelQueues:
    """The queues; what is asked again waits with the ingests, as no order is kept among either."""

    def __init__(self, wire: Wire, ingests: Queue, renders: Queue) -> None:
        self._wire = wire
        self._ingests = ingests
        self._renders = renders

    def ask_renders(self, dirtied: Mapping[str, str]) -> None:
        for batch in _batches(dirtied.items()):
            self._wire.carry(Request("SEND", "renders", True), partial(self._send_renders, batch))

    def ask_ingests(self, keys: Iterable[str], delay: int = 0) -> None:
        for batch in _batches(keys):
            self._wire.carry(Request("SEND", "ingests", True), partial(self._send_ingests, batch, delay))

    def ask_again(self, keys: Iterable[str]) -> None:
        self.ask_ingests(keys)

    def _send_renders(self, batch: Sequence[tuple[str, str]]) -> None:
        for group, nonce in batch:
            body = json.dumps({"group": group, "nonce": nonce})
            self._renders.send(body, content_hash(group.encode()), nonce)

    def _send_ingests(self, batch: Sequence[str], delay: int) -> None:
        for key in batch:
            self._ingests.send(json.dumps({"key": key}), delay=delay)


def _batches(items: Iterable[T]) -> Iterator[list[T]]:
    remaining = iter(items)
    while batch := list(islice(remaining, _BATCH)):
        yield batch
