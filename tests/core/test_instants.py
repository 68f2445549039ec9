import contextlib
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.core.header.instants import BadDate, Day, day, instant

CASABLANCA = ZoneInfo("Africa/Casablanca")
PARIS = ZoneInfo("Europe/Paris")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024-03-29", "2024-03-29T00:00:00"),
        ("2024-03-29 14:30", "2024-03-29T14:30:00"),
        ("2024-03-29 9:05", "2024-03-29T09:05:00"),
        ("2024-03-29T14:30:15", "2024-03-29T14:30:15"),
        ("2024-03-29t14:30:15.25", "2024-03-29T14:30:15.250000"),
        ("2024-03-29T14:30Z", "2024-03-29T14:30:00"),
        ("2024-03-29 14:30 +02:00", "2024-03-29T12:30:00"),
        ("2024-03-29T14:30:00-0130", "2024-03-29T16:00:00"),
        ("2024-03-29T14:30+01", "2024-03-29T13:30:00"),
        ("2024-03-01 14:30:00 UTC", "2024-03-01T14:30:00"),  # of Ruby, so of Jekyll's importers
        ("Fri, 01 Mar 2024 14:30:00 GMT", "2024-03-01T14:30:00"),
        ("Fri, 01 Mar 2024 14:30:00 +0100", "2024-03-01T13:30:00"),
        ("2024/03/29 14:30", "2024-03-29T14:30:00"),
        ("29/03/2024", "2024-03-29T00:00:00"),
        ("1/4/2024", "2024-04-01T00:00:00"),
        ("29/03/2024 14:30", "2024-03-29T14:30:00"),
        ("29/03/2024 14h30", "2024-03-29T14:30:00"),
        ("29/03/2024 à 14h30", "2024-03-29T14:30:00"),
        ("29/03/2024 à 14\u202fh\u00a030", "2024-03-29T14:30:00"),
        ("29/03/2024 14h", "2024-03-29T14:00:00"),
        ("2024-03-29 at 14:30", "2024-03-29T14:30:00"),
        ("٢٠٢٤-٠٣-٢٩ ١٤:٣٠", "2024-03-29T14:30:00"),
        ("٢٩/٠٣/٢٠٢٤ ٢:٣٠ م", "2024-03-29T14:30:00"),
        ("29/03/2024 9:05 ص", "2024-03-29T09:05:00"),
        ("2024-03-01 14:30", "2024-03-01T13:30:00"),  # before Ramadan Morocco is an hour ahead
    ],
)
def test_a_date_is_read_in_the_newsrooms_zone(text: str, expected: str) -> None:
    assert instant(text, CASABLANCA) == datetime.fromisoformat(expected).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "", "hier", "2024-3-29", "2024-02-30", "03/29/2024", "2024-03-29 25:00", "2024-03-29 24:00",
        "2024-03-29 14:60", "2024-03-29 14", "2024-03-29 14:30 CET", "2024/03-29", "2024-03-29 14:30, environ",
        "2024-03-29 14:30:61", "2024-03-29T14:30+25:00", "2024-03-29T14:30+01:60", "2024-03-29 م", "1711722600",
        "2024", "29/03/24",
        "0000-01-01",
    ],
)  # fmt: skip
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(BadDate) as bad:
        instant(text, CASABLANCA)
    assert bad.value.code == "bad_date"


@pytest.mark.parametrize("text", ["1899-12-31", "2101-01-01", "9999-12-31", "0001-01-01"])
def test_a_year_out_of_range_is_refused(text: str) -> None:
    with pytest.raises(BadDate) as bad:
        instant(text, CASABLANCA)
    assert bad.value.code == "date_out_of_range"


@pytest.mark.parametrize("text", ["1900-01-01T00:00+14:00", "2100-12-31T23:59:59-14:00"])
def test_the_first_and_the_last_year_are_accepted(text: str) -> None:
    assert instant(text, PARIS).tzinfo is UTC


def test_an_archive_may_begin_before_clocks_kept_whole_minutes() -> None:
    assert instant("7 septembre 1946 à 18h", CASABLANCA) == datetime(1946, 9, 7, 18, tzinfo=UTC)
    assert day("4 mai 1908", CASABLANCA) == Day(date(1908, 5, 4), None)


def test_an_hour_that_comes_twice_is_the_first_of_the_two() -> None:
    assert instant("2024-10-27 02:30", PARIS) == datetime(2024, 10, 27, 0, 30, tzinfo=UTC)


def test_an_hour_that_never_comes_is_counted_with_the_offset_before_the_change() -> None:
    assert instant("2024-03-31 02:30", PARIS) == datetime(2024, 3, 31, 1, 30, tzinfo=UTC)


def test_the_day_of_an_instant_is_that_of_the_zone() -> None:
    assert day("2024-03-29T23:30Z", PARIS) == Day(date(2024, 3, 30), datetime(2024, 3, 29, 23, 30, tzinfo=UTC))
    assert day("29/03/2024", PARIS) == Day(date(2024, 3, 29), None)


@given(st.text("0123456789-/:hTZ+. ", max_size=30))
def test_whatever_looks_like_a_date_is_read_or_refused(text: str) -> None:
    with contextlib.suppress(BadDate):
        assert instant(text, PARIS).tzinfo is UTC
