"""The pages of search: its own, and the parts of its index."""

from collections.abc import Sequence

from functions.core import keys, places
from functions.core.contexts import SearchPage
from functions.core.entry import Entry
from functions.core.page import Page
from functions.core.search import index
from functions.core.site.house import House

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
    """The index of one month, newest first, in parts that are numbered from the oldest: full ones never change.

    The newest part is the month's own, whatever its number, and each names the part before it.
    """
    if not house.settings.site.search:
        return ()
    count = max(1, -(-len(entries) // index.PART_SIZE))
    pages = []
    for part in range(count, 0, -1):
        first = max(0, len(entries) - part * index.PART_SIZE)
        some = entries[first : len(entries) - (part - 1) * index.PART_SIZE]
        path = keys.search_path(month, None if part == count else part)
        older = keys.search_path(month, part - 1) if part > 1 else ""
        body = index.shard([_finding(entry, house) for entry in some], older)
        pages.append(Page(keys.site_key(path), body, _JSON))
    return tuple(pages)


def _finding(entry: Entry, house: House) -> index.Finding:
    published = house.moment(entry.published_at)
    return index.Finding(entry, house.section(entry.category).text, published.iso[:10], published.text)
