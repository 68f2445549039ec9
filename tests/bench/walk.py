"""New settings in an archive of 100,000 (make bench-walk): a walk's parts, and all that is taken in again, on fakes."""

import sys
from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import replace
from random import Random
from time import perf_counter
from typing import NamedTuple

from functions.core import keys
from functions.core.record import Record
from tests.bench.report import table, write_section
from tests.fakes import NOON, FakeQueues
from tests.newsroom import SETTINGS, Newsroom
from tests.workflows.articles import article

ARTICLES = 100_000
_WORDS, _LENGTH = 5_000, 120
_RENAMED = SETTINGS.replace("Économie".encode(), b"Affaires")


class Walk(NamedTuple):
    """Its parts and their seconds, the seconds of all that was taken in, how many waited at most, and what was left."""

    parts: int
    walked: float
    whole: float
    waiting: int
    left: int


class Lanes(FakeQueues):
    """Queues of an archive: what is asked again is many, and no page is printed."""

    def __init__(self) -> None:
        super().__init__()
        self.lane: deque[str] = deque()

    def ask_renders(self, dirtied: Mapping[str, str]) -> None:
        """Printing is what `make bench-load` measures."""

    def ask_again(self, keys: Iterable[str]) -> None:
        self.lane.extend(keys)


def archive(articles: int) -> Newsroom:
    """A newsroom that has taken in so many articles."""
    newsroom, luck = Newsroom(), Random(1)
    words = [f"mot{number}" for number in range(_WORDS)]
    for number in range(articles):
        date = f"{2000 + number % 24}-{1 + number % 12:02d}-{1 + number % 28:02d}"
        text = article(f"Titre {number}", body=" ".join(luck.choices(words, k=_LENGTH)), date=date, tags="Logement")
        key = f"articles/{date[:4]}/{number}.md"
        newsroom.inbox.upload(key, text.encode(), at=NOON)
        newsroom.ingest(key)
        newsroom.queues.renders.clear()
    return newsroom


def walk(newsroom: Newsroom) -> Walk:
    """New settings are uploaded, and everything that follows is taken in."""
    lanes = Lanes()
    newsroom.queues, newsroom.press = lanes, replace(newsroom.press, queues=lanes)
    newsroom.inbox.upload(keys.SETTINGS_KEY, _RENAMED)
    lanes.lane.append(keys.SETTINGS_KEY)
    parts, walked, waiting, begun = 0, 0.0, 0, perf_counter()
    while lanes.lane:
        waiting = max(waiting, len(lanes.lane))
        key, started = lanes.lane.popleft(), perf_counter()
        newsroom.ingest(key)
        if key == keys.SETTINGS_KEY:
            parts += 1
            walked += perf_counter() - started
    whole = perf_counter() - begun
    records = (body for key, body in newsroom.state.objects.items() if key.startswith(keys.RECORDS))
    left = sum(Record.model_validate_json(body).build != newsroom.build.id for body in records)
    return Walk(parts, walked, whole, waiting, left)


def main() -> int:
    """Write the section of the report; 1 if the walk left anything behind."""
    found = walk(archive(ARTICLES))
    rows: list[list[object]] = [
        ["articles", f"{ARTICLES:,}"],
        ["parts of the walk", found.parts],
        ["articles a second that a part looks at", f"{ARTICLES / found.walked:,.0f}"],
        ["seconds until every article has been taken in again, one after the other", f"{found.whole:.0f}"],
        ["uploads that waited at most, the word to go on included", f"{found.waiting:,}"],
        ["articles left under the former settings", found.left],
    ]
    text = table(["", "figure"], rows)
    sys.stdout.write(f"{text}\n")
    if not found.left:
        write_section("New settings", "make bench-walk", text)
    return 1 if found.left else 0


if __name__ == "__main__":
    sys.exit(main())
