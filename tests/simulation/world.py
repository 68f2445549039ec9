"""The press in the model: buckets, queues, a clock, and the functions that answer their events."""

import json
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar
from urllib.parse import quote_plus

from functions.bootstrap.desk import desk_of
from functions.core import keys
from functions.core.build import Build
from functions.core.errors import NotSettled
from functions.core.messages import group_of, keys_of
from functions.core.page import Page
from functions.core.settings import Settings
from functions.core.site.house import House
from functions.workflows import intake
from functions.workflows.editing import Editor
from functions.workflows.erase import erase
from functions.workflows.ingest import ingest
from functions.workflows.install import settings_in_force
from functions.workflows.now import as_of
from functions.workflows.ports import Press
from functions.workflows.rebuild import Basis, compare, rebuild, settle, site_pages, take_inventory, take_stock
from functions.workflows.reconcile import deploy, reconcile_full, reconcile_light
from functions.workflows.render import render
from functions.workflows.renew import renew
from functions.workflows.tick import tick
from tests.simulation import pure
from tests.simulation.ports import ModelInbox, ModelQueues, ModelSite, ModelState, Request, Wire
from tests.simulation.s3 import Bucket, Uploads
from tests.simulation.sqs import Queue

T = TypeVar("T")
SETTINGS = (Path(__file__).parents[1] / "newsroom.toml").read_text()
HouseOf = Callable[[Settings, str], House]


class Quiet:
    """A wire on which nothing goes wrong."""

    def carry(self, request: Request, act: Callable[[], T]) -> T:
        return act()

    def shuffled(self, items: Iterable[T]) -> list[T]:
        return list(items)


class World:
    """Everything that lasts. `wire` may be exchanged at any time; `code` is what was deployed last."""

    def __init__(self, house_of: HouseOf = pure.plain_house) -> None:
        self.now = datetime(2026, 11, 20, 12, tzinfo=UTC)
        self.wire: Wire = Quiet()
        self.code = "one"
        self.house_of = house_of
        self.uploads = Uploads(self._clock)
        self.state, self.site = Bucket(self._clock), Bucket(self._clock)
        self.ingests, self.renders = Queue(self._clock, fifo=False), Queue(self._clock, fifo=True)
        self.tasks = Queue(self._clock, fifo=False)
        self._nonces = 0
        self.uploads.put(keys.SETTINGS_KEY, SETTINGS.encode())
        deploy(self.press(self.code))

    def _clock(self) -> datetime:
        return self.now

    def carry(self, request: Request, act: Callable[[], T]) -> T:
        return self.wire.carry(request, act)

    def shuffled(self, items: Iterable[T]) -> list[T]:
        return self.wire.shuffled(items)

    def nonce(self) -> str:
        self._nonces += 1
        return f"n{self._nonces}"

    def press(self, code: str) -> Press:
        """The press as a worker with this code sees it who has just started, and remembers nothing."""
        return Press(
            code,
            ModelInbox(self, self.uploads),
            ModelState(self, self.state),
            ModelSite(self, self.site),
            ModelQueues(self, self.ingests, self.renders),
            self.nonce,
        )

    # --- what people do ---

    def upload(self, key: str, body: str | bytes) -> None:
        """An editor saves a file; S3 tells the ingest queue."""
        self.uploads.put(key, body.encode() if isinstance(body, str) else body)
        self.notify(key)

    def remove(self, key: str) -> None:
        """An editor deletes a file; S3 tells the ingest queue."""
        self.uploads.delete(key)
        self.notify(key)

    def delete_for_good(self, key: str) -> None:
        """An operator deletes the newest version of a file, which leaves no marker; S3 tells of that too."""
        self.uploads.erase_newest(key)
        self.notify(key)

    def deploy(self, code: str) -> None:
        """New code is there; workers with the old one may live on for a while."""
        self.code = code
        self.tasks.send("deploy")

    def notify(self, key: str) -> None:
        """S3 says that something happened to a key; it may say so twice."""
        self.ingests.send(json.dumps({"Records": [{"s3": {"object": {"key": quote_plus(key)}}}]}))

    # --- what the functions do with an event, as functions/handlers has it ---

    def on_ingest(self, press: Press, body: str, receipt: int) -> None:
        for key in keys_of(body):
            if key == keys.SETTINGS_KEY:
                renew(press, desk_of)
            else:
                ingest(press, desk_of, key, self.now)

    def on_render(self, press: Press, body: str, receipt: int) -> None:
        def house_of(settings: Settings) -> House:
            return self.house_of(settings, press.code)

        render(press, house_of, group_of(body), forced=receipt > 1, in_time=lambda: True)

    def on_task(self, press: Press, body: str, receipt: int) -> None:
        """What schedules start, and deployments."""
        if body == "tick":
            tick(press, self.now)
        elif body == "light":
            reconcile_light(press, self.now)
        elif body in {"intake begins", "intake ends"}:
            (intake.begin if body == "intake begins" else intake.end)(press)
        elif body == "rebuild":
            rebuild(press.site, compare(press.site, lambda: self._basis(press)))
        elif body.startswith("erase "):
            self._erase(press, body)
        else:
            (deploy if body == "deploy" else reconcile_full)(press)

    def _erase(self, press: Press, body: str) -> None:
        """Whoever is told to wait tries again in a while."""
        try:
            erase(press, self.uploads, body.removeprefix("erase "), by="direction", reason="La loi", now=self.now)
        except NotSettled:
            self.tasks.send(body, delay=30)

    # --- the proof ---

    def differences(self) -> list[str]:
        """What is not as a rebuild has it: pages with their headers, flags left over, the newest versions' receipts."""
        wire, self.wire = self.wire, Quiet()
        try:
            return [*self._pages(), *self._flags(), *self._receipts()]
        finally:
            self.wire = wire

    def build(self) -> Build:
        """The build that ought to be in force."""
        settings = settings_in_force(self.press(self.code))
        assert settings is not None
        return Build(code=self.code, settings=settings)

    def rebuilt(self) -> dict[str, Page]:
        """The site as a rebuild would make it, by key."""
        editor, house, hour = self._basis(self.press(self.code))
        return {page.key: page for page in site_pages(take_inventory(editor, hour), editor.inbox, house)}

    def _basis(self, press: Press) -> Basis:
        build = self.build()
        house = self.house_of(build.settings, build.code)
        return Basis(Editor(press.inbox, desk_of(build.settings), build), house, as_of(press) or self.now)

    def _pages(self) -> Iterator[str]:
        wanted = self.rebuilt()
        standing = {key for key in self.site.objects if not key.startswith(keys.PREVIEWS)}
        for key in sorted(wanted.keys() | standing):
            found = self.site.objects.get(key)
            page = wanted.get(key)
            if found is None:
                yield f"missing {key}"
            elif page is None:
                yield f"orphan {key}"
            elif found.page != page:
                yield f"different {key}"

    def _flags(self) -> Iterator[str]:
        yield from (f"flagged {flag.key}" for flag in self.state.page(keys.DIRTY, "", 10**6))

    def _receipts(self) -> Iterator[str]:
        build, press = self.build(), self.press(self.code)
        editor, hour = Editor(press.inbox, desk_of(build.settings), build), as_of(press) or self.now
        stocks = [stock for key, _ in press.inbox.keys() if (stock := take_stock(editor, key, hour))]
        for receipt, _ in settle(editor, stocks, hour):
            stored = self.state.get(keys.receipt(receipt.id, receipt.ver))
            if stored is None or stored.body != receipt.canonical():
                yield f"receipt {receipt.key}"

    def later(self, seconds: float) -> None:
        """Time passes."""
        self.now += timedelta(seconds=seconds)
