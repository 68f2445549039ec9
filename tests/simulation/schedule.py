"""A schedule: handlers interleaved request by request, faults, zombies and doubles, all drawn from one seed.

Plain synchronous workflow code runs in greenlets; every request to a service is a point at which another may go on.
"""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from random import Random
from typing import NamedTuple, TypeVar

from greenlet import getcurrent, greenlet

from functions.core import keys
from functions.core.errors import RotativeError
from functions.workflows import lists
from functions.workflows.ports import Press
from tests.simulation import pure
from tests.simulation.editors import Editors
from tests.simulation.faults import Fault, Stopped, possible, suffer
from tests.simulation.ports import Request
from tests.simulation.sqs import Message, Queue
from tests.simulation.watch import Watch
from tests.simulation.world import HouseOf, World

T = TypeVar("T")
_MOST_STEPS, _MOST_WORKERS = 60_000, 6
_FOR_EVER = 10**9
_STRIKES = 2


class Outcome(NamedTuple):
    """How a schedule ended. `differences` is empty when the site is that of a rebuild."""

    seed: int
    differences: tuple[str, ...]
    steps: int
    faults: int
    digest: str


@dataclass(eq=False)
class Worker:
    """A running function with the message that it answers; `frozen` until that step."""

    name: str
    queue: Queue
    message: Message
    receipt: int
    press: Press
    run: greenlet
    frozen: int = 0


class Luck:
    """How the chances of a schedule are set: some are calm, some are wild."""

    def __init__(self, random: Random) -> None:
        self.fault = random.choice((0, 0.003, 0.01, 0.03))
        self.freeze = random.choice((0, 0.003, 0.01, 0.04))
        self.expire = random.choice((0.001, 0.01, 0.05))
        self.weights = {
            "act": random.choice((0.02, 0.1, 0.5, 5)),
            "ingests": random.choice((0.3, 1, 3)),
            "renders": random.choice((0.1, 0.3, 1, 3)),
            "tasks": random.choice((0.1, 1)),
            "tick": random.choice((0.003, 0.03)),
            "light": 0.003,
            "full": random.choice((0, 0.003)),
            "deploy": random.choice((0, 0, 0.01)),
            "step": 6,
            "thaw": 6,
        }


class Schedule:
    """One world and everything that happens in it."""

    def __init__(
        self, seed: int, house_of: HouseOf = pure.plain_house, tell: Callable[[str], None] | None = None
    ) -> None:
        self.world = World(house_of)
        self._seed = seed
        self._random = Random(seed)
        self._luck = Luck(self._random)
        self._editors = Editors(self._random)
        self._workers: list[Worker] = []
        self._idle: list[Press] = []
        self._bereft = False  # a worker died of which nobody knew: flags without a message are reconcile's to find
        self._running: Worker | None = None
        self._faults_left = self._most_faults = self._random.choice((0, 2, 6, 12))
        lists._FEW, lists._MUCH = self._random.choice(((0, 0), (1, 2)))
        self._acts_left = self._random.choice((4, 8, 12))
        self._codes = [self.world.code]
        self._steps = self._count = 0
        self._tell = tell
        self._digest = hashlib.sha256()
        self._main = getcurrent()
        self._watch = Watch(self.world)
        self._breaches: list[str] = []
        self.world.wire = self
        self._queues = {"ingests": self.world.ingests, "renders": self.world.renders, "tasks": self.world.tasks}

    # --- the wire ---

    def carry(self, request: Request, act: Callable[[], T]) -> T:
        """Let the others go on, then do it, with the fault that it meets."""
        worker = self._running
        assert worker is not None
        if self._random.random() < self._luck.freeze:
            worker.frozen = self._steps + self._random.choice((20, 100, 400, _FOR_EVER))
        self._main.switch()
        fault = self._draw(request)
        self._note(f"{worker.name} {request.verb} {request.key} {fault if fault != 'none' else ''}")
        try:
            return suffer(fault, request, act, lambda: self.carry(request, act))
        finally:
            if request.writes:
                self._breaches += self._watch.breaches(request.key)

    def shuffled(self, items: Iterable[T]) -> list[T]:
        mixed = list(items)
        self._random.shuffle(mixed)
        return mixed

    def _draw(self, request: Request) -> Fault:
        worker = self._running
        if worker is None or worker.message.deleted:
            return "none"  # who outlives his message does not die as well: two coincidences, not three
        if not self._faults_left or self._random.random() >= self._luck.fault:
            return "none"
        self._faults_left -= 1
        return self._random.choice(possible(request))

    def _note(self, what: str) -> None:
        line = f"{self._steps} {what}"
        self._digest.update(line.encode())
        if self._tell:
            self._tell(line)

    # --- what can happen ---

    def run(self) -> Outcome:
        """Until nothing is left to do, even after the clock has struck again; or it goes on for ever."""
        doings = self._doings()
        for _ in range(_STRIKES + 1):
            while (chances := self._chances()) and self._steps < _MOST_STEPS:
                self._steps += 1
                doing = self._random.choices(chances, [self._luck.weights[name] for name in chances])[0]
                doings[doing]()
            if self._steps >= _MOST_STEPS:
                return self._outcome(["livelock", *(worker.name for worker in self._workers)])
            self.world.later(600)
            self.world.tasks.send("tick")
            if self._bereft or self.world.state.get(keys.INTAKE_KEY):
                self.world.tasks.send("light")
        return self._outcome([*self._breaches, *self.world.differences()])

    def _outcome(self, differences: list[str]) -> Outcome:
        faults = self._most_faults - self._faults_left
        return Outcome(self._seed, tuple(differences), self._steps, faults, self._digest.hexdigest())

    def _chances(self) -> list[str]:
        """What may happen next, by its name in `_doings`."""
        found = []
        if self._acts_left:
            found += ["act", "tick", "light", "full"]
            if self.world.code == "one":
                found.append("deploy")
        if len(self._workers) < _MOST_WORKERS:
            found += [name for name, queue in self._queues.items() if queue.deliverable()]
        if any(worker.frozen <= self._steps for worker in self._workers):
            found.append("step")
        elif self._workers and not found:
            found.append("thaw")
        return found

    def _doings(self) -> dict[str, Callable[[], None]]:
        return {
            "act": self._act,
            "deploy": self._deploy,
            "step": self._step,
            "thaw": self._thaw,
            **{name: partial(self.world.tasks.send, name) for name in ("tick", "light", "full")},
            **{name: partial(self._deliver, queue, name) for name, queue in self._queues.items()},
        }

    def _act(self) -> None:
        self._acts_left -= 1
        self.world.later(self._random.choice((0.4, 20, 90)))
        self._note(self._editors.act(self.world))
        if not self._acts_left:
            self._codes = [self.world.code]

    def _deploy(self) -> None:
        self._codes = ["one", "two"]
        self._note("deploy")
        self.world.deploy("two")

    def _deliver(self, queue: Queue, name: str) -> None:
        message = self._random.choice(queue.deliverable())
        receipt = queue.receive(message)
        press = self._environment(self.world.code if message.body == "deploy" else self._random.choice(self._codes))
        work = {"ingests": self.world.on_ingest, "renders": self.world.on_render, "tasks": self.world.on_task}[name]
        self._count += 1
        label = f"#{self._count} {name[:-1]} {press.code}"
        self._note(f"{label} receives {receipt} {message.body}")
        run = greenlet(lambda: work(press, message.body, receipt))
        self._workers.append(Worker(label, queue, message, receipt, press, run))

    def _environment(self, code: str) -> Press:
        """A warm one that is idle, or a new one; an old one keeps its code."""
        idle = [press for press in self._idle if press.code == code]
        if not idle or self._random.random() < 0.1:
            return self.world.press(code)
        press = self._random.choice(idle)
        self._idle.remove(press)
        return press

    def _step(self) -> None:
        worker = self._random.choice([worker for worker in self._workers if worker.frozen <= self._steps])
        if self._random.random() < self._luck.expire:
            worker.queue.expire(worker.message)
        self._running = worker
        try:
            worker.run.switch()
        except Stopped:
            self._end(worker, "stopped", worker.queue.fail)
        except RotativeError as error:
            self._end(worker, f"fails: {type(error).__name__} {error}", worker.queue.fail)
        else:
            if worker.run.dead:
                self._end(worker, "done", worker.queue.succeed)

    def _end(self, worker: Worker, how: str, settle: Callable[[Message, int], None]) -> None:
        self._workers.remove(worker)
        self._bereft |= how != "done" and worker.message.deleted
        if how != "stopped":
            self._idle.append(worker.press)
        settle(worker.message, worker.receipt)
        self._note(f"{worker.name} {how}")

    def _thaw(self) -> None:
        """Everything else is quiet. A frozen worker's message goes to another first, mostly; then it thaws."""
        worker = self._random.choice(self._workers)
        if worker.message.hidden and self._random.random() < 0.8:
            worker.queue.expire(worker.message)
        else:
            worker.frozen = 0
