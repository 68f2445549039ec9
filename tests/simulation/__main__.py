"""`python -m tests.simulation --seeds 100000 --seed0 0 --jobs 2`: schedules by the thousand."""

import argparse
import sys
import time
from collections.abc import Iterator

from rich.console import Console
from rich.progress import track

from tests.simulation import pure
from tests.simulation.campaign import outcomes
from tests.simulation.schedule import Outcome, Schedule


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.simulation", description=__doc__)
    parser.add_argument("--seeds", type=int, default=2000, help="how many schedules")
    parser.add_argument("--seed0", type=int, default=0, help="the first one's seed")
    parser.add_argument("--jobs", type=int, default=2, help="how many processes")
    parser.add_argument("--trace", action="store_true", help="print every request of every schedule")
    asked = parser.parse_args()
    seeds, started = range(asked.seed0, asked.seed0 + asked.seeds), time.perf_counter()
    if asked.trace:
        pure.remember_always()
        found: Iterator[Outcome] = (Schedule(seed, tell=print).run() for seed in seeds)
    else:
        found = outcomes(seeds, asked.jobs)
    schedules = faults = steps = divergences = 0
    console = Console(stderr=True)
    for outcome in track(
        found, "schedules", len(seeds), console=console, disable=asked.trace or not sys.stderr.isatty()
    ):
        schedules, faults, steps = schedules + 1, faults + outcome.faults, steps + outcome.steps
        if outcome.differences:
            divergences += 1
            print(f"seed {outcome.seed}: {'; '.join(outcome.differences[:8])}")
            print(f"  python -m tests.simulation --seeds 1 --seed0 {outcome.seed} --trace")
    print(
        f"{schedules} schedules, {steps} requests and events, {faults} faults, {divergences} divergences, "
        f"{time.perf_counter() - started:.0f} s"
    )
    return 1 if divergences else 0


if __name__ == "__main__":
    sys.exit(main())
