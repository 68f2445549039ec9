"""Print a list's group: its pages follow from the live entries of the lists it needs."""

from collections.abc import Iterable

from functions.core import keys
from functions.core.groups import FEEDS, FRONT, Group, months_listed, needs, own_month, owned
from functions.core.site.composition import list_pages
from functions.core.site.fixed import static_pages
from functions.workflows.lists import Listing, keep_document, read_list
from functions.workflows.now import as_of
from functions.workflows.pinned import pinned_entries
from functions.workflows.ports import Press
from functions.workflows.printing import HouseOf, Standing, in_force, put_changed, standing


def print_list(press: Press, house_of: HouseOf, group: Group) -> bool:
    """Write what changed of a list's pages. The ETags of what is there are read before the inputs."""
    have = _standing(press, group)
    build, house = in_force(press, house_of)
    hour = as_of(press) if group.kind == FEEDS else None
    listings = {need: read_list(press, build, need) for need in needs(group, build.settings, hour)}
    months = _months(press, group, listings.values())
    entries = {need: tuple(item.entry for item in listing.live if item.entry) for need, listing in listings.items()}
    if group.kind != FRONT:  # the front borrows the categories' lists; their documents are the categories' to keep
        for need, listing in listings.items():
            keep_document(press, build, need, listing)
    pinned = pinned_entries(press, build.settings) if group.kind == FRONT else ()
    return put_changed(press, list_pages(group, entries, months, house, pinned), have)


def _months(press: Press, group: Group, listings: Iterable[Listing]) -> tuple[str, ...]:
    if month := own_month(group):
        return (month,) if any(listing.items for listing in listings) else ()
    listed = months_listed(group)
    return tuple(sorted(press.state.values(keys.values(*listed)))) if listed else ()


def print_static(press: Press, house_of: HouseOf) -> bool:
    """Write the pages and assets that depend on the build alone. Old assets stay for the pages that still name them."""
    _, house = in_force(press, house_of)
    have = standing(press, [keys.site_key(keys.SEARCH_PATH), *(page.key for page in static_pages(house))])
    _, house = in_force(press, house_of)  # again: which keys are ours follows from it, what stands there must be older
    return put_changed(press, static_pages(house), have)


def _standing(press: Press, group: Group) -> Standing:
    mine = owned(group)
    have = standing(press, mine.exact)
    if mine.prefix:
        listed = press.site.list(mine.prefix)
        have.etags.update((found.key, found.etag) for found in listed if mine.pattern.search(found.key))
    return have
