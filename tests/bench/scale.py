"""Constant work: what one article's publication, edit and withdrawal cost, by the size of the archive around it.

`python -m tests.bench.scale [SIZE...]` (make bench-scale) counts every S3 call on the fakes, for the report.
"""

import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from itertools import islice
from statistics import median

from functions.core.groups import article_group
from functions.core.related.fingerprint import Signature, fingerprint
from functions.workflows.relate import look
from functions.workflows.shelves import Shelves
from tests.bench.archive import NEWEST, articles, preload, preload_signatures
from tests.bench.meter import LISTS, OTHERS, RELATED, Count, Meter
from tests.bench.report import Series, plot, table, write_section
from tests.newsroom import Newsroom
from tests.workflows.articles import article

SIZES = (1_000, 10_000, 100_000)
WORDY = 10_000
EVERY = timedelta(minutes=40)  # 36 articles a day, so that the newest month is equally full at every size
REPEATS = 5
_MODEL = 400
PAGES = "pages"
_CPU = {part: f"CPU of {part}" for part in (LISTS, RELATED, OTHERS)}
_EACH = ("older pages", "calls for each")
_NOTE = (
    "kB are read and written together. CPU includes the fakes' own; what related articles need while the article's own "
    "page is printed counts with that page. The function is warm, but has met no candidate of an older page; that "
    "page has been printed before, so they are kept beside it. In an archive that `rebuild` printed they are not yet: "
    "then an older page asks once for up to 20 records more. A cold function reads all signatures, once."
)
STEPS = ("publish", "edit", "withdraw")
COLD = "first look of a cold function"
Counts = Mapping[str, Count]


def measure(size: int) -> dict[str, Counts]:
    """What each step of one article's life costs in an archive of this size: medians, in a warm function."""
    newsroom = Newsroom()
    preload(newsroom, size, EVERY)
    meter = Meter(newsroom)
    lives = [_life(newsroom, meter, number) for number in range(REPEATS + 1)][1:]  # the first only warms the function
    _, model = next(iter(articles(1, EVERY)))
    cold = _cold_look(newsroom, meter, fingerprint("-", model).signature)
    return {**{step: _medians([life[step] for life in lives]) for step in STEPS}, COLD: cold}


def measure_words(size: int) -> Counts:
    """What the first look costs a cold function where articles have 600 words."""
    newsroom = Newsroom()
    signature = preload_signatures(newsroom, size)
    return _cold_look(newsroom, Meter(newsroom), signature)


def seconds_to_publish(size: int) -> float:
    """CPU seconds until one article more stands wherever it belongs, older pages included."""
    counts = measure(size)["publish"]
    return sum(counts[cpu].calls for cpu in _CPU.values()) / 1e6


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
    messages: Counter[str] = Counter()
    microseconds: Counter[str] = Counter()
    while newsroom.queues.ingests or newsroom.queues.renders:
        started = time.process_time()
        _take_message(newsroom, meter, upload_id)
        microseconds[_CPU[meter.part]] += round((time.process_time() - started) * 1e6)
        messages[meter.part] += 1
    cpu = {name: Count(used, 0) for name, used in microseconds.items()}
    return {**meter.counts(), **cpu, PAGES: Count(messages[OTHERS], 0)}


def _cold_look(newsroom: Newsroom, meter: Meter, signature: Signature) -> Counts:
    """What the first question costs that a function puts to the archive."""
    newsroom.press.memory.shelves = Shelves()
    meter.reset()
    meter.part = LISTS
    started = time.process_time()
    look(newsroom.press, lambda shelves: shelves.archive.shortlist("-", signature))
    spent = Count(round((time.process_time() - started) * 1e6), 0)
    return _medians([{**meter.counts(), _CPU[RELATED]: spent}])


def _take_message(newsroom: Newsroom, meter: Meter, upload_id: str) -> None:
    """The next message of the queues; the meter learns to which part of the work it belongs."""
    meter.part, meter.own = LISTS, ""
    if newsroom.queues.ingests:
        newsroom.ingest(newsroom.queues.ingests.pop(0))
        return
    group = newsroom.queues.renders.pop(0)
    if group == article_group(upload_id):
        meter.own = upload_id
    else:
        meter.part = {"rel": RELATED, "art": OTHERS}.get(group.partition(":")[0], LISTS)
    newsroom.render(group)


def _medians(lives: list[Counts]) -> Counts:
    blank = Count(0, 0)
    return {
        part: Count(*(int(median(values)) for values in zip(*(life.get(part, blank) for life in lives), strict=True)))
        for part in (*_CPU, *_CPU.values(), PAGES)
    }


def _cells(counts: Counts) -> list[object]:
    pages = counts[PAGES].calls
    each = f"{counts[OTHERS].calls / pages:.1f}" if pages else "-"
    parts = [(counts[part].calls, counts[part].bytes // 1000) for part in (LISTS, RELATED, OTHERS)]
    cpu = [round(counts[_CPU[part]].calls / 1000) for part in (LISTS, RELATED)]
    return [*(cell for part in parts for cell in part), *cpu, pages, each]


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
        *(f"{part}: CPU ms" for part in (LISTS, RELATED)),
        *_EACH,
    ]
    rows = [[f"{size:,}", step, *_cells(steps[step])] for size, steps in found.items() for step in (*STEPS, COLD)]
    rows.append([f"{WORDY:,}, of 600 words", COLD, *_cells(measure_words(WORDY))])
    lines = [Series(step, [(size, found[size][step][LISTS].calls) for size in sizes]) for step in STEPS]
    plot("scale.svg", "S3 calls for article and lists, by articles in the archive", lines)
    text = f"{table(head, rows)}\n\n{_NOTE}\n\n![S3 calls by archive size](scale.svg)"
    write_section("Constant work", "make bench-scale", text)


if __name__ == "__main__":
    main(tuple(map(int, sys.argv[1:])) or SIZES)
