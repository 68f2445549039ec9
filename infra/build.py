"""Build: a folder of uploads becomes a folder of pages, in one go, on all cores.

The pages are those of the handlers: the same `take_stock`, `Edition` and `article_pages`, only spread over processes.
"""

import pickle
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory, mkstemp
from typing import NamedTuple

from functions.bootstrap.desk import desk_of
from functions.bootstrap.files import code
from functions.bootstrap.house import house_of
from functions.core.build import Build
from functions.core.edition import Edition
from functions.core.page import Page
from functions.core.parts import Row
from functions.core.receipt import Receipt
from functions.core.record import Record
from functions.core.settings import Settings
from functions.core.site.articles import ArticleInputs
from functions.core.site.fixed import static_pages
from functions.core.site.house import House
from functions.workflows.editing import Editor
from functions.workflows.pin import pins_of
from functions.workflows.print_article import inputs_of
from functions.workflows.rebuild import Rebuilt, Stock, article_output, settle, take_stock
from infra.boxes import Boxes
from infra.folder import FolderInbox, FolderSite
from infra.processes import Progress, chunks_of, spread


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


class Taken(NamedTuple):
    """A chunk of uploads, taken in: records without their texts, which wait in the file `shelf` for the printing."""

    stocks: tuple[Stock, ...]
    shelf: Path


class Shelved(NamedTuple):
    """A chunk of articles to print: the file with their inputs, which lack the related boxes. `anew` come instead."""

    shelf: Path
    boxes: tuple[tuple[Row, ...], ...]
    anew: dict[str, ArticleInputs]


class Printed(NamedTuple):
    """The site keys of some pages, and how many of them had to be written."""

    keys: tuple[str, ...]
    written: int


def build(plan: Plan, progress: Progress) -> Built:
    """Publish a folder of uploads into a folder of pages. Files of the output that are no page of it are deleted."""
    inbox, house, site = FolderInbox(plan.inbox), house_of(plan.settings), FolderSite(plan.out)
    keys = [key for key, _ in inbox.keys()]
    edition = Edition(plan.settings, plan.as_of, pins_of(inbox, desk_of(plan.settings)))
    with TemporaryDirectory() as folder, spread(plan.jobs, len(keys)) as each:
        taken = list(each(partial(_take_stock, plan, folder), chunks_of(keys, plan.jobs), len, "reading", progress))
        stocks = list(settle(_editor(plan), [stock for some in taken for stock in some.stocks], plan.as_of))
        for stock in stocks:
            if stock.record:
                edition.add(stock.record)
        shelved = list(_boxed(edition, house, taken, stocks))
        printing = each(partial(_print_articles, plan), shelved, lambda some: len(some.boxes), "printing", progress)
        lists = [_print(site, pages) for pages in (edition.pages(house), static_pages(house))]
        printed = [*printing, *lists]
    return Built(tuple(stock.receipt for stock in stocks), _sweep(site, printed))


def _boxed(edition: Edition, house: House, taken: Sequence[Taken], stocks: Sequence[Stock]) -> Iterator[Shelved]:
    """The chunks with what their articles lack. A stock that had to be settled is printed from what it is now."""
    boxes_of, settled = Boxes(edition.fingerprints), iter(stocks)
    for some in taken:
        now = list(islice(settled, len(some.stocks)))
        records = [stock.record for stock in now if stock.record]
        found = boxes_of.of(record.id for record in records if record.article)
        boxes = tuple(house.rows(edition.entries(next(found))) if record.article else () for record in records)
        anew = {
            stock.record.id: inputs_of(stock.record)
            for stock, before in zip(now, some.stocks, strict=True)
            if stock is not before and stock.record
        }
        yield Shelved(some.shelf, boxes, anew)


def _sweep(site: FolderSite, printed: Sequence[Printed]) -> Rebuilt:
    wanted = {key for some in printed for key in some.keys}
    orphans = [key for key in site.keys() if key not in wanted]
    for key in orphans:
        site.delete(key)
    written = sum(some.written for some in printed)
    return Rebuilt(written, len(orphans), len(wanted) - written)


def _editor(plan: Plan) -> Editor:
    return Editor(FolderInbox(plan.inbox), desk_of(plan.settings), Build(code=code(), settings=plan.settings))


def _take_stock(plan: Plan, folder: str, keys: Sequence[str]) -> Taken:
    editor = _editor(plan)
    stocks = [stock for key in keys if (stock := take_stock(editor, key, plan.as_of))]
    descriptor, shelf = mkstemp(dir=folder)
    with open(descriptor, "wb") as file:  # noqa: PTH123 - the descriptor is what there is
        pickle.dump([inputs_of(stock.record) for stock in stocks if stock.record], file, pickle.HIGHEST_PROTOCOL)
    light = [stock._replace(record=_without_text(stock.record)) if stock.record else stock for stock in stocks]
    return Taken(tuple(light), Path(shelf))


def _without_text(record: Record) -> Record:
    article = record.article and record.article.model_copy(update={"body": ""})
    return record.model_copy(update={"article": article})


def _print_articles(plan: Plan, shelved: Shelved) -> Printed:
    inbox, house = FolderInbox(plan.inbox), house_of(plan.settings)
    with shelved.shelf.open("rb") as file:
        shelf: list[ArticleInputs] = pickle.load(file)  # noqa: S301 - a file of our own, in a folder of this user's
    inputs = (
        replace(shelved.anew.get(one.upload_id, one), related=box)
        for one, box in zip(shelf, shelved.boxes, strict=True)
    )
    pages = (page for one in inputs for page in article_output(inbox, house, one))
    return _print(FolderSite(plan.out), pages)


def _print(site: FolderSite, pages: Iterable[Page]) -> Printed:
    keys, written = [], 0
    for page in pages:
        keys.append(page.key)
        written += site.put(page)
    return Printed(tuple(keys), written)
