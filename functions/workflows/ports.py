"""What workflows ask of the world; adapters and the tests' fakes answer.

Every conditional write that meets another state than expected raises WriteConflict; a service that does not answer
raises StoreUnavailable.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from functions.core.objects import Condition, Listed, Stored
from functions.core.page import Page
from functions.core.reading import Version
from functions.core.receipt import Letter, Receipt
from functions.workflows.memory import Memory


class Inbox(Protocol):
    """The editors' uploads, every version."""

    def versions(self, key: str) -> Sequence[Version]:
        """All versions of exactly this key, newest first; empty when there never was one."""
        ...

    def read(self, key: str, ver: str, most: int) -> bytes:
        """The first `most` bytes of one version; StoreUnavailable also where it is gone."""
        ...

    def keys(self, prefix: str = "", after: str = "") -> Iterator[tuple[str, str]]:
        """Every key with a prefix that has any version and comes after a key, with its newest version, in key order."""
        ...


class State(Protocol):
    """The state bucket."""

    def get(self, key: str) -> Stored | None: ...

    def get_many(self, keys: Sequence[str]) -> Mapping[str, Stored | None]: ...

    def put(self, key: str, body: bytes, condition: Condition | None = None) -> str:
        """The ETag of what has been written."""
        ...

    def put_many(self, objects: Mapping[str, bytes]) -> None:
        """Unconditional writes, in no particular order."""
        ...

    def delete(self, key: str, condition: Condition) -> None: ...

    def list(self, prefix: str, page_size: int = 1000) -> Iterator[Listed]:
        """In key order, asking for the next LIST page only when the one before is used up."""
        ...

    def values(self, prefix: str) -> Sequence[str]:
        """The distinct continuations of a prefix up to the next slash."""
        ...


class Site(Protocol):
    """The site bucket."""

    def etags(self, keys: Sequence[str]) -> Mapping[str, str]:
        """The ETags of those of the keys that exist."""
        ...

    def list(self, prefix: str) -> Iterator[Listed]: ...

    def put(self, page: Page, condition: Condition) -> None: ...

    def delete(self, key: str, condition: Condition) -> None: ...


class Queues(Protocol):
    """The queues; a message is a hint, never data."""

    def ask_renders(self, dirtied: Mapping[str, str]) -> None:
        """One message a group; the value is a nonce of its own, such as that just written into its dirty flag."""
        ...

    def ask_ingests(self, keys: Iterable[str], delay: int = 0) -> None:
        """One message an inbox key, to be delivered after so many seconds (at most 900)."""
        ...

    def ask_again(self, keys: Iterable[str]) -> None:
        """One message an inbox key for which no editor waits: however many there are, uploads do not queue behind."""
        ...


class Editors(Protocol):
    """Those who are told what became of uploads, beside the receipts that are kept."""

    def tell(self, receipt: Receipt, letter: Letter) -> None:
        """Total: that nobody can be told stops nothing."""
        ...


class Cdn(Protocol):
    """What stands between the site bucket and its readers, and remembers pages for minutes."""

    def purge(self, paths: Sequence[str]) -> None:
        """Forget what is cached under some paths, in ASCII; a star at the end stands for whatever follows."""
        ...


@dataclass(frozen=True, slots=True)
class Press:
    """What every workflow works with.

    `code` names the running code; `nonce` never gives one value twice; `memory` lasts as long as the warm function.
    `editors` is None where nobody wants to be told, `cdn` where nothing is cached.
    """

    code: str
    inbox: Inbox
    state: State
    site: Site
    queues: Queues
    nonce: Callable[[], str]
    memory: Memory = field(default_factory=Memory)
    editors: Editors | None = None
    cdn: Cdn | None = None
