"""Instants and days as editors write them."""

import re
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import NamedTuple
from zoneinfo import ZoneInfo

from functions.core.header.written_days import in_figures, weekday_of

FIRST_YEAR, LAST_YEAR = 1900, 2100
EXAMPLE = "2024-03-29 14:30"
EXAMPLE_DAY = "2024-03-29"
_WRITTEN = re.compile(
    r"(?:(?P<year>[0-9]{4})(?P<by>[-/])(?P<month>[0-9]{2})(?P=by)(?P<day>[0-9]{2})"
    r"|(?P<jour>[0-9]{1,2})/(?P<mois>[0-9]{1,2})/(?P<an>[0-9]{4}))"
    r"(?:(?:[Tt]|[ ]+(?:(?:à|at)[ ]+)?)(?P<hour>[0-9]{1,2})"
    r"(?:[ ]?h|(?::|[ ]?h[ ]?)(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2})(?:\.(?P<part>[0-9]{1,9}))?)?)"
    r"[ ]?(?P<offset>(?i:z|utc|gmt)|(?P<sign>[+-])(?P<off_hour>[0-9]{2})(?::?(?P<off_minute>[0-5][0-9]))?)?)?"
)
_HALF = re.compile(
    r"(?<![0-9:])(0?[1-9]|1[0-2])(?::([0-5][0-9]))?[ ]?(?:([ap])\.?m\.?|(?:(ص|صباحا)|م|مساء|زوالا)(?!\w))",
    re.IGNORECASE,
)  # of a day
_HALF_ENDS = "mM.صامء"
# Spaces that do not break, Arabic figures; صباحًا is صباحا.
_PLAIN = {0xA0: " ", 0x202F: " ", 0x64B: None, **{0x660 + figure: str(figure) for figure in range(10)}}
_DATE_PARTS = (("year", "an"), ("month", "mois"), ("day", "jour"))


class BadDate(ValueError):
    """No date that can be understood; `code` is the problem's, `suggestion` what might be right, if that is known."""

    def __init__(self, code: str, suggestion: str = "") -> None:
        super().__init__(code)
        self.code, self.suggestion = code, suggestion


class Day(NamedTuple):
    """A day of the zone; `at` is an instant of it, in UTC, where an hour was told."""

    day: date
    at: datetime | None


def instant(text: str, zone: ZoneInfo) -> datetime:
    """The instant in UTC, so that one instant has one spelling in a record.

    `2024-03-29` or `2024/03/29`, `2024-03-29 14:30[:05]`, with `T` and an offset, `Z`, `UTC` or `GMT`, `29/03/2024
    [14:30]`, day first, or in words, `vendredi 29 mars 2024`; the hour also as `à 14h30`, `14 h 30`, `14h`, `2:30 p.m.`
    or `2:30 مساء`; in Arabic figures too. Without an offset it is the zone's wall clock; an hour that a clock change
    doubles is the first of the two (PEP 495, fold 0), one that it skips is counted with the offset before the change.
    """
    return _read(text, zone).astimezone(UTC)


def day(text: str, zone: ZoneInfo) -> Day:
    """The day of what `instant` reads, in the zone."""
    found = _read(text, zone).astimezone(zone)
    return Day(found.date(), found.astimezone(UTC) if found.time() != time() else None)


def _read(text: str, zone: ZoneInfo) -> datetime:
    text = text.translate(_PLAIN)
    if text[-1:] in _HALF_ENDS:
        text = _HALF.sub(_in_24_hours, text)
    match, written = _WRITTEN.fullmatch(text), None
    if not match and (written := in_figures(text)):
        match = _WRITTEN.fullmatch(written.figures)
    if not match:
        raise BadDate("bad_date")
    year, month, day_ = (int(match[iso] or match[french]) for iso, french in _DATE_PARTS)
    hour, minute, second = (int(match[part] or 0) for part in ("hour", "minute", "second"))
    microsecond = int((match["part"] or "0")[:6].ljust(6, "0"))
    try:
        found = datetime(year, month, day_, hour, minute, second, microsecond, tzinfo=_offset(match) or zone)
    except ValueError as error:
        raise BadDate("bad_date") from error
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise BadDate("date_out_of_range")
    if written and written.weekday and written.weekday[1] != found.weekday():
        raise BadDate("wrong_weekday", weekday_of(written.weekday[0], found.weekday()))
    return found


def _in_24_hours(half: re.Match[str]) -> str:
    afternoon = 0 if half[4] or half[3] in {"a", "A"} else 12
    return f"{int(half[1]) % 12 + afternoon}:{half[2] or '00'}"


def _offset(match: re.Match[str]) -> timezone | None:
    if match["offset"] is None:
        return None
    if match["sign"] is None:
        return UTC
    offset = timedelta(hours=int(match["off_hour"]), minutes=int(match["off_minute"] or 0))
    return timezone(-offset if match["sign"] == "-" else offset)
