"""Rebuild the whole site from the inbox's versions, by the handlers' pure functions; and verify against it."""

from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import datetime
from functools import partial
from typing import NamedTuple

from functions.core import keys
from functions.core.duplicates import Compare, Comparison
from functions.core.edition import Edition
from functions.core.errors import WriteConflict
from functions.core.files import kind_of
from functions.core.groups import STATIC, Group, article_group, groups_of
from functions.core.objects import Condition
from functions.core.page import Page
from functions.core.receipt import Receipt
from functions.core.record import Record
from functions.core.related.archive import Archive
from functions.core.related.rank import rank
from functions.core.scope import Scope, belonging_to
from functions.core.site.articles import ArticleInputs, article_pages
from functions.core.site.fixed import static_pages
from functions.core.site.house import House
from functions.workflows.editing import Beyond, Editor, edit
from functions.workflows.pictures import look_at_images
from functions.workflows.pin import pins_of
from functions.workflows.ports import Inbox, Press, Site
from functions.workflows.print_article import image_pages, inputs_of
from functions.workflows.receipts import article_receipt, asset_receipt
from functions.workflows.records import records_of

Each = Callable[[Callable[["Compared"], str], Iterable["Compared"]], Iterable[str]]
Tell = Callable[[str, int, int], None]  # what is being done, how many are done, of how many


class Stock(NamedTuple):
    """One inbox key, taken in: its receipt, and its record if it is an article's."""

    receipt: Receipt
    record: Record | None


class Compared(NamedTuple):
    """A site key beside what a rebuild has there: the page wanted, None for none, and the ETag of what stands."""

    key: str
    page: Page | None
    standing: str | None

    @property
    def what(self) -> str:
        """How the key compares, in a word."""
        if self.page is None:
            return "orphan"
        if self.standing is None:
            return "missing"
        return "right" if self.standing == self.page.etag else "different"


class Rebuilt(NamedTuple):
    """How many site keys were written, deleted, and already right."""

    written: int
    deleted: int
    unchanged: int


class Basis(NamedTuple):
    """What a site is made from: who reads the uploads, the house that it is printed in, and the hour."""

    editor: Editor
    house: House
    as_of: datetime


class Inventory(NamedTuple):
    """All that the inbox's versions hold at an hour: the records in key order, and the lists that they make."""

    records: tuple[Record, ...]
    edition: Edition


def silent(what: str, done: int, of: int) -> None:
    """Where nobody wants to know how far it has got."""


def take_stock(editor: Editor, key: str, as_of: datetime, compare: Compare | None = None) -> Stock | None:
    """The receipt and record of one inbox key, as if it were the only one unless told how to compare it with others;
    None for what is no upload.
    """
    versions = editor.inbox.versions(key) if key.startswith(keys.ARTICLES) else ()
    if not versions:
        return None
    if not keys.is_natural(key) or kind_of(key) != "article":
        return Stock(asset_receipt(editor, key, versions[0]), None)
    look = partial(look_at_images, editor.inbox, editor.desk)
    beyond = Beyond(look, compare or Comparison(()).elders_of)
    edited = edit(editor, key, versions, as_of=as_of, beyond=beyond)
    return Stock(article_receipt(edited, editor.build), edited.record)


def settle(editor: Editor, stocks: Sequence[Stock], as_of: datetime) -> Iterator[Stock]:
    """The stocks of a whole inbox, those taken again that repeat another one's text."""
    comparison = Comparison(stock.record for stock in stocks if stock.record)
    for stock in stocks:
        record = stock.record
        if record and record.offered and comparison.elders_of(record.id, record.history):
            yield take_stock(editor, record.key, as_of, comparison.elders_of) or stock
        else:
            yield stock


def take_inventory(editor: Editor, as_of: datetime, tell: Tell = silent) -> Inventory:
    """Every upload taken in, from the inbox's versions alone."""
    edition, stocks = Edition(editor.build.settings, as_of, pins_of(editor.inbox, editor.desk)), []
    uploads = [key for key, _ in editor.inbox.keys()]
    for place, key in enumerate(uploads, 1):
        tell("reading", place, len(uploads))
        if stock := take_stock(editor, key, as_of):
            stocks.append(stock)
    records = [stock.record for stock in settle(editor, stocks, as_of) if stock.record]
    for record in records:
        edition.add(record)
    return Inventory(tuple(records), edition)


def site_pages(
    inventory: Inventory, inbox: Inbox | None, house: House, groups: Container[str] | None = None, tell: Tell = silent
) -> Iterator[Page]:
    """Every page of the site, or of some groups of it, each once: articles with their images, then lists, then what
    depends on the build alone. Without an inbox to read them from, no images.
    """
    edition = inventory.edition
    related = _Related(inventory.records)
    articles = [each for each in inventory.records if groups is None or article_group(each.id) in groups]
    for place, record in enumerate(articles, 1):
        tell("printing", place, len(articles))
        live = record.state == "live"
        box = house.rows(edition.entries(related.box(record.id))) if live else ()
        moved_to = "" if live else edition.new_path(record.id)
        yield from article_output(inbox, house, inputs_of(record, box, edition.versions(record.id), moved_to))
    lists = [name for name in edition.list_groups() if groups is None or name in groups]
    for place, name in enumerate(lists, 1):
        tell("listing", place, len(lists))
        yield from edition.group_pages(name, house)
    if groups is None:
        yield from static_pages(house)


class _Related:
    """The related boxes of a whole archive, one by one."""

    def __init__(self, records: Sequence[Record]) -> None:
        self._prints = {record.id: record.about for record in records if record.about}
        self._archive = Archive.of({id_: about.signature for id_, about in self._prints.items()})

    def box(self, upload_id: str) -> list[str]:
        """The articles in the box of a live article."""
        about = self._prints[upload_id]
        wanted = [*about.pin, *self._archive.shortlist(upload_id, about.signature).ids]
        candidates = (self._prints[id_] for id_ in wanted if id_ in self._prints)
        return [each.id for each in rank(about, candidates)]


def article_output(inbox: Inbox | None, house: House, inputs: ArticleInputs) -> Iterator[Page]:
    """All that one article puts into the site: images first, then its page and what stands at its former paths."""
    if inbox:
        yield from image_pages(inbox, house, inputs)
    yield from article_pages(inputs, house)


def compare(
    site: Site, basis: Callable[[], Basis], scope: Scope | None = None, tell: Tell = silent
) -> Iterator[Compared]:
    """A site, or a part of it, beside what the inbox's versions make: each page wanted, then what else is there.

    Reads, writes nothing. As in a render, the ETags of what stands are read before all inputs, the hour included.
    """
    have: dict[str, str | None] = {
        found.key: found.etag
        for found in site.list("")
        if not found.key.startswith(keys.PREVIEWS)  # these are nobody's but their readers'
    }
    editor, house, as_of = basis()
    inventory = take_inventory(editor, as_of, tell)
    groups = scope.groups(inventory.records, house.settings.newsroom.zone) if scope else None
    for page in site_pages(inventory, editor.inbox, house, groups, tell):
        yield Compared(page.key, page, have.pop(page.key, None))
    others = have if groups is None else filter(belonging_to(groups, inventory.records), have)
    yield from (Compared(key, None, have[key]) for key in sorted(others))


def rebuild(site: Site, compared: Iterable[Compared], each: Each = map) -> Rebuilt:
    """Make the site right. What is right already is not written again, so a rebuild can be resumed.

    `each` does something with each of many: one after the other, unless it knows better.
    """
    tally = Counter(each(partial(_made_right, site), compared))
    return Rebuilt(tally["written"], tally["deleted"], tally["unchanged"])


def _made_right(site: Site, each: Compared) -> str:
    if each.what == "right" or not mend(site, each):
        return "unchanged"
    return "written" if each.page else "deleted"


def mend(site: Site, each: Compared) -> bool:
    """Put one key right. What changes under our hands is left to whoever is writing it: False."""
    condition = Condition(each.standing)
    return _insist(partial(site.put, each.page, condition) if each.page else partial(site.delete, each.key, condition))


def to_come(records: Iterable[Record]) -> Callable[[str], bool]:
    """Whether a site key belongs to a group that will be rendered once these records are made anew."""
    found = list(records)
    return belonging_to({name for record in found for name in groups_of(record)}, found)


def awaited(press: Press, house: House) -> Callable[[str], bool]:
    """Whether a site key belongs to a group whose render is still to come."""
    groups = {keys.group_of_dirty(flag.key) for flag in press.state.list(keys.DIRTY)}
    articles = [group.value for group in map(Group.parse, groups) if group.kind == "art"]
    belongs = belonging_to(groups, records_of(press.state, articles))
    fixed = {page.key for page in static_pages(house)} if STATIC in groups else ()
    return lambda key: key in fixed or belongs(key)


def _insist(write: Callable[[], None]) -> bool:
    """Do a conditional write; False if something else stands there now.

    S3 may also say 409, with nothing written, though nothing has changed: so a refusal counts the second time.
    """
    for _ in range(2):
        with suppress(WriteConflict):
            write()
            return True
    return False
