"""Build: a folder of uploads becomes a folder of pages, in one go, on all cores.

The pages are those of the handlers: the same `take_stock`, `Edition` and `article_pages`, only spread over processes.
"""

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import islice
from tempfile import TemporaryDirectory
from typing import NamedTuple

from functions.bootstrap.desk import desk_of
from functions.bootstrap.house import house_of
from functions.core.edition import Edition
from functions.core.receipt import Receipt
from functions.core.site.fixed import static_pages
from functions.core.site.house import House
from functions.workflows.pin import pins_of
from functions.workflows.print_article import inputs_of
from functions.workflows.rebuild import Rebuilt, Stock, settle
from infra.boxes import Boxes
from infra.chunks import Plan, Printed, Shelved, Taken, editor_of, print_chunk, print_pages, take_chunk
from infra.folder import FolderInbox, FolderSite
from infra.processes import Progress, chunks_of, spread


class Built(NamedTuple):
    """The receipts in key order, and what became of the pages."""

    receipts: tuple[Receipt, ...]
    pages: Rebuilt


def build(plan: Plan, progress: Progress) -> Built:
    """Publish a folder of uploads into a folder of pages. Files of the output that are no page of it are deleted."""
    inbox, house, site = FolderInbox(plan.inbox), house_of(plan.settings), FolderSite(plan.out)
    keys = [key for key, _ in inbox.keys()]
    edition = Edition(plan.settings, plan.as_of, pins_of(inbox, desk_of(plan.settings)))
    with TemporaryDirectory() as folder, spread(plan.jobs, len(keys), take_chunk.__module__) as each:
        taken = list(each(partial(take_chunk, plan, folder), chunks_of(keys, plan.jobs), len, "reading", progress))
        stocks = list(settle(editor_of(plan), [stock for some in taken for stock in some.stocks], plan.as_of))
        for stock in stocks:
            if stock.record:
                edition.add(stock.record)
        shelved = list(_boxed(edition, house, taken, stocks))
        printing = each(partial(print_chunk, plan), shelved, lambda some: len(some.boxes), "printing", progress)
        lists = [print_pages(site, pages) for pages in (edition.pages(house), static_pages(house))]
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
        yield Shelved(some.shelf, boxes, tuple(map(edition.family, records)), anew)


def _sweep(site: FolderSite, printed: Sequence[Printed]) -> Rebuilt:
    wanted = {key for some in printed for key in some.keys}
    orphans = [key for key in site.keys() if key not in wanted]
    for key in orphans:
        site.delete(key)
    written = sum(some.written for some in printed)
    return Rebuilt(written, len(orphans), len(wanted) - written)
