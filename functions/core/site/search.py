"""The pages of search: its own, and the parts of its index."""

from collections.abc import Sequence

from functions.core import keys, places
from functions.core.contexts import SearchPage
from functions.core.entry import Entry
from functions.core.page import Page
from functions.core.search import index
from functions.core.site.house import House
from functions.core.site.months import in_parts

_JSON = "application/json; charset=utf-8"


def search_page(house: House) -> tuple[Page, ...]:
    """The page that searches; none in a newsroom without search."""
    if not house.settings.site.search:
        return ()
    shell = house.shell(house.locale.words.search, places.SEARCH)
    context = SearchPage(
        site=house.site,
        shell=shell,
        sections=tuple(house.sections.values()),
        parts=places.SEARCH_MONTHS,
    )
    return (house.page(places.SEARCH, context),)


def search_manifest(months: Sequence[str], house: House) -> tuple[Page, ...]:
    """The list of the index's months (`yyyy-mm`)."""
    if not house.settings.site.search:
        return ()
    addresses = [keys.search_path(month) for month in sorted(set(months), reverse=True)]
    return (Page(keys.site_key(places.SEARCH_MONTHS), index.manifest(addresses), _JSON),)


def search_shards(month: str, entries: Sequence[Entry], house: House) -> tuple[Page, ...]:
    """The index of one month, newest first, in parts of which each names the one before it."""
    if not house.settings.site.search:
        return ()
    pages = []
    for part in in_parts(entries, index.PART_SIZE):
        path = keys.search_path(month, part.number)
        older = keys.search_path(month, part.older) if part.older else ""
        body = index.shard([_finding(entry, house) for entry in part.entries], older)
        pages.append(Page(keys.site_key(path), body, _JSON))
    return tuple(pages)


def _finding(entry: Entry, house: House) -> index.Finding:
    published = house.moment(entry.published_at)
    return index.Finding(entry, house.section(entry.category).text, published.iso[:10], published.text)
