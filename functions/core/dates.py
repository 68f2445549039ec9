"""Dates: how a language writes a day, without any other of its words."""

import tomllib
from datetime import date as Date
from datetime import datetime, timedelta, timezone
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from pydantic import Field

from functions.core.article import Language
from functions.core.model import Frozen

_Twelve = Annotated[tuple[str, ...], Field(min_length=12, max_length=12)]
_Seven = Annotated[tuple[str, ...], Field(min_length=7, max_length=7)]


class Calendar(Frozen):
    """How a language writes a day. Months from January, weekdays from Monday; formats are `str.format` strings."""

    months: _Twelve
    weekdays: _Seven
    weekday_initials: _Seven
    first_of_month: str
    date: str
    instant: str
    day: str
    month: str


class Dates(Frozen):
    """A language and its calendar: `direction` as in HTML's dir."""

    language: Language
    direction: Literal["ltr", "rtl"]
    calendar: Calendar

    def date(self, day: Date) -> str:
        """A day in the house style, from tables, never from the system's locale: `Lundi 1er Avril 2024`."""
        calendar = self.calendar
        return calendar.date.format(
            weekday=calendar.weekdays[day.weekday()],
            day=self.day_number(day.day),
            month=calendar.months[day.month - 1],
            year=day.year,
        )

    def instant(self, day: str, hour: str) -> str:
        """A day as `date` writes it, with an hour of it: `Vendredi 29 Mars 2024 à 14:30`."""
        return self.calendar.instant.format(date=day, hour=hour)

    def day_number(self, day: int) -> str:
        """`1er`, `2`, ... as the language writes the days of a month."""
        return self.calendar.first_of_month if day == 1 else str(day)

    def day_of_month(self, day: Date) -> str:
        """A day inside its month: `Vendredi 29`."""
        calendar = self.calendar
        return calendar.day.format(weekday=calendar.weekdays[day.weekday()], day=self.day_number(day.day))

    def month(self, month: str) -> str:
        """`2024-03` as `Mars 2024`."""
        year, _ = month.split("-")
        return self.calendar.month.format(month=self.month_name(month), year=year)

    def month_name(self, month: str) -> str:
        """`2024-03` as `Mars`."""
        return self.calendar.months[int(month[-2:]) - 1]


def on_the_clock(instant: datetime, zone: ZoneInfo) -> datetime:
    """An instant as a zone's clock showed it.

    Neither HTML nor RFC 3339 can write an offset's seconds, which zones had long ago (Morocco until 1913): then it is
    the clock that is right, and the offset that is rounded.
    """
    there = instant.astimezone(zone)
    minutes, seconds = divmod(there.utcoffset() or timedelta(), timedelta(minutes=1))
    return there.replace(tzinfo=timezone(timedelta(minutes=minutes))) if seconds else there


def parse_dates(text: bytes) -> Dates:
    """The dates from the bytes of a locale's file, without all the words of the pages."""
    told = tomllib.loads(text.decode())
    return Dates.model_validate({name: each for name, each in told.items() if name in Dates.model_fields})
