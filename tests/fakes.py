"""Plain fakes of the workflows' ports: S3's and SQS's semantics in memory, nothing more.

Their contracts (tests/adapters) run on these, and on the real adapters over moto.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import islice, takewhile

from sortedcontainers import SortedDict

from functions.core.errors import StoreUnavailable, WriteConflict
from functions.core.objects import Condition, Listed, Stored
from functions.core.page import Page
from functions.core.reading import Version

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


def etag_of(body: bytes) -> str:
    return f'"{hashlib.md5(body, usedforsecurity=False).hexdigest()}"'


class FakeBucket:
    """Objects by key, with ETags and conditional writes."""

    def __init__(self) -> None:
        self.objects: SortedDict[str, bytes] = SortedDict()
        self.modified: dict[str, datetime] = defaultdict(lambda: NOON)
        self._etags: dict[str, tuple[bytes, str]] = {}

    def etag(self, key: str) -> str | None:
        """The ETag of what stands at a key; worked out once, since a LIST of large objects asks for many."""
        body = self.objects.get(key)
        if body is None:
            return None
        known = self._etags.get(key)
        if known is None or known[0] is not body:
            known = self._etags[key] = body, etag_of(body)
        return known[1]

    def delete(self, key: str, condition: Condition) -> None:
        self._check(key, condition)
        self.objects.pop(key, None)

    def list(self, prefix: str, page_size: int = 1000) -> Iterator[Listed]:
        """One LIST page after the other, each as of the moment it is asked for."""
        after = prefix
        while True:
            begun = takewhile(lambda key: key.startswith(prefix), self.objects.irange(after))
            keys = list(islice((key for key in begun if key != after or after == prefix), page_size))
            yield from [Listed(key, self.etag(key) or "", self.modified[key]) for key in keys]
            if len(keys) < page_size:
                return
            after = keys[-1]

    def _check(self, key: str, condition: Condition | None) -> None:
        if condition is None:
            return
        if self.etag(key) != condition.etag:
            raise WriteConflict(key)


class FakeState(FakeBucket):
    """The state bucket."""

    def get(self, key: str) -> Stored | None:
        etag = self.etag(key)
        return Stored(self.objects[key], etag) if etag else None

    def get_many(self, keys: Sequence[str]) -> Mapping[str, Stored | None]:
        return {key: self.get(key) for key in keys}

    def put(self, key: str, body: bytes, condition: Condition | None = None) -> str:
        self._check(key, condition)
        self.objects[key] = body
        return self.etag(key) or ""

    def put_many(self, objects: Mapping[str, bytes]) -> None:
        for key, body in objects.items():
            self.put(key, body)

    def values(self, prefix: str) -> Sequence[str]:
        found, start = [], prefix
        while (key := next(self.objects.irange(start), "")).startswith(prefix) and key:
            value, slash, _ = key.removeprefix(prefix).partition("/")
            if slash:
                found.append(value)
            start = f"{prefix}{value}0" if slash else key + "\x00"  # "0" follows "/"
        return found


class FakeSite(FakeBucket):
    """The site bucket; `pages` keeps the headers too."""

    def __init__(self) -> None:
        super().__init__()
        self.pages: dict[str, Page] = {}
        self.writes = 0

    def etags(self, keys: Sequence[str]) -> Mapping[str, str]:
        return {key: etag for key in keys if (etag := self.etag(key))}

    def put(self, page: Page, condition: Condition) -> None:
        self._check(page.key, condition)
        self.objects[page.key] = page.body
        self.pages[page.key] = page
        self.writes += 1

    def delete(self, key: str, condition: Condition) -> None:
        super().delete(key, condition)
        self.pages.pop(key, None)


class FakeInbox:
    """The inbox. Every upload is a minute after the one before, unless the test says when."""

    def __init__(self) -> None:
        self.uploads: dict[str, list[tuple[Version, bytes]]] = defaultdict(list)
        self._now = datetime(2026, 11, 20, 8, tzinfo=UTC)
        self._made = 0

    def upload(self, key: str, body: bytes, at: datetime | None = None) -> str:
        return self._add(key, body, at, deleted=False)

    def remove(self, key: str, at: datetime | None = None) -> str:
        return self._add(key, b"", at, deleted=True)

    def erase(self, key: str) -> int:
        return len(self.uploads.pop(key, []))

    def _add(self, key: str, body: bytes, at: datetime | None, *, deleted: bool) -> str:
        self._now = at or self._now + timedelta(minutes=1)
        self._made += 1
        ver = f"v{self._made:04d}"
        self.uploads[key].insert(0, (Version(ver, self._now, deleted), body))
        return ver

    def versions(self, key: str) -> Sequence[Version]:
        return [version for version, _ in self.uploads.get(key, ())]

    def read(self, key: str, ver: str, most: int) -> bytes:
        for version, body in self.uploads.get(key, ()):
            if version.ver == ver:
                return body[:most]
        raise StoreUnavailable(f"version {ver} of {key} is gone")

    def keys(self, prefix: str = "", after: str = "") -> Iterator[tuple[str, str]]:
        for key in sorted(self.uploads):
            if key.startswith(prefix) and key > after:
                yield key, self.uploads[key][0][0].ver


@dataclass
class FakeQueues:
    """The queues, as lists of what was asked for; what is delayed stays until a test delivers it."""

    renders: list[str] = field(default_factory=list)
    ingests: list[str] = field(default_factory=list)
    again: list[str] = field(default_factory=list)
    delayed: list[tuple[str, int]] = field(default_factory=list)

    def ask_renders(self, dirtied: Mapping[str, str]) -> None:
        self.renders.extend(dirtied)

    def ask_ingests(self, keys: Iterable[str], delay: int = 0) -> None:
        if delay:
            self.delayed.extend((key, delay) for key in keys)
        else:
            self.ingests.extend(keys)

    def ask_again(self, keys: Iterable[str]) -> None:
        self.again.extend(keys)
