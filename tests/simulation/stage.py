"""A stage: handlers that go on, freeze or die where a scene says so, request by request."""

from collections.abc import Callable
from typing import Self, TypeVar

from greenlet import getcurrent, greenlet

from functions.core.errors import RotativeError
from tests.simulation.faults import Fault, Stopped, suffer
from tests.simulation.ports import Request
from tests.simulation.world import Quiet, World

T = TypeVar("T")


class Stage(Quiet):
    """A wire on which an actor waits in front of each of its requests; nobody else waits."""

    def carry(self, request: Request, act: Callable[[], T]) -> T:
        director = getcurrent().parent
        return suffer(director.switch(request), request, act, act) if director else act()


class Actor:
    """A cold worker with the first message of a queue that is `about` something, in front of its first request.

    Its code is the newest, unless it has lived on since an older one.
    """

    def __init__(self, world: World, about: str, code: str | None = None) -> None:
        works = (world.ingests, world.on_ingest), (world.renders, world.on_render)
        self._queue, work, self._message = next(
            (queue, work, message) for queue, work in works for message in queue.deliverable() if about in message.body
        )
        self._receipt = self._queue.receive(self._message)
        self._run = greenlet(work)
        self._at: Request = self._run.switch(world.press(code or world.code), self._message.body, self._receipt)

    def stops_before(self, verb: str, key: str = "") -> Self:
        """It freezes in front of a request about a key that begins like this, and must come to it."""
        while (self._at.verb, self._at.key[: len(key)]) != (verb, key):
            self._goes_on("none")
            assert not self._run.dead, f"no {verb} {key}"
        return self

    def goes_on(self) -> Self:
        """By the one request that it freezes in front of."""
        self._goes_on("none")
        return self

    def hears_nothing(self) -> Self:
        """The answer to the request that it freezes in front of gets lost, and is asked for again."""
        self._goes_on("lost")
        return self

    def is_late(self) -> Self:
        """Its message is in sight again: it will be given to another while this one freezes."""
        self._queue.expire(self._message)
        return self

    def dies_of_its_next_write(self) -> None:
        """It goes on until it has written something, and dies of that; or there was nothing to write, and it ends."""
        while not self._run.dead:
            self._goes_on("after" if self._at.writes else "none")

    def ends(self) -> None:
        """It goes on to its end."""
        while not self._run.dead:
            self._goes_on("none")

    def _goes_on(self, fault: Fault) -> None:
        try:
            answer = self._run.switch(fault)
        except (Stopped, RotativeError):
            self._queue.fail(self._message, self._receipt)
        else:
            if self._run.dead:
                self._queue.succeed(self._message, self._receipt)
            else:
                self._at = answer
