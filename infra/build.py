"""Build: a folder of uploads becomes a folder of pages, in one go, on all cores.

The pages are those of the handlers: the same `take_stock`, `Edition` and `article_pages`, only spread over processes.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from functions.bootstrap.desk import desk_of
from functions.bootstrap.house import house_of
from functions.core.edition import Edition
from functions.core.receipt import Receipt
from functions.core.site.articles import ArticleInputs
from functions.core.site.fixed import static_pages
from functions.core.site.house import House
from functions.workflows.pin import pins_of
from functions.workflows.print_article import inputs_of
from functions.workflows.rebuild import Rebuilt, settle
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
        chunks = chunks_of(keys, plan.jobs)
        taken = list(each(partial(take_chunk, plan, folder), chunks, [*map(len, chunks)], "reading", progress))
        receipts, batches = _settled(plan, taken, edition)
        taken.clear()  # what was read is in the edition by now, or waits on a shelf
        sizes = [len(batch.ids) for batch in batches]
        printing = each(partial(print_chunk, plan), _boxed(edition, house, batches), sizes, "printing", progress)
        lists = [print_pages(site, pages) for pages in (edition.pages(house), static_pages(house))]
        printed = [*printing, *lists]
    return Built(receipts, _sweep(site, printed))


class _Batch(NamedTuple):
    """The ids of the records on a shelf, and the inputs of those that had to be settled, from what they are now."""

    shelf: Path
    ids: tuple[str, ...]
    anew: dict[str, ArticleInputs]


def _settled(plan: Plan, taken: Sequence[Taken], edition: Edition) -> tuple[tuple[Receipt, ...], list[_Batch]]:
    """The receipts, and what is to be printed; the edition takes in every record."""
    receipts, batches = [], []
    settled = settle(editor_of(plan), [stock for some in taken for stock in some.stocks], plan.as_of)
    for some in taken:
        now = list(islice(settled, len(some.stocks)))
        receipts += [stock.receipt for stock in now]
        records = [stock.record for stock in now if stock.record]
        for record in records:
            edition.add(record)
        anew = {
            stock.record.id: inputs_of(stock.record)
            for stock, before in zip(now, some.stocks, strict=True)
            if stock is not before and stock.record
        }
        batches.append(_Batch(some.shelf, tuple(record.id for record in records), anew))
    return tuple(receipts), batches


def _boxed(edition: Edition, house: House, batches: Iterable[_Batch]) -> Iterator[Shelved]:
    """The chunks with what their articles lack."""
    boxes_of = Boxes(edition.fingerprints)
    for batch in batches:
        found = boxes_of.of(id_ for id_ in batch.ids if id_ in edition.fingerprints)
        boxes = (house.rows(edition.entries(next(found))) if id_ in edition.fingerprints else () for id_ in batch.ids)
        yield Shelved(batch.shelf, tuple(boxes), tuple(map(edition.versions, batch.ids)), batch.anew)


def _sweep(site: FolderSite, printed: Sequence[Printed]) -> Rebuilt:
    wanted = {key for some in printed for key in some.keys}
    orphans = [key for key in site.keys() if key not in wanted]
    for key in orphans:
        site.delete(key)
    written = sum(some.written for some in printed)
    return Rebuilt(written, len(orphans), len(wanted) - written)
