"""Rotative beside its peers: a full build and one more article, on one corpus, in one run.

`python -m tests.bench.side_by_side TOOLS [SIZE...]` (make bench) writes the report's section and its plots.
"""

import os
import platform
import shutil
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from tests.bench import corpus
from tests.bench.peers import Generator, present, rotative
from tests.bench.process import Cost, cost_of, median_cost
from tests.bench.report import FOLDER, Series, plot, table, write_section
from tests.bench.scale import seconds_to_publish

SIZES = (1_000, 10_000, 50_000, 100_000)
RUNS = 3
_PATIENCE = 45  # seconds: whoever would take longer for one build, as it went before, is not asked for it
_FAR, _LONG = ("Rotative", "Hugo"), 600  # seconds, for these
_ONCE_MORE = 200  # seconds: a build that took longer is not repeated for one more article
_MEMORY = Path("/dev/shm")
SCRATCH = _MEMORY if _MEMORY.is_dir() else None  # a disk would be what is measured


class Figures(NamedTuple):
    """What one generator needed for one size; nothing for one more article where nobody waited for it."""

    full: Cost
    one_more: Cost | None


Found = dict[tuple[str, int], Figures]


def measure(generator: Generator, size: int, articles: Path, scratch: Path) -> Figures:
    """Medians of RUNS full builds into nothing, and of as many builds after one more article."""
    folder = scratch / "site"
    _settle_in(generator, folder, articles)
    full, more = _built(generator, folder), []
    if full.wall > _ONCE_MORE:
        return Figures(full, None)
    for run in range(RUNS):
        extra = scratch / f"extra-{run}"
        corpus.write(extra, range(size + run, size + run + 1))
        for path in extra.rglob("*.md"):
            generator.add(folder, extra, path)
        more.append(cost_of(generator.command, folder, generator.environment))
    return Figures(full, median_cost(more))


def _settle_in(generator: Generator, folder: Path, articles: Path) -> None:
    """All that a generator builds from, in a folder."""
    generator.prepare(folder, articles)
    if generator.name == "Rotative":
        shutil.copy(FOLDER / "newsroom.toml", folder / "inbox/newsroom.toml")


def _built(generator: Generator, folder: Path) -> Cost:
    """The median of RUNS full builds into nothing."""
    costs = []
    for _ in range(RUNS):
        generator.forget(folder)
        costs.append(cost_of(generator.command, folder, generator.environment))
    return median_cost(costs)


_FUNCTIONS = "Rotative, by its functions (on fakes)"
_PLOTS: tuple[tuple[str, str, Callable[[int, Cost], float]], ...] = (
    ("build-cpu.svg", "CPU ms an article of a full build", lambda size, cost: cost.cpu / size * 1000),
    ("build-seconds.svg", "seconds of a full build", lambda _, cost: cost.wall),
    ("build-memory.svg", "peak memory of a full build, MB", lambda _, cost: cost.peak),
)
_ONE_MORE = ("one-more-seconds.svg", "seconds until one more article is built")


def compare(generators: Sequence[Generator], sizes: Sequence[int]) -> Found:
    """Every generator at every size, as far as patience goes."""
    found: Found = {}
    pace: dict[str, float] = {}  # seconds an article
    for size in sizes:
        with TemporaryDirectory(dir=SCRATCH) as folder:
            scratch = Path(folder)
            corpus.write(scratch / "corpus", range(size))
            for generator in generators:
                if pace.get(generator.name, 0) * size > (_LONG if generator.name.startswith(_FAR) else _PATIENCE):
                    continue
                figures = measure(generator, size, scratch / "corpus", scratch)
                found[generator.name, size] = figures
                sys.stderr.write(f"{size} {generator.name}: {figures.full.cpu:.1f} CPU s, {figures.full.wall:.1f} s\n")
                pace[generator.name] = figures.full.wall / size
    return found


def main(tools: Path, sizes: Sequence[int]) -> None:
    """Measure and write."""
    generators = [rotative(), *present(tools)]
    found = compare(generators, sizes)
    measured = [(one, size) for size in sizes for one in generators if (one.name, size) in found]
    by_functions = {size: seconds_to_publish(size) for size in sizes}
    rows = [_row(one, size, found) for one, size in measured]
    rows += [[f"{size:,}", _FUNCTIONS, *["-"] * 6, f"{cpu:.2f}", f"{cpu:.2f}"] for size, cpu in by_functions.items()]
    head = ["articles", "", "build: CPU s", "CPU, ours = 1", "CPU ms an article", "build: s", "articles a s", "peak MB"]
    text = table([*head, "one more: CPU s", "one more: s"], rows)
    names = [one.name for one in generators]
    pictures = [(name, title, _lines(names, found, of)) for name, title, of in _PLOTS]
    more = [Series(_FUNCTIONS, list(by_functions.items()))]
    for name, title, lines in [*pictures, (*_ONE_MORE, [*_lines_of_one_more(names, found), *more])]:
        plot(name, f"{title}, by articles", lines, logarithmic=True)
        text += f"\n\n![{title}]({name})"
    write_section("Side by side", "make bench", f"{_machine(generators)}\n\n{text}")


def _row(generator: Generator, size: int, found: Found) -> list[object]:
    full, more = found[generator.name, size]
    ours = found["Rotative", size].full.cpu
    costs = [f"{full.cpu:.2f}", f"{full.cpu / ours:.1f}", f"{full.cpu / size * 1000:.2f}", f"{full.wall:.2f}"]
    ends = [f"{more.cpu:.2f}", f"{more.wall:.2f}"] if more else ["-", "-"]
    return [f"{size:,}", generator.name, *costs, f"{size / full.wall:,.0f}", f"{full.peak:,.0f}", *ends]


def _lines(names: Sequence[str], found: Found, of: Callable[[int, Cost], float]) -> list[Series]:
    return [
        Series(name, [(size, of(size, figures.full)) for (whose, size), figures in found.items() if whose == name])
        for name in names
    ]


def _lines_of_one_more(names: Sequence[str], found: Found) -> list[Series]:
    more = {key: figures.one_more.wall for key, figures in found.items() if figures.one_more}
    return [Series(name, [(size, wall) for (whose, size), wall in more.items() if whose == name]) for name in names]


def _machine(generators: Sequence[Generator]) -> str:
    """What was measured, and on what."""
    lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    model = next(line.partition(": ")[2] for line in lines if line.startswith("model name"))
    versions = dict.fromkeys(f"{one.name.partition(',')[0]} {one.version}" for one in generators[1:])
    load = os.getloadavg()[0]
    return (
        f"{os.cpu_count()} cores ({model}), Python {platform.python_version()}, load {load:.0f} at the end. "
        f"Medians of {RUNS} runs. {', '.join(versions)}. CPU counts every process that was started; memory is that of "
        "all at once."
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve(), tuple(map(int, sys.argv[2:])) or SIZES)
