"""Build: a folder of uploads becomes a folder of pages, in one go, on all cores.

The pages are those of the handlers: the same `take_stock`, `Edition` and `article_pages`, only spread over processes.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from pathlib import Path
from typing import NamedTuple, TypeVar

from functions.bootstrap.desk import desk_of
from functions.bootstrap.house import house_of
from functions.bootstrap.press import code
from functions.core.build import Build
from functions.core.edition import Edition
from functions.core.entry import Entry
from functions.core.objects import Condition
from functions.core.page import Page
from functions.core.receipt import Receipt
from functions.core.record import Record
from functions.core.settings import Settings
from functions.core.site.fixed import static_pages
from functions.workflows.editing import Editor
from functions.workflows.pin import pins_of
from functions.workflows.rebuild import Rebuilt, Stock, article_output, settle, take_stock
from infra.folder import FolderInbox, FolderSite

T = TypeVar("T")
R = TypeVar("R")
Progress = Callable[[str, int, int], None]  # what is being done, how many are done, of how many
_CHUNK = 100  # articles that one process takes at a time, at most
_WORTH_A_PROCESS = 20


@dataclass(frozen=True)
class Plan:
    """What to build, and into what. `as_of` is the hour at which the site stands."""

    inbox: Path
    out: Path
    settings: Settings
    as_of: datetime
    jobs: int


class Built(NamedTuple):
    """The receipts in key order, and what became of the pages."""

    receipts: tuple[Receipt, ...]
    pages: Rebuilt


class Printed(NamedTuple):
    """The site keys of some pages, and those of them that had to be written."""

    keys: frozenset[str]
    written: int


def build(plan: Plan, progress: Progress) -> Built:
    """Publish a folder of uploads into a folder of pages. Files of the output that are no page of it are deleted."""
    keys = [key for key, _ in FolderInbox(plan.inbox).keys()]
    with _spread(plan, len(keys)) as each:
        read: list[Stock] = list(chain.from_iterable(each(_take_stock, keys, "reading", progress)))
        stocks = list(settle(_editor(plan), read, plan.as_of))
        edition = Edition(plan.settings, plan.as_of, pins_of(FolderInbox(plan.inbox), desk_of(plan.settings)))
        records = [stock.record for stock in stocks if stock.record]
        for record in records:
            edition.add(record)
        archive = edition.archive()
        boxed = [(record, edition.related(record.id, archive) if record.article else ()) for record in records]
        printed = list(each(_print_articles, boxed, "printing", progress))
    house = house_of(plan.settings)
    printed.append(_print(FolderSite(plan.out), edition.pages(house)))
    printed.append(_print(FolderSite(plan.out), static_pages(house)))
    return Built(tuple(stock.receipt for stock in stocks), _sweep(plan, printed))


def _sweep(plan: Plan, printed: Sequence[Printed]) -> Rebuilt:
    wanted = frozenset().union(*(some.keys for some in printed))
    site = FolderSite(plan.out)
    orphans = [found.key for found in site.list("") if found.key not in wanted]
    for key in orphans:
        site.delete(key, Condition(None))
    written = sum(some.written for some in printed)
    return Rebuilt(written, len(orphans), len(wanted) - written)


def _take_stock(plan: Plan, keys: Sequence[str]) -> list[Stock]:
    editor = _editor(plan)
    stocks = (take_stock(editor, key, plan.as_of) for key in keys)
    return [stock for stock in stocks if stock]


def _editor(plan: Plan) -> Editor:
    return Editor(FolderInbox(plan.inbox), desk_of(plan.settings), Build(code=code(), settings=plan.settings))


def _print_articles(plan: Plan, boxed: Sequence[tuple[Record, tuple[Entry, ...]]]) -> Printed:
    inbox, house = FolderInbox(plan.inbox), house_of(plan.settings)
    pages = (page for record, related in boxed for page in article_output(inbox, house, record, related))
    return _print(FolderSite(plan.out), pages)


def _print(site: FolderSite, pages: Iterable[Page]) -> Printed:
    keys, written = set(), 0
    for page in pages:
        keys.add(page.key)
        if site.etags([page.key]).get(page.key) != page.etag:
            site.put(page, Condition(None))
            written += 1
    return Printed(frozenset(keys), written)


@contextmanager
def _spread(plan: Plan, size: int) -> Iterator[Callable[..., Iterator[R]]]:
    """A way to do something with chunks of a list, in the order of the list: here, or in as many processes as pay."""
    jobs = min(plan.jobs, -(-size // _WORTH_A_PROCESS))
    step = max(1, min(_CHUNK, size // (jobs * 8 or 1)))
    pool = ProcessPoolExecutor(jobs) if jobs > 1 else None

    def each(do: Callable[[Plan, Sequence[T]], R], items: Sequence[T], what: str, progress: Progress) -> Iterator[R]:
        chunks = [items[start : start + step] for start in range(0, len(items), step)]
        results = (pool.map if pool else map)(do, [plan] * len(chunks), chunks)
        progress(what, 0, len(items))
        for place, result in enumerate(results, 1):
            progress(what, min(place * step, len(items)), len(items))
            yield result

    try:
        yield each
    finally:
        if pool:
            pool.shutdown(cancel_futures=True)
