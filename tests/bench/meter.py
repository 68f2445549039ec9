"""A meter between the workflows and their fakes: S3 calls, and the bytes of bodies that they move."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

from functions.core import keys
from functions.core.page import Page
from functions.core.related.subjects import CANDIDATES
from tests.newsroom import Newsroom

LISTS, RELATED, OTHERS = "article and lists", "related", "older pages"


class Count(NamedTuple):
    """S3 calls, and bytes moved either way."""

    calls: int
    bytes: int


class Meter:
    """Counts under the name of the part of the work that asked: `part`, or the related engine by the keys it reads.

    Those are its documents and, while the page of the article `own` is made, the records of other articles.
    """

    def __init__(self, newsroom: Newsroom) -> None:
        self.part = LISTS
        self.own = ""
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
        related = self.part == LISTS and isinstance(key, str) and self._is_of_related(key)
        part = RELATED if related else self.part
        self.calls[part] += calls
        self.bytes[part] += moved

    def _is_of_related(self, key: str) -> bool:
        candidate = bool(self.own) and key.startswith(keys.RECORDS) and key != keys.record(self.own)
        return key.startswith((keys.POSTINGS, keys.document(CANDIDATES, "").removesuffix(".json"))) or candidate

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
