"""Whole archives: as many uploads at once are an intake, as for `rotative import`."""

import threading
import time

from functions.bootstrap.press import press as functions_press
from functions.workflows import intake
from infra.local.cloud import LocalCloud
from infra.local.inbox import InboxFolder

MANY = 50  # new files; as many uploads would print each other's related boxes again and again
_PAUSE = 0.1  # seconds
_RENEWED = 300.0  # seconds; of an intake that nobody speaks of for 15 minutes, reconcile says that it is over


class Archives:
    """Notices archives; `stopping` ends whatever it waits for."""

    def __init__(self, cloud: LocalCloud, stopping: threading.Event) -> None:
        self._cloud = cloud
        self._stopping = stopping

    def take_in(self, inbox: InboxFolder) -> None:
        """What is new in a folder."""
        if inbox.backlog() >= MANY:
            intake.begin(functions_press())
        inbox.sync_articles()
        self._end()  # or one that the last run did not come to the end of

    def watch(self) -> None:
        """Until the press stops: what comes while it runs, unless somebody else has begun an intake."""
        press = functions_press()
        while not self._stopping.wait(_PAUSE):
            if self._waiting() >= MANY and not intake.under_way(press):
                with self._cloud.runtime:  # busy, so that nobody finds the press quiet before the end
                    intake.begin(press)
                    self._end()

    def _end(self) -> None:
        """Once every upload has been taken in."""
        press, heard = functions_press(), time.monotonic()
        while self._waiting():
            if self._stopping.wait(_PAUSE):
                return
            if time.monotonic() - heard > _RENEWED and intake.under_way(press):
                intake.begin(press)
                heard = time.monotonic()
        intake.end(press)

    def _waiting(self) -> int:
        return sum(pump.depth for pump in self._cloud.pumps if pump.takes_in)
