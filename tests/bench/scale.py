"""Constant work: what one article's publication, edit and withdrawal cost, by the size of the archive around it.

`python -m tests.bench.scale [SIZE...]` (make bench-scale) counts every S3 call on the fakes, for the report.
"""

import random
import sys
import time
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from itertools import islice
from statistics import median

from functions.core.groups import article_group
from tests.bench.archive import NEWEST, articles, preload
from tests.bench.meter import LISTS, OTHERS, RELATED, Count, Meter
from tests.bench.report import Series, plot, table, write_section
from tests.newsroom import Newsroom
from tests.workflows.articles import article

SIZES = (1_000, 10_000, 100_000)
EVERY = timedelta(minutes=40)  # 36 articles a day, so that the newest month is equally full at every size
REPEATS = 5
_MODEL = 400
PAGES, CPU = "pages", "cpu"
_EACH = ("older pages", "calls for each")
_NOTE = (
    "kB are read and written together. CPU is that of looking the archive through and of writing the article's row in "
    "it, the fakes' own included. The function is warm, but has met no candidate of an older page; that page has "
    "been printed before, so they are kept beside it. In an archive that `rebuild` printed they are not yet: then an "
    "older page asks once for up to 20 records more."
)
STEPS = ("publish", "edit", "withdraw")
Counts = Mapping[str, Count]


def measure(size: int) -> dict[str, Counts]:
    """What each step of one article's life costs in an archive of this size: medians, in a warm function."""
    newsroom = Newsroom()
    preload(newsroom, size, EVERY)
    meter = Meter(newsroom)
    lives = [_life(newsroom, meter, number) for number in range(REPEATS + 1)][1:]  # the first only warms the function
    return {step: _medians([life[step] for life in lives]) for step in STEPS}


def _life(newsroom: Newsroom, meter: Meter, number: int) -> dict[str, Counts]:
    rehearsal = NEWEST - timedelta(days=400)  # in lists of its own; the older pages have been printed before
    _live(newsroom, meter, f"articles/repetition-{number}.md", number, rehearsal, "developpement-durable")
    newsroom.press.memory._subjects.clear()  # as in a function that has met none of their candidates
    return _live(newsroom, meter, f"articles/essai-{number}.md", number, NEWEST, "economie")


def _live(
    newsroom: Newsroom, meter: Meter, key: str, number: int, newest: datetime, category: str
) -> dict[str, Counts]:
    when = (newest + timedelta(minutes=10 + number)).isoformat()
    _, model = next(islice(articles(_MODEL + number + 1, EVERY), _MODEL + number, None))  # some are close to it
    body = " ".join(random.Random(number).sample(words := model.body.split(), len(words)))  # close, and no copy
    text = article(
        f"essai {number}", body=body, date=when, category=category, tags="Sujet 1, Sujet 7, Sujet 40, Sujet 399"
    )
    text = text.replace("---\n\n", "authors: [Plume 1, Plume 2]\n---\n\n", 1)
    steps: tuple[Callable[[], object], ...] = (
        lambda: newsroom.upload(key, text),
        lambda: newsroom.upload(key, text.replace("essai", "essai corrigé")),
        lambda: newsroom.remove(key),
    )
    return {name: _cost(newsroom, meter, key, step) for name, step in zip(STEPS, steps, strict=True)}


def _cost(newsroom: Newsroom, meter: Meter, key: str, step: Callable[[], object]) -> Counts:
    step()
    meter.reset()
    upload_id = key.removeprefix("articles/")
    own, pages, cpu = article_group(upload_id), 0, 0.0
    while newsroom.queues.ingests or newsroom.queues.renders:
        meter.part, meter.own = LISTS, ""
        if newsroom.queues.ingests:
            newsroom.ingest(newsroom.queues.ingests.pop(0))
            continue
        group = newsroom.queues.renders.pop(0)
        if group.startswith("rel:"):
            meter.part = RELATED
        elif group == own:
            meter.own = upload_id
        elif group.startswith("art:"):
            meter.part = OTHERS
            pages += 1
        started = time.process_time()
        newsroom.render(group)
        cpu += (time.process_time() - started) * (meter.part == RELATED)
    return {**meter.counts(), PAGES: Count(pages, 0), CPU: Count(round(cpu * 1e6), 0)}


def _medians(lives: list[Counts]) -> Counts:
    blank = Count(0, 0)
    return {
        part: Count(*(int(median(values)) for values in zip(*(life.get(part, blank) for life in lives), strict=True)))
        for part in (LISTS, RELATED, OTHERS, PAGES, CPU)
    }


def _cells(counts: Counts) -> list[object]:
    pages = counts[PAGES].calls
    each = f"{counts[OTHERS].calls / pages:.1f}" if pages else "-"
    parts = [(counts[part].calls, counts[part].bytes // 1000) for part in (LISTS, RELATED, OTHERS)]
    return [*(cell for part in parts for cell in part), f"{counts[CPU].calls / 1000:.0f}", pages, each]


def main(sizes: tuple[int, ...]) -> None:
    """Measure every size and write the section of the report."""
    found: dict[int, dict[str, Counts]] = {}
    for size in sizes:
        started = time.perf_counter()
        found[size] = measure(size)
        sys.stderr.write(f"{size} articles: {time.perf_counter() - started:.0f} s\n")
    parts = (LISTS, RELATED, OTHERS)
    head = [
        "articles",
        "step",
        *(f"{part}: {unit}" for part in parts for unit in ("calls", "kB")),
        "related: CPU ms",
        *_EACH,
    ]
    rows = [[f"{size:,}", step, *_cells(steps[step])] for size, steps in found.items() for step in STEPS]
    lines = [Series(step, [(size, found[size][step][LISTS].calls) for size in sizes]) for step in STEPS]
    plot("scale.svg", "S3 calls for article and lists, by articles in the archive", lines)
    text = f"{table(head, rows)}\n\n{_NOTE}\n\n![S3 calls by archive size](scale.svg)"
    write_section("Constant work", "make bench-scale", text)


if __name__ == "__main__":
    main(tuple(map(int, sys.argv[1:])) or SIZES)
