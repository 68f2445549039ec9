"""Many schedules, on every core."""

from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from tests.simulation import pure
from tests.simulation.schedule import Outcome, Schedule

_CHUNK = 20


def outcomes(seeds: Iterable[int], jobs: int) -> Iterator[Outcome]:
    """The outcomes of many schedules, in the order of their seeds."""
    if jobs == 1:
        pure.remember_always()
        yield from map(_outcome, seeds)
        return
    with ProcessPoolExecutor(jobs, get_context("spawn"), pure.remember_always) as pool:
        yield from pool.map(_outcome, seeds, chunksize=_CHUNK)


def _outcome(seed: int) -> Outcome:
    return Schedule(seed).run()
