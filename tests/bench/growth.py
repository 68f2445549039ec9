"""Growth: what a full build costs an article, and how much memory it takes, by how many there are.

`python -m tests.bench.growth TOOLS [SIZE...]` (make bench-growth) writes the section and its plots. Of the peers
only Hugo without related articles builds so many in a time that one can wait for.
"""

import shutil
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.bench import corpus
from tests.bench.peers import Generator, present, rotative
from tests.bench.process import Cost
from tests.bench.report import Series, plot, table, write_section
from tests.bench.side_by_side import SCRATCH, built, machine, settle_in

SIZES = (1_000, 10_000, 50_000, 100_000)
_PEER = "Hugo, no related"
_HEAD = ["articles", "", "CPU s", "CPU ms an article", "s", "articles a s", "peak MB"]


def measure(generators: Sequence[Generator], sizes: Sequence[int]) -> dict[tuple[str, int], Cost]:
    """The median of RUNS full builds into nothing, by generator and size."""
    found = {}
    for size in sizes:
        with TemporaryDirectory(dir=SCRATCH) as folder:
            articles, site = Path(folder) / "corpus", Path(folder) / "site"
            corpus.write(articles, range(size))
            for generator in generators:
                settle_in(generator, site, articles)
                found[generator.name, size] = cost = built(generator, site)
                sys.stderr.write(f"{size} {generator.name}: {cost.cpu:.1f} CPU s, {cost.wall:.1f} s\n")
                shutil.rmtree(site)
    return found


def main(tools: Path, sizes: Sequence[int]) -> None:
    """Measure and write."""
    generators = [rotative(), *(each for each in present(tools) if each.name == _PEER)]
    found = measure(generators, sizes)
    rows = [_row(size, each.name, found[each.name, size]) for size in sizes for each in generators]
    names = [each.name for each in generators]
    plot(
        "growth-cpu.svg",
        "CPU ms an article, by articles",
        [Series(name, [(size, found[name, size].cpu / size * 1000) for size in sizes]) for name in names],
    )
    plot(
        "growth-memory.svg",
        "peak memory of a full build, MB, by articles",
        [Series(name, [(size, found[name, size].peak) for size in sizes]) for name in names],
    )
    pictures = "![CPU ms an article](growth-cpu.svg)\n\n![peak memory, MB](growth-memory.svg)"
    text = f"{machine(generators)}\n\n{table(_HEAD, rows)}\n\n{pictures}"
    write_section("Growth", "make bench-growth", text)


def _row(size: int, name: str, cost: Cost) -> list[object]:
    each = [f"{cost.cpu:.2f}", f"{cost.cpu / size * 1000:.2f}", f"{cost.wall:.2f}", f"{size / cost.wall:,.0f}"]
    return [f"{size:,}", name, *each, f"{cost.peak:,.0f}"]


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve(), tuple(map(int, sys.argv[2:])) or SIZES)
