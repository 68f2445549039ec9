"""Build: a folder of uploads becomes a folder of pages, in one go, on all cores.

The pages are those of the handlers: the same `take_stock`, `Edition` and `article_pages`, only spread over processes.
"""

from collections import Counter
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from functions.bootstrap.desk import desk_of
from functions.bootstrap.house import house_of
from functions.core.edition import Edition
from functions.core.receipt import Receipt
from functions.core.site.fixed import static_pages
from functions.workflows.pin import pins_of
from functions.workflows.print_article import inputs_of
from functions.workflows.rebuild import Rebuilt, Stock, settle
from infra.archive import ArchiveWriter
from infra.chunks import Batch, Plan, Printed, Taken, editor_of, print_chunk, print_pages, stocks_on, take_chunk
from infra.folder import FolderInbox, FolderSite, file_of
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
        receipts, batches = _settled(plan, taken, edition, ArchiveWriter(Path(folder)))
        sizes = [len(batch.places) for batch in batches]
        fixed = print_pages(site, static_pages(house))  # first: by these the next build knows a site as its own
        printing = each(partial(print_chunk, plan, folder), batches, sizes, "printing", progress)
        lists = print_pages(site, edition.pages(house))
        printed = [fixed, lists, *printing]
    return Built(receipts, _sweep(site, printed))


def _settled(
    plan: Plan, taken: Sequence[Taken], edition: Edition, archive: ArchiveWriter
) -> tuple[tuple[Receipt, ...], list[Batch]]:
    """The receipts, and what is to be printed; the edition and the archive take in every record."""
    house = house_of(plan.settings)
    receipts: list[Receipt] = []
    batches = []
    settled = _contested(plan, taken)
    for some in taken:
        stocks = [settled.get(stock.receipt.key, stock) for stock in stocks_on(some.shelf)]
        receipts += [stock.receipt for stock in stocks]
        records = [stock.record for stock in stocks if stock.record]
        places = []
        for record in records:
            entry = edition.add(record)
            places.append(archive.add(house.row(entry), record.about) if entry and record.about else None)
        anew = {record.id: inputs_of(record) for record in records if record.key in settled}
        batches.append((Batch(some.shelf, tuple(places), (), anew), [record.id for record in records]))
    archive.close()
    return tuple(receipts), [batch._replace(versions=tuple(map(edition.versions, ids))) for batch, ids in batches]


def _contested(plan: Plan, taken: Sequence[Taken]) -> dict[str, Stock]:
    """By key, what becomes of the uploads whose texts may be those of others: all that have a band in common."""
    counts = Counter(band for some in taken for bands in some.bands for band in set(bands))
    stocks = []
    for some in taken:
        if any(counts[band] > 1 for bands in some.bands for band in bands):
            found = zip(stocks_on(some.shelf, keep=True), some.bands, strict=True)
            stocks += [stock for stock, bands in found if any(counts[band] > 1 for band in bands)]
    settled = zip(stocks, settle(editor_of(plan), stocks, plan.as_of), strict=True)
    return {before.receipt.key: now for before, now in settled if now is not before}


def _sweep(site: FolderSite, printed: Sequence[Printed]) -> Rebuilt:
    wanted = {file_of(key) for some in printed for key in some.keys}
    orphans = [file for file in site.files() if file not in wanted]
    for file in orphans:
        site.delete(file)
    written = sum(some.written for some in printed)
    return Rebuilt(written, len(orphans), len(wanted) - written)
