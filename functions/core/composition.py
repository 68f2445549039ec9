"""Composition: which pages a list's group consists of, from the entries of the lists that it needs."""

from collections.abc import Mapping, Sequence
from itertools import chain

from functions.core.entry import Entry
from functions.core.groups import CORRECTIONS, FRONT, Group, Need
from functions.core.page import Page
from functions.core.site import compose
from functions.core.site.house import House

Lists = Mapping[Need, Sequence[Entry]]


def list_pages(
    group: Group, lists: Lists, months: Sequence[str], house: House, pinned: Sequence[Entry] = ()
) -> tuple[Page, ...]:
    """The pages of a list's group. A category that the newsroom does not have (any more) has no pages.

    `months` are those that the pages link to; for a group of one month that month, or none once nothing stands in it.
    `pinned` are what editors fixed at the top of the front page.
    """
    if group.kind == FRONT:
        return compose.front_pages({need.value: entries for need, entries in lists.items()}, house, pinned)
    entries = tuple(chain.from_iterable(lists.values()))
    if group.kind == "cat":
        return _category_pages(group.value, entries, months, house)
    if group.kind == "tag":
        return compose.tag_pages(group.value, entries, house)
    if group.kind == "author":
        return compose.author_pages(group.value, entries, house)
    if group.kind == "sitemap":
        return compose.month_index_pages(group.value, entries, house) if months else ()
    if group.kind == CORRECTIONS:
        return compose.corrections_pages(entries, house)
    return compose.feed_pages(entries, months, house, since=next(iter(lists)).since)


def _category_pages(value: str, entries: Sequence[Entry], months: Sequence[str], house: House) -> tuple[Page, ...]:
    category, _, month = value.partition(":")
    if category not in {each.slug for each in house.settings.category}:
        return ()
    if month:
        return compose.month_pages(category, month, entries, house) if months else ()
    return compose.category_pages(category, entries, months, house)
