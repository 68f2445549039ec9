"""Check: how many files `rotative check` reads a second. `python -m tests.bench.check` (make bench-check)."""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.bench import corpus
from tests.bench.process import Cost, cost_of, median_cost
from tests.bench.report import FOLDER, table, write_section
from tests.bench.side_by_side import RUNS, SCRATCH

FILES = 10_000


def measure(files: int) -> Cost:
    """The median of RUNS checks of so many articles."""
    with TemporaryDirectory(dir=SCRATCH) as folder:
        inbox = Path(folder)
        corpus.write(inbox / "articles", range(files))
        settings = str(FOLDER / "newsroom.toml")
        command = [
            str(Path(sys.executable).parent / "rotative"),
            "check",
            "--newsroom",
            settings,
            str(inbox / "articles"),
        ]
        return median_cost([cost_of(command, inbox) for _ in range(RUNS)])


def main() -> None:
    """Measure and write."""
    cost = measure(FILES)
    row = [
        f"{FILES:,}",
        f"{cost.wall:.2f}",
        f"{FILES / cost.wall:,.0f}",
        f"{FILES / cost.cpu:,.0f}",
        f"{cost.peak:.0f}",
    ]
    text = table(["files", "s", "files a second", "files a CPU second", "peak MB"], [row])
    write_section("Check", "make bench-check", text)
    sys.stdout.write(text + "\n")


if __name__ == "__main__":
    main()
