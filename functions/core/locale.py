"""A locale: every word that readers see, and how a date is written, from one TOML file a language."""

import tomllib
from datetime import date as Date
from typing import Annotated, Literal

from pydantic import Field

from functions.core.article import Language
from functions.core.model import Frozen

LANGUAGES: tuple[Language, ...] = ("fr", "en", "ar")
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


class Words(Frozen):
    """The words of the pages, named for their place; all are required, so a locale cannot forget one."""

    tagline: str
    skip: str
    categories: str
    see_all: str
    by: str
    list_separator: str
    list_last: str
    updated: str
    read_in_this_language: str
    credit: str
    back_to_note: str
    tags: str
    tag: str
    author: str
    corrections: str
    corrections_intro: str
    corrections_empty: str
    related: str
    front: str
    latest: str
    archives: str
    list_empty: str
    month_empty: str
    days: str
    older_part: str
    newest_part: str
    all_of_category: str
    feed: str
    colophon: str
    not_found_title: str
    not_found_text: str
    gone_title: str
    gone_text: str
    moved_title: str
    moved_text: str
    search: str
    search_label: str
    search_count: str
    search_none: str
    search_far: str
    search_more: str
    search_error: str
    search_without: str
    share: str
    back_home: str
    newsletter: str
    newsletter_intro: str
    newsletter_text: str
    email: str
    choose: str
    consent: str
    consent_version: str
    required: str
    subscribe: str
    leave_empty: str
    pending_title: str
    pending_text: str
    error_title: str
    error_text: str
    confirm_title: str
    confirm_text: str
    confirm_button: str
    confirmed_title: str
    confirmed_text: str
    unsubscribe_title: str
    unsubscribe_text: str
    unsubscribe_button: str
    unsubscribed_title: str
    unsubscribed_text: str
    expired_title: str
    expired_text: str


class Locale(Frozen):
    """One language of the site: `direction` as in HTML's dir, `territory` as in Open Graph's og:locale."""

    language: Language
    direction: Literal["ltr", "rtl"]
    territory: str
    calendar: Calendar
    words: Words

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


def parse_locale(text: bytes) -> Locale:
    """A locale from the bytes of its file; pydantic's ValidationError names every missing or surplus word."""
    return Locale.model_validate(tomllib.loads(text.decode()))
