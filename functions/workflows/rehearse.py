"""Rehearse: what uploads would do, by the workflows that would do it, on ports that keep every write to themselves."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from heapq import merge
from itertools import count
from typing import NamedTuple

from functions.core import keys
from functions.core.desk import Desk
from functions.core.errors import WriteConflict
from functions.core.objects import Condition, Listed, Stored
from functions.core.page import Page
from functions.core.reading import Version
from functions.core.receipt import Receipt
from functions.core.settings import Settings
from functions.core.site.house import House
from functions.workflows.ingest import ingest
from functions.workflows.ports import Inbox, Press, Site, State
from functions.workflows.render import render
from functions.workflows.renew import renew

DRY = "dry-run"  # the version of what is not uploaded


class Change(NamedTuple):
    """What would become of a site key: the page that would be written, None if it would be deleted."""

    key: str
    page: Page | None


class Rehearsal(NamedTuple):
    """The receipts that the uploads would get, and every change of the site, in key order."""

    receipts: tuple[Receipt, ...]
    changes: tuple[Change, ...]


def rehearse(
    press: Press,
    desk_of: Callable[[Settings], Desk],
    house_of: Callable[[Settings], House],
    uploads: Mapping[str, bytes],
    now: datetime,
) -> Rehearsal:
    """What uploading these bytes to these inbox keys would do. Reads the press, writes nothing."""
    queues, site = _Queues(), _Site(press.site, now)
    inbox, state = _Inbox(press.inbox, uploads, now), _State(press.state, now)
    dry = Press(press.code, inbox, state, site, queues, press.nonce)

    def take_in(key: str) -> Receipt | None:
        return renew(dry, desk_of).receipt if key == keys.SETTINGS_KEY else ingest(dry, desk_of, key, now)

    receipts = [take_in(key) for key in uploads]
    while queues.ingests or queues.renders:
        if queues.ingests:
            take_in(queues.ingests.pop(0))
        else:
            group = next(iter(queues.renders))
            del queues.renders[group]
            render(dry, house_of, group, forced=False, in_time=lambda: True)
    changes = tuple(Change(key, page) for key, page in sorted(site.changes.items()))
    return Rehearsal(tuple(filter(None, receipts)), changes)


class _Inbox:
    """An inbox as it will be."""

    def __init__(self, below: Inbox, uploads: Mapping[str, bytes], now: datetime) -> None:
        self._below, self._uploads, self._now = below, uploads, now

    def versions(self, key: str) -> Sequence[Version]:
        new = [Version(DRY, self._now)] if key in self._uploads else []
        return [*new, *self._below.versions(key)]

    def read(self, key: str, ver: str, most: int) -> bytes:
        return self._uploads[key][:most] if ver == DRY else self._below.read(key, ver, most)

    def keys(self, prefix: str = "", after: str = "") -> Iterator[tuple[str, str]]:
        below = (found for found in self._below.keys(prefix, after) if found[0] not in self._uploads)
        new = (key for key in sorted(self._uploads) if key.startswith(prefix) and key > after)
        return merge(below, ((key, DRY) for key in new))


class _State:
    """A state bucket as it would be: what was written here stands before what is below."""

    def __init__(self, below: State, now: datetime) -> None:
        self._below, self._now = below, now
        self._changes: dict[str, Stored | None] = {}
        self._etags = count(1)

    def get(self, key: str) -> Stored | None:
        return self._changes[key] if key in self._changes else self._below.get(key)

    def get_many(self, keys: Sequence[str]) -> Mapping[str, Stored | None]:
        below = self._below.get_many([key for key in keys if key not in self._changes])
        return {key: self._changes[key] if key in self._changes else below[key] for key in keys}

    def put(self, key: str, body: bytes, condition: Condition | None = None) -> str:
        standing = self.get(key) if condition else None
        if condition and condition.etag != (standing.etag if standing else None):
            raise WriteConflict(key)
        written = self._changes[key] = Stored(body, f'"{DRY}-{next(self._etags)}"')
        return written.etag

    def put_many(self, objects: Mapping[str, bytes]) -> None:
        for key, body in objects.items():
            self.put(key, body)

    def delete(self, key: str, condition: Condition) -> None:
        self._changes[key] = None

    def list(self, prefix: str, page_size: int = 1000) -> Iterator[Listed]:
        own = [Listed(key, found.etag, self._now) for key, found in self._changes.items() if found]
        return _merged(self._below.list(prefix, page_size), own, self._changes, prefix)

    def values(self, prefix: str) -> Sequence[str]:
        own = (key.removeprefix(prefix) for key, found in self._changes.items() if found and key.startswith(prefix))
        return sorted({*self._below.values(prefix), *(rest.split("/")[0] for rest in own if "/" in rest)})


class _Site:
    """A site bucket as it would be; `changes` holds what was written, None for what was deleted."""

    def __init__(self, below: Site, now: datetime) -> None:
        self._below, self._now = below, now
        self.changes: dict[str, Page | None] = {}

    def etags(self, keys: Sequence[str]) -> Mapping[str, str]:
        below = self._below.etags([key for key in keys if key not in self.changes])
        return {**below, **{key: page.etag for key in keys if (page := self.changes.get(key))}}

    def list(self, prefix: str) -> Iterator[Listed]:
        own = [Listed(key, page.etag, self._now) for key, page in self.changes.items() if page]
        return _merged(self._below.list(prefix), own, self.changes, prefix)

    def put(self, page: Page, condition: Condition) -> None:
        self.changes[page.key] = page

    def delete(self, key: str, condition: Condition) -> None:
        self.changes[key] = None


def _merged(
    below: Iterable[Listed], own: Iterable[Listed], changed: Mapping[str, object], prefix: str
) -> Iterator[Listed]:
    kept = (found for found in below if found.key not in changed)
    return merge(kept, sorted(found for found in own if found.key.startswith(prefix)), key=lambda found: found.key)


class _Queues:
    """Queues whose messages stay here; a group that is asked for twice is rendered once."""

    def __init__(self) -> None:
        self.ingests: list[str] = []
        self.renders: dict[str, None] = {}

    def ask_renders(self, dirtied: Mapping[str, str]) -> None:
        self.renders.update(dict.fromkeys(dirtied))

    def ask_ingests(self, keys: Iterable[str], delay: int = 0) -> None:
        if not delay:
            self.ingests.extend(keys)

    def ask_again(self, keys: Iterable[str]) -> None:
        self.ingests.extend(keys)
