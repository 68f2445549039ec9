"""Live: how soon a file that is saved, changed or deleted in the inbox folder shows wherever it belongs.

`python -m tests.bench.live [FILES]` (make bench-live) runs the real `rotative serve` on the demo newsroom and asks it
over HTTP, as a reader would, until the article's page, its category, the front page and the related box of an older
article all show the change. It exits 1 when the median of any step is a second or more.
"""

import os
import re
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from typing import NamedTuple
from zoneinfo import ZoneInfo

from functions.core import keys
from functions.core.claims import month_of
from infra.newsroom import lay_out_demo
from tests.bench.report import table, write_section
from tests.e2e.test_serve import Served, free_port
from tests.workflows.articles import article

FILES = 20
GOAL = 1.0  # seconds, at the median
_START, _PATIENCE = 600.0, 60.0  # seconds, for the demo newsroom and for a file
_IDLE = 0.1  # CPU seconds that a press with nothing to do may use in two seconds
_LOOK = 0.05  # seconds between two looks, which take the press time too
_ZONE = ZoneInfo("Africa/Casablanca")  # the demo newsroom's
_PLACES = ("article", "category", "front", "related")
_BOX = re.compile(r'<aside class="related".*?</aside>', re.DOTALL)
_SYLLABLES = ("ba", "do", "fi", "ga", "lu", "me", "no", "pi", "ra", "su")


class Step(NamedTuple):
    """One step with one file: after how many seconds each place showed it, and the press's CPU seconds until then."""

    name: str
    after: dict[str, float]
    cpu: float

    @property
    def seconds(self) -> float:
        """Until the last place showed it."""
        return max(self.after.values())


def measure(files: int) -> list[Step]:
    """Save, change and delete so many files, one after the other."""
    steps = []
    with serving(files) as press:
        for number in range(files):
            file, at = press.inbox / keys.ARTICLES / f"essai-{number}.md", datetime.now(UTC)
            for name, title in (("saved", "Premier"), ("changed", "Second"), ("deleted", None)):
                text = _text(number, title, at) if title else None
                steps.append(
                    _time(press, name, _places(number, at), f"{title or 'Second'} {_topic(number)}", file, text)
                )
    return steps


def _time(press: Served, name: str, places: dict[str, str], title: str, file: Path, text: str | None) -> Step:
    cpu, started = _cpu(press), time.perf_counter()
    if text is None:
        file.unlink()
    else:
        file.write_text(text)
    after: dict[str, float] = {}
    while waiting := sorted(places.keys() - after.keys()):
        for place in waiting:
            if _shows(press, place, places[place], title) == (text is not None):
                after[place] = time.perf_counter() - started
        if time.perf_counter() - started > _PATIENCE:
            raise TimeoutError(f"{file.name} is not {name} at {', '.join(waiting)}")
        time.sleep(_LOOK)
    return Step(name, after, _cpu(press) - cpu)


def _shows(press: Served, place: str, path: str, title: str) -> bool:
    page = press.get(path) or ""
    if place == "related":
        page = "".join(_BOX.findall(page))
    return title in page


@contextmanager
def serving(files: int) -> Iterator[Served]:
    """The demo newsroom, served, with an older article for each of the files to be related to."""
    with TemporaryDirectory() as folder:
        inbox = Path(folder) / "inbox"
        lay_out_demo(inbox)
        for number in range(files):
            text = _text(number, "Ancien", datetime(2024, 3, 1 + number % 28, tzinfo=UTC))
            (inbox / keys.ARTICLES / f"ancien-{number}.md").write_text(text)
        press = Served(inbox, free_port())
        try:
            _wait_until_quiet(press, files)
            yield press
        finally:
            press.stop()


def _wait_until_quiet(press: Served, files: int) -> None:
    """Until the older articles are live, which are the last, and the press has used no processor for a while."""
    deadline = time.monotonic() + _START
    elders = [_places(number, None)["related"] for number in range(files)]
    before = -1.0
    while not all(map(press.get, elders)) or _cpu(press) - before > _IDLE:
        before = _cpu(press)
        if time.monotonic() > deadline:
            raise TimeoutError("the demo newsroom is not live")
        time.sleep(2)


def _cpu(press: Served) -> float:
    """The CPU seconds that the press has used so far."""
    fields = Path(f"/proc/{press.process.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _topic(number: int) -> str:
    return "".join(_SYLLABLES[int(digit)] for digit in f"{number:03d}").title()


def _text(number: int, title: str, at: datetime) -> str:
    return article(f"{title} {_topic(number)}", tags=_topic(number), date=at.isoformat(), slug="essai")


def _places(number: int, at: datetime | None) -> dict[str, str]:
    """The paths at which the article of a number shows; only that of the older one while there is no other yet."""
    elder = _path(f"ancien-{number}.md", datetime(2024, 3, 1 + number % 28, tzinfo=UTC))
    own = {"article": _path(f"essai-{number}.md", at), "category": "/economie/", "front": "/"} if at else {}
    return {**own, "related": elder}


def _path(name: str, at: datetime) -> str:
    return keys.article_path("economie", month_of(at, _ZONE), "essai", keys.code_of(name))


def main(files: int) -> int:
    """Run it and write the section of the report; 1 when the median of a step is not below the goal."""
    load = os.getloadavg()[0]
    steps = measure(files)
    rows = []
    medians = []
    for name in ("saved", "changed", "deleted"):
        mine = [step for step in steps if step.name == name]
        whole = sorted(step.seconds for step in mine)
        medians.append(median(whole))
        by_place = [f"{median(step.after[place] for step in mine):.2f}" for place in _PLACES]
        cpu = median(step.cpu for step in mine)
        rows.append([name, *by_place, f"{medians[-1]:.2f}", f"{quantiles(whole, n=20)[-1]:.2f}", f"{cpu:.2f}"])
    head = ["step", *_PLACES, "all four, median", "all four, p95", "CPU seconds"]
    note = f"{files} files; seconds from the saving to the reader. Load of the two cores: {load:.1f} before."
    text = f"{table(head, rows)}\n\n{note}"
    sys.stdout.write(f"{text}\n")
    if files >= FILES:
        write_section("Live", "make bench-live", text)
    return 0 if max(medians) < GOAL else 1


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else FILES))
