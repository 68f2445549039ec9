"""Composition: which pages a list's group consists of, from the entries of the lists that it needs."""

from collections.abc import Mapping, Sequence
from itertools import chain

from functions.core.claims import BEFORE
from functions.core.entry import Entry
from functions.core.groups import CORRECTIONS, FRONT, Group, Need
from functions.core.keys import category_path
from functions.core.page import Page
from functions.core.places import address_of, before, category_feed, category_json_feed
from functions.core.site.house import House
from functions.core.site.lists import author_pages, category_pages, corrections_pages, front_pages, tag_pages
from functions.core.site.machines import feed_pages, month_index_pages
from functions.core.site.months import month_pages, moved_month_pages
from functions.core.site.moved import redirects

Lists = Mapping[Need, Sequence[Entry]]


def list_pages(
    group: Group, lists: Lists, months: Sequence[str], house: House, pinned: Sequence[Entry] = ()
) -> tuple[Page, ...]:
    """The pages of a list's group. A category that the newsroom does not have (any more) has no pages of its own.

    `months` are those that the pages link to; for a group of one month that month, or none once nothing stands in it.
    `pinned` are what editors fixed at the top of the front page.
    """
    if group.kind == FRONT:
        return front_pages({need.value: entries for need, entries in lists.items()}, house, pinned)
    entries = tuple(chain.from_iterable(lists.values()))
    if group.kind == "cat":
        return _category_pages(group.value, entries, months, house)
    if group.kind == "tag":
        return tag_pages(group.value, entries, house)
    if group.kind == "author":
        return author_pages(group.value, entries, house)
    if group.kind == BEFORE:
        return _before(group.value, entries, house)
    if group.kind == "sitemap":
        return month_index_pages(group.value, entries, house) if months else ()
    if group.kind == CORRECTIONS:
        return corrections_pages(entries, house)
    # The feeds, made from one list; a kind that newer code flagged before it was rolled back has none, and no pages.
    return tuple(page for need in lists for page in _feeds(need, entries, months, house))


def _feeds(need: Need, entries: Sequence[Entry], months: Sequence[str], house: House) -> tuple[Page, ...]:
    news = [entry for entry in entries if need.since and entry.published_at > need.since]
    return feed_pages(entries[: need.limit], news, months, house)


def _category_pages(value: str, entries: Sequence[Entry], months: Sequence[str], house: House) -> tuple[Page, ...]:
    category, _, month = value.partition(":")
    if category not in {each.slug for each in house.settings.category}:
        now = [each.slug for each in house.settings.category if category in each.formerly]
        if month:
            return moved_month_pages(category, now[0], month, entries, house) if now and months else ()
        return _moved(category, now, house)
    if month:
        return month_pages(category, month, entries, house) if months else ()
    return category_pages(category, entries, months, house)


def _before(value: str, entries: Sequence[Entry], house: House) -> tuple[Page, ...]:
    """What stands at an address of an earlier site: the way to where the settings say, or else to its article."""
    said = dict(house.settings.moved).get(address_of(value))
    targets = [said] if said else [entry.path for entry in entries]
    return tuple(page for target in targets for page in redirects([before(value)], target, house))


def _moved(former: str, now: Sequence[str], house: House) -> tuple[Page, ...]:
    """What stands at the addresses that a category had: its page and its feeds; the way to those that it has."""
    places_of = (category_path, category_feed, category_json_feed)
    return tuple(page for slug in now for of in places_of for page in redirects([of(former)], of(slug), house))
