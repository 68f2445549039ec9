"""Every workflow, stopped at every request: before it, after it, with its answer lost.

One worker, messages in order: what happens is a function of the plan alone. After a stop the message comes again.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from copy import deepcopy
from typing import NamedTuple, TypeVar

from functions.core.errors import RotativeError
from functions.workflows.ports import Press
from tests.simulation.faults import Fault, Stopped, suffer
from tests.simulation.ports import Request
from tests.simulation.sqs import Queue
from tests.simulation.world import Quiet, World

T = TypeVar("T")
Plan = Mapping[int, Fault]
_MOST_MESSAGES = 2_000


class NeverQuietError(Exception):
    """Messages without end."""


class Workflow(NamedTuple):
    """What stands before, and what then happens under faults."""

    before: Callable[[World], None]
    then: Callable[[World], None]


class Result(NamedTuple):
    """A plan carried out: the requests, which of them are a message's first, and what is not as a rebuild has it."""

    requests: tuple[Request, ...]
    starts: frozenset[int]
    differences: tuple[str, ...]


class Planned:
    """A wire on which the n-th request meets the fault that the plan has for it."""

    def __init__(self, plan: Plan) -> None:
        self.requests: list[Request] = []
        self.starts: set[int] = set()
        self._plan = plan

    def carry(self, request: Request, act: Callable[[], T]) -> T:
        self.requests.append(request)
        fault = self._plan.get(len(self.requests) - 1, "none")
        return suffer(fault, request, act, act)

    def shuffled(self, items: Iterable[T]) -> list[T]:
        return list(items)


def drain(world: World) -> None:
    """Deliver every message, and those that come of it, until none is left. A worker that was stopped starts cold."""
    warm: dict[str, Press] = {}
    queues: Sequence[tuple[Queue, Callable[[Press, str, int], None]]] = (
        (world.tasks, world.on_task), (world.ingests, world.on_ingest), (world.renders, world.on_render)
    )  # fmt: skip
    for _ in range(_MOST_MESSAGES):
        found = next(((queue, work) for queue, work in queues if queue.deliverable()), None)
        if found is None:
            return
        queue, work = found
        message = queue.deliverable()[0]
        receipt = queue.receive(message)
        if isinstance(world.wire, Planned):
            world.wire.starts.add(len(world.wire.requests))
        try:
            work(warm.setdefault(world.code, world.press(world.code)), message.body, receipt)
        except Stopped:
            warm.clear()
            queue.fail(message, receipt)
        except RotativeError:
            queue.fail(message, receipt)
        else:
            queue.succeed(message, receipt)
    raise NeverQuietError


def settle(world: World) -> None:
    """Deliver everything, also what the clock and reconcile find in the next half an hour."""
    for task in ("tick", "light", "tick"):
        drain(world)
        world.later(600)
        world.tasks.send(task)
    drain(world)


def prepared(workflow: Workflow) -> World:
    """The world before the workflow, at rest."""
    world = World()
    workflow.before(world)
    drain(world)
    return world


def carry_out(start: World, workflow: Workflow, plan: Plan) -> Result:
    """One plan, from a copy of the start."""
    world = deepcopy(start)
    wire = world.wire = Planned(plan)
    workflow.then(world)
    drain(world)
    world.wire = Quiet()
    for _ in range(2):
        world.later(60)
        world.tasks.send("tick")
        drain(world)
    return Result(tuple(wire.requests), frozenset(wire.starts), tuple(world.differences()))


def single_faults(run: Result) -> Iterator[tuple[int, Fault]]:
    """Every request in turn: a stop before it, a stop after it, its answer lost, a refusal with nothing written.

    A stop that leaves what another one leaves is tried once: nothing happens between two requests, a read changes
    nothing, and what a stopped worker knew is gone.
    """
    for place, request in enumerate(run.requests):
        first, last = place in run.starts, place + 1 in run.starts or place + 1 == len(run.requests)
        if first or run.requests[place - 1].writes:
            yield place, "before"
        if last:
            yield place, "after"
        if request.writes:
            yield place, "lost"
        if request.conditional:
            yield place, "conflict"


def pairs(run: Result, carry: Callable[[Plan], Result]) -> Iterator[Plan]:
    """Every two stops: the second one is drawn from what really follows the first."""
    for place, fault in single_faults(run):
        if fault in {"before", "after"}:
            following = carry({place: fault})
            for second, other in single_faults(following):
                if second > place and other in {"before", "after"}:
                    yield {place: fault, second: other}
