"""A newsroom in memory: the workflows on fakes, and the words to drive them in a test."""

from collections.abc import Callable
from datetime import datetime
from itertools import count
from pathlib import Path

from functions.bootstrap.desk import desk_of
from functions.bootstrap.house import house_of
from functions.core import keys
from functions.core.build import Build
from functions.workflows.editing import Editor
from functions.workflows.ingest import ingest
from functions.workflows.now import current_build
from functions.workflows.ports import Press
from functions.workflows.rebuild import site_pages, take_inventory
from functions.workflows.reconcile import deploy
from functions.workflows.render import render
from functions.workflows.renew import renew
from functions.workflows.tick import tick
from tests.fakes import NOON, FakeInbox, FakeQueues, FakeSite, FakeState

SETTINGS = (Path(__file__).parent / "newsroom.toml").read_bytes()
IN_PARIS = SETTINGS.replace(b"Africa/Casablanca", b"Europe/Paris")  # ahead of UTC in every month, as Morocco is no more
Order = Callable[[list[str]], int]


def inbox_below(folder: Path, settings: bytes = SETTINGS) -> Path:
    """An inbox of a newsroom, with no article in it yet."""
    inbox = folder / "inbox"
    (inbox / "articles").mkdir(parents=True)
    (inbox / "newsroom.toml").write_bytes(settings)
    return inbox


def first(_: list[str]) -> int:
    """Messages in the order they were sent."""
    return 0


class Newsroom:
    """A press on fakes. `drain` delivers messages until none is left; `order` picks which comes next."""

    def __init__(self, settings: bytes = SETTINGS, now: datetime = NOON) -> None:
        self.inbox, self.state, self.site, self.queues = FakeInbox(), FakeState(), FakeSite(), FakeQueues()
        nonces = count(1)
        self.press = Press("code", self.inbox, self.state, self.site, self.queues, lambda: f"nonce-{next(nonces)}")
        self.now = now
        self.inbox.upload("newsroom.toml", settings)
        deploy(self.press)
        self.drain()

    def upload(self, key: str, body: bytes | str) -> str:
        """An editor saves a file; its event is queued."""
        ver = self.inbox.upload(key, body.encode() if isinstance(body, str) else body)
        self.queues.ingests.append(key)
        return ver

    def remove(self, key: str) -> None:
        """An editor deletes a file; its event is queued."""
        self.inbox.remove(key)
        self.queues.ingests.append(key)

    def drain(self, order: Order = first) -> None:
        """Deliver every message, ingests before renders."""
        while waiting := self.queues.ingests or self.queues.again or self.queues.renders:
            message = waiting.pop(order(waiting))
            (self.render if waiting is self.queues.renders else self.ingest)(message)

    def ingest(self, key: str) -> None:
        if key == keys.SETTINGS_KEY:
            renew(self.press, desk_of)
        else:
            ingest(self.press, desk_of, key, self.now)

    def render(self, group: str, *, forced: bool = False) -> None:
        render(self.press, house_of, group, forced=forced, in_time=lambda: True)

    def renew(self, settings: bytes) -> None:
        """A new newsroom.toml is uploaded and taken in."""
        self.inbox.upload("newsroom.toml", settings)
        renew(self.press, desk_of)
        self.drain()

    def tick(self, now: datetime) -> None:
        """The clock strikes."""
        self.now = now
        tick(self.press, now)
        self.drain()

    @property
    def build(self) -> Build:
        """The build in force."""
        return current_build(self.press)

    def rebuilt(self) -> dict[str, bytes]:
        """The site as a rebuild would make it."""
        build = self.build
        editor = Editor(self.inbox, desk_of(build.settings), build)
        pages = site_pages(take_inventory(editor, self.now), editor.inbox, house_of(build.settings))
        return {page.key: page.body for page in pages}

    def page(self, key: str) -> str:
        """The text of a site object."""
        return self.site.objects[key].decode()
