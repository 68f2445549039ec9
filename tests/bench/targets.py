"""Targets: what was aimed at, what the other sections of the report found, and why some of it was not reached.

`python -m tests.bench.targets` (make bench-targets) writes the section from the tables; a test holds it to them.
"""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from tests.bench.report import README, table, write_section

TITLE, COMMAND = "Targets", "make bench-targets"
_HUGO, _HUGO_ALONE, _FUNCTIONS = "Hugo, related by tags", "Hugo, no related", "Rotative, by its functions (on fakes)"
_PLAIN_PYTHON = (
    "ten steps of an article are Python, flat in a profile; an upload alone takes as long as Hugo's whole article. "
    "Compiled by mypyc, the three hottest modules save 1 %: the time is in re and str. Next: what counts and hashes "
    "words in native code, which saves 0.4 of 1.7 ms, and is not enough by itself"
)
_ALL_WITH_ALL = (
    "each article is compared with all: by one multiplication of matrices, at the speed that a core has. Bounds by "
    "norms or principal axes leave a third of 100,000, so they save nothing. Next: each pair compared once only"
)
_COLD = (
    "a new function reads the whole index once, 126 bytes an article here, 225 where one has 600 words; 4 MB at "
    "100,000 are 40 bytes. In documents of a usual size they are packed to 140, which takes a third of the CPU to "
    "undo; real French ones to 220. Articles filed under their eight strongest terms alone: 12 % of it, but 0.96 of "
    "the whole archive's nDCG@5 at 1,000. Next: one index in the order of terms, and only the ranges that are asked: "
    "56 requests more"
)
_LOOK = (
    "two thirds of what is more are lists: those of 1,000 are not full (a tag's takes 0.3 ms there, 1.2 at 100,000), "
    "and less of a large archive is in a processor's caches. The rest is the index of all articles, looked through "
    "once. Older pages that follow are not counted, of which a small archive has more. Next: rows of lists kept as "
    "they were printed"
)
_RELATED = (
    "600 words looked up, counted and weighed in Python are three fifths of it, choosing the box the rest. Next: words "
    "counted in native code"
)
_CHECK = (
    "this machine is a third slower than that which found 2,029 when a file took a sixth more: PyYAML's loader alone "
    "takes 54 \u00b5s where it took 41. Next: a loader in native code that tells the lines of what it reads"
)
Row = Mapping[str, str]
Sections = Mapping[str, Sequence[Row]]


class Target(NamedTuple):
    """Something that is to be `wanted` or more, or `at_most` that."""

    what: str
    wanted: float
    found: float
    at_most: bool = False
    why: str = ""

    @property
    def row(self) -> list[str]:
        met = self.found <= self.wanted if self.at_most else self.found >= self.wanted
        bound = "at most" if self.at_most else "at least"
        return [
            self.what,
            f"{bound} {self.wanted:,g}",
            f"{self.found:,.{2 if self.found < 10 else 0}f}",
            *(("yes", "") if met else ("no", self.why)),
        ]


def section() -> str:
    """The text of the section, by all others as they stand."""
    head = ["what", "wanted", "found", "reached", "why not, and what could come next"]
    return table(head, [target.row for target in targets(sections(README.read_text(encoding="utf-8")))])


def sections(report: str) -> Sections:
    """The tables of the report by title, a mapping from heads to cells for each row."""
    found = {}
    for title, text in re.findall(r"<!-- ([^/].*?) -->\n(.*?)<!-- /\1 -->", report, re.DOTALL):
        head, _, *rows = [
            [cell.strip() for cell in line[1:-1].split("|")] for line in text.splitlines() if line[:1] == "|"
        ]
        found[title] = [dict(zip(head, row, strict=False)) for row in rows]
    return found


def figure(rows: Sequence[Row], column: str, *cells: str) -> float:
    """The number in a column of the one row that begins with these cells."""
    (row,) = [row for row in rows if list(row.values())[: len(cells)] == list(cells)]
    return float(row[column].replace(",", ""))


def targets(found: Sections) -> list[Target]:
    """All of them, in the order of what they are about."""
    return [*_builds(found["Side by side"]), *_publishes(found["Constant work"]), *_others(found)]


def _builds(beside: Sequence[Row]) -> list[Target]:
    ours, cpu = "Rotative", "build: CPU s"

    def ahead_of(peer: str, size: str) -> float:
        return figure(beside, cpu, size, peer) / figure(beside, cpu, size, ours)

    large, middle = (figure(beside, "CPU ms an article", size, ours) for size in ("100,000", "10,000"))
    return [
        Target(
            "full build of 10,000: times as fast as Hugo, related by tags",
            4,
            ahead_of(_HUGO, "10,000"),
            why=_PLAIN_PYTHON,
        ),
        Target("the same, of 50,000", 8, ahead_of(_HUGO, "50,000"), why=_PLAIN_PYTHON),
        Target(
            "the same, of 10,000, beside Hugo without related", 1.3, ahead_of(_HUGO_ALONE, "10,000"), why=_PLAIN_PYTHON
        ),
        Target("CPU an article at 100,000, of that at 10,000", 1.15, large / middle, at_most=True, why=_ALL_WITH_ALL),
        Target("peak memory at 100,000, MB", 1000, figure(beside, "peak MB", "100,000", ours), at_most=True),
        Target(
            "one more article by the functions: times as fast as Hugo's build of 10,000",
            100,
            figure(beside, "one more: CPU s", "10,000", _HUGO)
            / figure(beside, "one more: CPU s", "10,000", _FUNCTIONS),
        ),
    ]


def _publishes(work: Sequence[Row]) -> list[Target]:
    def cpu(size: str) -> float:
        return sum(figure(work, f"{part}: CPU ms", size, "publish") for part in ("article and lists", "related"))

    growth = cpu("100,000") / cpu("1,000")
    found = [Target("a publish at 100,000: CPU, of that at 1,000", 1.1, growth, at_most=True, why=_LOOK)]
    for size, calls, kilobytes in (("10,000", 40, 1500), ("100,000", 60, 4000)):
        found += [
            Target(
                f"related articles of a publish at {size}: calls",
                calls,
                figure(work, "related: calls", size, "publish"),
                at_most=True,
            ),
            Target(
                "the same, kB read and written", kilobytes, figure(work, "related: kB", size, "publish"), at_most=True
            ),
            Target(
                "the same, ms of CPU", 30, figure(work, "related: CPU ms", size, "publish"), at_most=True, why=_LOOK
            ),
            *_first_look(work, size, kilobytes),
        ]
    return [*found, *_first_look(work, "10,000, of 600 words", 1500)]


def _first_look(work: Sequence[Row], size: str, kilobytes: int) -> list[Target]:
    def cold(what: str) -> float:
        return figure(work, f"related: {what}", size, "first look of a cold function")

    what = f"the first look of a cold function at {size}, kB"
    return [
        Target(what, kilobytes, cold("kB"), at_most=True, why=_COLD),
        Target("the same, ms of CPU", 30, cold("CPU ms"), at_most=True, why=_COLD),
    ]


def _others(found: Sections) -> list[Target]:
    floors = found["Floors"]
    related = sum(figure(floors, "\u00b5s", step) for step in ("fingerprint", "related box"))
    quality = [figure([row], "of whole archive") for row in found["Related articles"] if row["method"] == "Rotative"]
    return [
        Target("related articles in a build of 10,000, \u00b5s an article", 150, related, at_most=True, why=_RELATED),
        Target("nDCG@5 of related boxes, of that of the whole archive's TF-IDF, the least", 1, min(quality)),
        Target("rotative check, files a second", 2000, figure(found["Check"], "files a second", "10,000"), why=_CHECK),
        Target("the sign-up handler beside a bare resolver", 2, _times(found["Sign-up"]), at_most=True),
    ]


def _times(signup: Sequence[Row]) -> float:
    (cell,) = [row["figure"] for row in signup if row[""] == "the handler beside it"]
    return float(cell.removesuffix(" times"))


if __name__ == "__main__":
    write_section(TITLE, COMMAND, section())
