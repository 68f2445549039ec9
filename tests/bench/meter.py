"""A meter between the workflows and their fakes: S3 calls, and the bytes of bodies that they move."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

from functions.core.page import Page
from tests.newsroom import Newsroom

LISTS, RELATED, OTHERS = "article and lists", "related", "older pages"
_OF_RELATED = ("doc/sig", "idx/sig")


class Count(NamedTuple):
    """S3 calls, and bytes moved either way."""

    calls: int
    bytes: int


class Meter:
    """Counts under the name of the part of the work that asked: `part`, or the related engine by the keys it reads."""

    def __init__(self, newsroom: Newsroom) -> None:
        self.part = LISTS
        self.calls: Counter[str] = Counter()
        self.bytes: Counter[str] = Counter()
        state, site, inbox = newsroom.state, newsroom.site, newsroom.inbox
        for port, names in ((state, "get put delete values"), (site, "put delete"), (inbox, "versions read")):
            for name in names.split():
                setattr(port, name, self._counted(getattr(port, name)))
        for bucket in (state, site):
            setattr(bucket, "list", self._counted_pages(bucket.list))  # noqa: B010 - a fake's method is replaced
        setattr(site, "etags", self._counted_heads(site.etags))  # noqa: B010 - likewise

    def reset(self) -> None:
        """Begin again at nothing."""
        self.calls.clear()
        self.bytes.clear()

    def counts(self) -> dict[str, Count]:
        """What was counted, by part."""
        return {part: Count(self.calls[part], self.bytes[part]) for part in self.calls}

    def _note(self, key: object, moved: int = 0, calls: int = 1) -> None:
        part = RELATED if isinstance(key, str) and key.startswith(_OF_RELATED) else self.part
        self.calls[part] += calls
        self.bytes[part] += moved

    def _counted(self, inner: Callable[..., Any]) -> Callable[..., Any]:
        def counted(*arguments: object, **named: object) -> object:
            answer = inner(*arguments, **named)
            self._note(arguments[0], sum(map(_size, (*arguments, answer))))
            return answer

        return counted

    def _counted_pages(self, inner: Callable[..., Iterator[Any]]) -> Callable[..., Iterator[Any]]:
        def counted(prefix: str, page_size: int = 1000) -> Iterator[Any]:
            self._note(prefix)
            for place, listed in enumerate(inner(prefix, page_size), 1):
                yield listed
                if place % page_size == 0:
                    self._note(prefix)

        return counted

    def _counted_heads(self, inner: Callable[..., Any]) -> Callable[..., Any]:
        def counted(keys: Sequence[str]) -> object:
            self._note(None, calls=len(keys))
            return inner(keys)

        return counted


def _size(value: object) -> int:
    if isinstance(value, bytes):
        return len(value)
    body = getattr(value, "body", b"") if isinstance(value, (Page, tuple)) else b""
    return len(body)
