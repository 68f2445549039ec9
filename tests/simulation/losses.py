"""Lost messages (make bench-losses): one in ten never arrives, and one full reconcile makes up for all of them."""

import sys
from random import Random
from typing import NamedTuple

from functions.workflows.reconcile import reconcile_full
from tests.bench.report import table, write_section
from tests.simulation import pure
from tests.simulation.crashes import drain
from tests.simulation.editors import Editors
from tests.simulation.sqs import Queue
from tests.simulation.world import World

DAYS = 20
_ACTS = 30
_SHARE = 0.1


class Day(NamedTuple):
    """Messages sent and lost; what was not as in a rebuild before one full reconcile, and after it; what a second one
    found to do on that healthy site, and what was written for it.
    """

    sent: int
    lost: int
    wrong_before: int
    wrong_after: int
    drift: int
    writes: int


class Leak:
    """What loses messages while it is open."""

    def __init__(self, luck: Random) -> None:
        self.open = True
        self.sent = self.lost = 0
        self._luck = luck

    def takes_one(self) -> bool:
        """Whether a message that is being sent gets lost."""
        lost = self.open and self._luck.random() < _SHARE
        self.sent += self.open
        self.lost += lost
        return lost


class LeakingWorld(World):
    """A press at rest whose queues have a leak from now on."""

    def __init__(self, leak: Leak) -> None:
        super().__init__()
        drain(self)

        class Leaking(Queue):
            def send(
                self, body: str, group: str | None = None, deduplication: str | None = None, *, delay: float = 0
            ) -> None:
                if not leak.takes_one():
                    super().send(body, group, deduplication, delay=delay)

        self.ingests, self.renders = Leaking(self._clock, fifo=False), Leaking(self._clock, fifo=True)


def lossy_day(seed: int) -> Day:
    """A newsroom's day with a leak, and the night after it without."""
    luck = Random(seed)
    leak, editors = Leak(luck), Editors(luck)
    world = LeakingWorld(leak)
    for _ in range(_ACTS):
        world.later(luck.choice((1, 20, 90)))
        editors.act(world)
        if luck.random() < 0.5:
            drain(world)
    world.later(1_000)
    world.tasks.send("tick")
    drain(world)
    wrong_before, leak.open = len(world.differences()), False
    for task in ("tick", "light", "full"):  # the light one ends the intake of an archive whose end was not told
        world.tasks.send(task)
        drain(world)
    wrong_after, writes = len(world.differences()), world.state.writes + world.site.writes
    again = reconcile_full(world.press(world.code))
    drain(world)
    writes = world.state.writes + world.site.writes - writes
    return Day(leak.sent, leak.lost, wrong_before, wrong_after, again.flags + again.uploads, writes)


def main() -> int:
    """Live through all days and write the section of the report; 1 if anything was not healed, or healed twice."""
    pure.remember_always()
    days = [lossy_day(seed) for seed in range(DAYS)]
    total = Day(*map(sum, zip(*days, strict=True)))
    rows: list[list[object]] = [
        ["days of thirty uploads, removals, new settings", len(days)],
        ["messages sent", f"{total.sent:,}"],
        ["messages lost", f"{total.lost:,}"],
        ["pages, receipts and flags that were wrong for it", total.wrong_before],
        ["wrong after one full reconcile", total.wrong_after],
        ["drift that the next reconcile found", total.drift],
        ["writes of the next reconcile", total.writes],
    ]
    text = table(["", "figure"], rows)
    sys.stdout.write(f"{text}\n")
    healed = total.wrong_before and not (total.wrong_after or total.drift or total.writes)
    if healed:
        write_section("Lost messages", "make bench-losses", text)
    return 0 if healed else 1


if __name__ == "__main__":
    sys.exit(main())
