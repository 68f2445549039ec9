"""A model of S3: strong consistency a key, conditional writes, LIST in pages, every version of an upload.

Each method is one request, and happens at once; what goes wrong between request and answer is the wire's affair.
"""

import hashlib
from bisect import bisect_left, insort
from collections.abc import Callable, Sequence
from copy import copy, deepcopy
from datetime import datetime
from typing import Any, NamedTuple, Self

from functions.core.errors import WriteConflict
from functions.core.objects import Condition, Listed
from functions.core.page import Page
from functions.core.reading import Version

Clock = Callable[[], datetime]


class Stored(NamedTuple):
    """An object at rest; `page` tells the headers, of an object of the site."""

    body: bytes
    etag: str
    modified: datetime
    page: Page | None = None


def etag_of(body: bytes) -> str:
    """The ETag of a single-part upload under SSE-S3."""
    return f'"{hashlib.md5(body, usedforsecurity=False).hexdigest()}"'


class Bucket:
    """Objects by key. `writes` counts every change."""

    def __init__(self, clock: Clock) -> None:
        self.objects: dict[str, Stored] = {}
        self.writes = 0
        self._clock = clock
        self._keys: list[str] = []  # in code point order, which is that of UTF-8

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        """What lies in it never changes, so a copy needs no copies of that."""
        other = copy(self)
        memo[id(self)] = other
        other.objects, other._keys = dict(self.objects), list(self._keys)
        other._clock = deepcopy(self._clock, memo)
        return other

    def get(self, key: str) -> Stored | None:
        return self.objects.get(key)

    def put(self, key: str, body: bytes, condition: Condition | None = None, page: Page | None = None) -> str:
        """The ETag. Raises WriteConflict where S3 answers 412, or 404 to If-Match on a missing key."""
        self._check(key, condition)
        if key not in self.objects:
            insort(self._keys, key)
        written = self.objects[key] = Stored(body, etag_of(body), self._clock(), page)
        self.writes += 1
        return written.etag

    def delete(self, key: str, condition: Condition | None) -> None:
        """Raises WriteConflict where S3 answers 412, or 404 to If-Match on a missing key."""
        self._check(key, condition)
        if self.objects.pop(key, None) is not None:
            del self._keys[bisect_left(self._keys, key)]
            self.writes += 1

    def page(self, prefix: str, after: str, size: int) -> list[Listed]:
        """One LIST page: the first `size` keys with the prefix that come after a key."""
        found: list[Listed] = []
        for place in range(bisect_left(self._keys, max(prefix, after)), len(self._keys)):
            key = self._keys[place]
            if not key.startswith(prefix) or len(found) == size:
                break
            if key != after:
                found.append(Listed(key, self.objects[key].etag, self.objects[key].modified))
        return found

    def prefixes(self, prefix: str) -> list[str]:
        """LIST with the delimiter `/`: the distinct continuations of a prefix, in order."""
        found: list[str] = []
        for key in self._keys[bisect_left(self._keys, prefix) :]:
            if not key.startswith(prefix):
                break
            value, slash, _ = key.removeprefix(prefix).partition("/")
            if slash and (not found or found[-1] != value):
                found.append(value)
        return found

    def _check(self, key: str, condition: Condition | None) -> None:
        standing = self.objects.get(key)
        if condition is not None and (standing.etag if standing else None) != condition.etag:
            raise WriteConflict(key)


class Uploads:
    """The inbox: a versioned bucket that editors write to. S3 tells a version's time to the second."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._versions: dict[str, list[tuple[Version, bytes]]] = {}
        self._count = 0

    def put(self, key: str, body: bytes) -> str:
        return self._add(key, body, deleted=False)

    def delete(self, key: str) -> str:
        return self._add(key, b"", deleted=True)

    def versions(self, key: str) -> Sequence[Version]:
        return [version for version, _ in self._versions.get(key, ())]

    def read(self, key: str, ver: str, most: int) -> bytes:
        return next(body for version, body in self._versions[key] if version.ver == ver)[:most]

    def erase(self, key: str) -> int:
        """Every version of a key, for good."""
        return len(self._versions.pop(key, []))

    def erase_newest(self, key: str) -> None:
        """The newest version of a key, for good."""
        del self._versions[key][0]
        if not self._versions[key]:
            del self._versions[key]

    def page(self, prefix: str, after: str, size: int) -> list[tuple[str, str]]:
        """One page of the keys with a prefix that have any version, each with its newest."""
        found = [key for key in sorted(self._versions) if key.startswith(prefix) and key > after]
        return [(key, self._versions[key][0][0].ver) for key in found[:size]]

    def _add(self, key: str, body: bytes, *, deleted: bool) -> str:
        self._count += 1
        version = Version(f"v{self._count:03d}", self._clock().replace(microsecond=0), deleted)
        self._versions.setdefault(key, []).insert(0, (version, body))
        return version.ver
