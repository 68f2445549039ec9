"""The pages that list articles: categories, tags, authors, the front page, the corrections.

Each shows all the entries that it is given, newest first; how many these are, `groups.needs` says.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from itertools import groupby
from urllib.parse import urlencode

from functions.core import keys, places
from functions.core.article import Correction
from functions.core.contexts import CategoryPage, CorrectionsPage, FrontPage, ListPage
from functions.core.entry import Entry
from functions.core.groups import LABELLED_LIST_SIZE
from functions.core.page import Page
from functions.core.parts import Block, CorrectionRow, Link, YearOfMonths
from functions.core.search.stems import stems
from functions.core.site.house import House
from functions.core.site.machines import feeds_of

_LATEST_SIZE = 8
_NEWEST_CORRECTIONS = 50
_NO_HOUR = datetime.min.replace(tzinfo=UTC)


def category_pages(category: str, entries: Sequence[Entry], months: Sequence[str], house: House) -> tuple[Page, ...]:
    """A category's page and its feeds; `months` (`yyyy-mm`) are those with articles."""
    section = house.section(category)
    newest_first = sorted(months, reverse=True)
    context = CategoryPage(
        site=house.site,
        shell=house.shell(section.text, section.href, category=category),
        section=section,
        rows=house.rows(entries),
        archive=keys.month_path(category, newest_first[0]) if newest_first else "",
        years=_years(category, newest_first, house),
    )
    title = house.site.name + " · " + section.text
    paths = places.category_feed(category), places.category_json_feed(category)
    return house.page(section.href, context), *feeds_of(paths, title, section.href, entries, house)


def _years(category: str, months: Sequence[str], house: House) -> tuple[YearOfMonths, ...]:
    return tuple(
        YearOfMonths(
            year, tuple(Link(keys.month_path(category, month), house.locale.month_name(month)) for month in of_year)
        )
        for year, of_year in groupby(months, key=lambda month: month[:4])
    )


def tag_pages(tag: str, entries: Sequence[Entry], house: House) -> tuple[Page, ...]:
    """The page of a tag: none when nothing is left; its label is the newest entry's."""
    label = next((mine.label for entry in entries for mine in entry.tags if mine.slug == tag), tag)
    return _labelled(keys.tag_path(tag), house.locale.words.tag, label, entries, house)


def author_pages(author: str, entries: Sequence[Entry], house: House) -> tuple[Page, ...]:
    """The page of an author, as `tag_pages`."""
    name = next((mine.name for entry in entries for mine in entry.authors if mine.slug == author), author)
    return _labelled(keys.author_path(author), house.locale.words.author, name, entries, house)


def _labelled(path: str, kicker: str, title: str, entries: Sequence[Entry], house: House) -> tuple[Page, ...]:
    if not entries:
        return ()
    shell, older = house.shell(title, path), _search_for(title, house) if len(entries) >= LABELLED_LIST_SIZE else ""
    return (house.page(path, ListPage(house.site, shell, kicker, title, house.rows(entries), older)),)


def _search_for(label: str, house: House) -> str:
    """The search for a label; nothing in a newsroom without search, or for a label without words (C++)."""
    return f"{house.site.search}?{urlencode({'q': label})}" if house.site.search and stems(label) else ""


def front_pages(
    by_category: Mapping[str, Sequence[Entry]], house: House, pinned: Sequence[Entry] = ()
) -> tuple[Page, ...]:
    """The front page from the newest of each category: a lead story, the newest of all, a block a category.

    The lead is what the editors pinned first, or the newest entry with an image, or the newest; it is not repeated in
    its block, and a category that has no other has none. What else they pinned comes before the newest.
    """
    everything = [entry for entries in by_category.values() for entry in entries]
    everything.sort(key=lambda entry: entry.id)
    everything.sort(key=lambda entry: entry.published_at, reverse=True)
    everything = [*pinned, *(entry for entry in everything if entry not in pinned)]
    lead = next(iter([*pinned, *(entry for entry in everything if entry.thumbnail), *everything]), None)
    latest = [entry for entry in everything if entry != lead][:_LATEST_SIZE]
    context = FrontPage(
        site=house.site,
        shell=house.shell(house.locale.words.front, places.FRONT, description=house.locale.words.tagline),
        lead=house.row(lead) if lead else None,
        latest=house.rows(latest),
        blocks=tuple(
            Block(section, house.rows(others))
            for slug, section in house.sections.items()
            if (others := [entry for entry in by_category.get(slug, ()) if entry != lead])
        ),
    )
    return (house.page(places.FRONT, context),)


def corrections_pages(entries: Sequence[Entry], house: House) -> tuple[Page, ...]:
    """The newest corrections of all articles, and once there are more, all of them by year: old years never change."""
    dated = [(correction, entry) for entry in entries for correction in entry.corrections]
    dated.sort(key=lambda pair: (pair[0].date, pair[0].at or _NO_HOUR, pair[1].published_at, pair[1].id), reverse=True)
    by_year = groupby(dated if len(dated) > _NEWEST_CORRECTIONS else (), key=lambda pair: f"{pair[0].date.year}")
    years = {year: list(some) for year, some in by_year}
    links = tuple(Link(places.corrections_of(year), year) for year in years)
    return (
        _corrections(places.CORRECTIONS, house.locale.words.corrections, dated[:_NEWEST_CORRECTIONS], house, links),
        *(_corrections(places.corrections_of(year), year, some, house) for year, some in years.items()),
    )


def _corrections(
    path: str, title: str, dated: Sequence[tuple[Correction, Entry]], house: House, years: tuple[Link, ...] = ()
) -> Page:
    rows = tuple(CorrectionRow(house.corrected(each), each.text, house.row(entry)) for each, entry in dated)
    words = house.locale.words
    newest = "" if path == places.CORRECTIONS else places.CORRECTIONS
    shell = house.shell(f"{words.corrections} · {title}" if newest else title, path)
    return house.page(path, CorrectionsPage(house.site, shell, title, rows, years, newest))
