"""Rebuild the whole site from the inbox's versions, by the handlers' pure functions; and verify against it."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime
from functools import partial
from typing import NamedTuple

from functions.core import keys
from functions.core.edition import Edition
from functions.core.entry import Entry
from functions.core.errors import WriteConflict
from functions.core.files import kind_of
from functions.core.objects import Condition
from functions.core.page import Page
from functions.core.receipt import Receipt
from functions.core.record import Record
from functions.core.site.articles import article_pages
from functions.core.site.fixed import static_pages
from functions.core.site.house import House
from functions.workflows.answers import article_receipt, asset_receipt
from functions.workflows.editing import Editor, edit, look_at_images
from functions.workflows.pin import pins_of
from functions.workflows.ports import Inbox, Site
from functions.workflows.print_article import image_pages, inputs_of


class Stock(NamedTuple):
    """One inbox key, taken in: its receipt, and its record if it is an article's."""

    receipt: Receipt
    record: Record | None


class Difference(NamedTuple):
    """A site key that is not as a rebuild would have it."""

    key: str
    what: str


class Rebuilt(NamedTuple):
    """How many site keys were written, deleted, and already right."""

    written: int
    deleted: int
    unchanged: int


def take_stock(editor: Editor, key: str, as_of: datetime) -> Stock | None:
    """The receipt and record of one inbox key, from its versions alone; None for what is no upload."""
    versions = editor.inbox.versions(key) if key.startswith(keys.ARTICLES) else ()
    if not versions:
        return None
    if not keys.is_natural(key) or kind_of(key) != "article":
        return Stock(asset_receipt(editor, key, versions[0]), None)
    edited = edit(editor, key, versions, as_of=as_of, look=lambda images: look_at_images(editor, images))
    return Stock(article_receipt(edited, editor.build), edited.record)


def whole_site(editor: Editor, house: House, as_of: datetime, *, images: bool = True) -> Iterator[Page]:
    """Every page of the site, each once: articles with their images, lists, and what depends on the build alone.

    Without `images` only what the templates make.
    """
    edition, records = Edition(editor.build.settings, as_of, pins_of(editor.inbox, editor.desk)), []
    for key, _ in editor.inbox.keys():
        stock = take_stock(editor, key, as_of)
        if stock and stock.record:
            edition.add(stock.record)
            records.append(stock.record)
    archive = edition.archive()
    for record in records:
        live = record.state == "live"
        related = edition.related(record.id, archive) if live else ()
        moved_to = "" if live else edition.new_path(record.id)
        if images:
            yield from image_pages(editor.inbox, house, record)
        yield from article_pages(inputs_of(record, related, moved_to), house)
    yield from edition.pages(house)
    yield from static_pages(house)


def article_output(
    inbox: Inbox, house: House, record: Record, related: tuple[Entry, ...], moved_to: str = ""
) -> Iterator[Page]:
    """All that one article puts into the site: images first, then its page and what stands at its former paths."""
    yield from image_pages(inbox, house, record)
    yield from article_pages(inputs_of(record, related, moved_to), house)


def pages_standing(site: Site) -> dict[str, str | None]:
    """The ETags of all that stands in a site, but for previews: these are nobody's but their readers'."""
    return {found.key: found.etag for found in site.list("") if not found.key.startswith(keys.PREVIEWS)}


def rebuild(site: Site, pages: Iterator[Page], progress: Callable[[Page], None]) -> Rebuilt:
    """Make a site consist of these pages. What is already right is not written again, so a rebuild can be resumed.

    A page that changes under our hands is left to whoever is writing it.
    """
    have = pages_standing(site)
    written = unchanged = 0
    for page in pages:
        progress(page)
        standing = have.pop(page.key, None)
        if standing == page.etag:
            unchanged += 1
            continue
        mended = _insist(partial(site.put, page, Condition(standing)))
        written, unchanged = written + mended, unchanged + (not mended)
    for key, etag in have.items():
        _insist(partial(site.delete, key, Condition(etag)))
    return Rebuilt(written, len(have), unchanged)


def _insist(write: Callable[[], None]) -> bool:
    """Do a conditional write; False if something else stands there now.

    S3 may also say 409, with nothing written, though nothing has changed: so a refusal counts the second time.
    """
    for _ in range(2):
        with suppress(WriteConflict):
            write()
            return True
    return False


def differences(site: Site, pages: Iterator[Page], *, repair: bool = False) -> Iterator[Difference]:
    """What differs between a site and the pages that it should consist of; put right on the way if asked."""
    have = pages_standing(site)
    for page in pages:
        standing = have.pop(page.key, None)
        if standing == page.etag:
            continue
        yield Difference(page.key, "different" if standing else "missing")
        if repair:
            _insist(partial(site.put, page, Condition(standing)))
    for key, etag in sorted(have.items()):
        yield Difference(key, "orphan")
        if repair:
            _insist(partial(site.delete, key, Condition(etag)))
