"""`python -m tests.simulation.gate --jobs 2`: every guard of the protocol is taken away, and somebody must notice."""

import argparse
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from itertools import chain
from multiprocessing import get_context
from typing import NamedTuple

from tests.bench.report import table
from tests.simulation import pure, scenes, seeds, stories
from tests.simulation.guards import GUARDS, SECOND_LAYERS
from tests.simulation.mutation import mutated
from tests.simulation.schedule import Schedule

_SEEDS, _PLACES = 150, 200


class Caught(NamedTuple):
    """By what the loss of a guard was noticed; empty if by nothing."""

    guard: str
    by: str


def caught(guard: str) -> Caught:
    """Take a guard away and see what notices: what is known to, else, as code that moved moves it, the like of it."""
    with mutated(GUARDS[guard]):
        return Caught(guard, next(_that_notice(guard), ""))


def _that_notice(guard: str) -> Iterator[str]:
    if scene := scenes.CATCHES.get(guard):
        if scenes.differences_after(scene):
            yield f"scene: {scene.__name__.replace('_', ' ')}"
    elif catch := stories.CATCHES.get(guard):
        for place in (catch.place, *range(_PLACES)):
            if catch._replace(place=place).harms():
                yield f"zombie: {catch.story}, frozen at request {place}"
    else:
        known = [seeds.CATCHES[guard]] if guard in seeds.CATCHES else []
        yield from (f"seed {seed}" for seed in chain(known, range(_SEEDS)) if Schedule(seed).run().differences)


def _without(guard: str) -> str:
    """The second layer that has to go as well, or it would make good what the guard no longer does."""
    names = (SECOND_LAYERS.get(cut, guard) for cut in GUARDS[guard])
    return next((name for name in names if name != guard), "")


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.simulation.gate", description=__doc__)
    parser.add_argument("--jobs", type=int, default=2, help="how many processes")
    asked = parser.parse_args()
    with ProcessPoolExecutor(asked.jobs, get_context("spawn"), pure.remember_always) as pool:
        found = list(pool.map(caught, GUARDS))
    rows = [[guard, _without(guard), by or "NOTHING"] for guard, by in found]
    print(table(["guard taken away", "together with", "noticed by"], rows))
    uncaught = sum(not by for _, by in found)
    print(f"\n{len(found)} guards, {uncaught} whose loss nobody notices")
    return 1 if uncaught else 0


if __name__ == "__main__":
    sys.exit(main())
