"""One handler that freezes at a request, while somebody does something else and the world goes on; it thaws last.

A frozen one may be so late that its message has come again meanwhile. Once it has thawed it may die of its next step.
"""

from collections.abc import Callable, Iterable
from copy import deepcopy
from typing import Literal, NamedTuple, TypeVar

from greenlet import getcurrent, greenlet

from functions.core.errors import RotativeError
from tests.simulation.crashes import drain, settle
from tests.simulation.faults import Stopped, suffer
from tests.simulation.ports import Request
from tests.simulation.sqs import Message, Queue
from tests.simulation.world import Quiet, World

T = TypeVar("T")
End = Literal["none", "after", "lost"]


class Story(NamedTuple):
    """What stands before, what then begins, and what happens while it is frozen."""

    before: Callable[[World], None]
    then: Callable[[World], None]
    meanwhile: Callable[[World], None]


class Frozen(NamedTuple):
    """A handler that does not go on."""

    run: greenlet
    queue: Queue
    message: Message
    receipt: int


class Freezing:
    """A wire on which the n-th request waits for its handler to thaw, and then ends like this."""

    def __init__(self, place: int, end: End) -> None:
        self.requests: list[Request] = []
        self._place = place
        self._end = end
        self._main = getcurrent()

    def carry(self, request: Request, act: Callable[[], T]) -> T:
        self.requests.append(request)
        if len(self.requests) - 1 != self._place:
            return act()
        self._main.switch()
        return suffer(self._end, request, act, act)

    def shuffled(self, items: Iterable[T]) -> list[T]:
        return list(items)


def start(world: World, story: Story) -> World:
    """The world before the story, at rest."""
    story.before(world)
    drain(world)
    return world


def live_through(
    standing: World, story: Story, place: int, end: End, *, late: bool
) -> tuple[list[Request], tuple[str, ...]]:
    """The requests made, and what is not as a rebuild has it after a handler froze at one of them."""
    world = deepcopy(standing)
    wire = world.wire = Freezing(place, end)
    story.then(world)
    frozen = _run_until_frozen(world)
    world.wire = Quiet()
    if frozen:
        if late:
            frozen.queue.expire(frozen.message)
        story.meanwhile(world)
        drain(world)
        world.later(400)
        _thaw(frozen)
    settle(world)
    return wire.requests, tuple(world.differences())


def _run_until_frozen(world: World) -> Frozen | None:
    """Deliver messages one by one, until a handler freezes or none is left."""
    press = world.press(world.code)
    works = (world.tasks, world.on_task), (world.ingests, world.on_ingest), (world.renders, world.on_render)
    while found := next(((queue, work) for queue, work in works if queue.deliverable()), None):
        queue, work = found
        message = queue.deliverable()[0]
        frozen = Frozen(greenlet(work), queue, message, queue.receive(message))
        frozen.run.switch(press, message.body, frozen.receipt)
        if not frozen.run.dead:
            return frozen
        queue.succeed(message, frozen.receipt)
    return None


def _thaw(frozen: Frozen) -> None:
    try:
        frozen.run.switch()
    except (Stopped, RotativeError):
        frozen.queue.fail(frozen.message, frozen.receipt)
    else:
        frozen.queue.succeed(frozen.message, frozen.receipt)
