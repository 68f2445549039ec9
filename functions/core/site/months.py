"""The archive of one month of a category, in parts that do not change when news arrives."""

from calendar import monthrange
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import NamedTuple

from functions.core import keys
from functions.core.contexts import MonthPage
from functions.core.entry import Entry
from functions.core.page import Page
from functions.core.parts import DayCell, DayOfRows
from functions.core.site.house import House
from functions.core.site.moved import redirects

PART_SIZE = 200


class Part(NamedTuple):
    """A part of a month; `older` is the number of the part before it, None for none."""

    number: int | None
    older: int | None
    entries: Sequence[Entry]


def in_parts(entries: Sequence[Entry], size: int) -> Iterator[Part]:
    """The entries of a month, newest first, in parts that are numbered from the oldest: full ones never change.

    The newest part, whatever its number, has none: it stands at the month's own address.
    """
    count = max(1, -(-len(entries) // size))
    for number in range(count, 0, -1):
        first, end = max(0, len(entries) - number * size), len(entries) - (number - 1) * size
        yield Part(None if number == count else number, number - 1 or None, entries[first:end])


def month_pages(category: str, month: str, entries: Sequence[Entry], house: House) -> tuple[Page, ...]:
    """The pages of a month (`yyyy-mm`); `entries` are all of that month, newest first.

    A part links only to what never moves: the part before it and the month's own page.
    """
    pages = []
    for part in in_parts(entries, PART_SIZE):
        path = keys.month_path(category, month, part.number)
        older = keys.month_path(category, month, part.older) if part.older else ""
        pages.append(house.page(path, _month(category, month, part.entries, house, path=path, older=older)))
    return tuple(pages)


def moved_month_pages(
    former: str, category: str, month: str, entries: Sequence[Entry], house: House
) -> tuple[Page, ...]:
    """What stands where the pages of a month were while its category had another slug: it has the same entries."""
    numbers = (part.number for part in in_parts(entries, PART_SIZE))
    moves = ((keys.month_path(former, month, each), keys.month_path(category, month, each)) for each in numbers)
    return tuple(page for old, new in moves for page in redirects([old], new, house))


def _month(category: str, month: str, entries: Sequence[Entry], house: House, *, path: str, older: str) -> MonthPage:
    own = keys.month_path(category, month)
    section, title = house.section(category), house.locale.month(month)
    days = tuple(
        _day(day, of_day, house)
        for day, of_day in groupby(entries, key=lambda entry: house.local(entry.published_at).date())
    )
    first = date.fromisoformat(month + "-01")
    return MonthPage(
        site=house.site,
        shell=house.shell(section.text + " · " + title, path if entries else "", category=category),
        section=section,
        month=title,
        initials=house.locale.calendar.weekday_initials,
        blanks=first.weekday(),
        calendar=_calendar(first, {day.anchor for day in days}, house),
        days=days,
        older=older,
        newest="" if path == own else own,
    )


def _day(day: date, entries: Iterable[Entry], house: House) -> DayOfRows:
    """One day's rows; as the day is said above them, each row tells its hour."""
    rows = tuple(house.row(entry, house.hour(entry.published_at)) for entry in entries)
    return DayOfRows(_anchor(day.day), house.locale.day_of_month(day), rows)


def _calendar(first: date, anchors: set[str], house: House) -> tuple[DayCell, ...]:
    length = monthrange(first.year, first.month)[1]
    days = (first.replace(day=number) for number in range(1, length + 1))
    return tuple(
        DayCell(
            number=house.locale.day_number(day.day),
            href="#" + _anchor(day.day) if _anchor(day.day) in anchors else "",
            label=house.locale.day_of_month(day),
        )
        for day in days
    )


def _anchor(day: int) -> str:
    return f"d{day}"
