"""Dates as editors write them in words."""

import contextlib
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.core.article import LANGUAGES, Language
from functions.core.dates import parse_dates
from functions.core.header.instants import BadDate, day, instant
from tests.core.documents import paragraph
from tests.core.test_docx import laid_out
from tests.core.test_html import read as read_page
from tests.core.uploads import ROOT, problem, read, upload

CASABLANCA = ZoneInfo("Africa/Casablanca")
DATES = {
    language: parse_dates((ROOT / "templates" / "locales" / f"{language}.toml").read_bytes()) for language in LANGUAGES
}
EASTERN = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
DAYS = st.dates(date(1900, 1, 2), date(2100, 12, 30))


@pytest.mark.parametrize(
    "text",
    [
        "29 mars 2024", "Vendredi 29 Mars 2024", "le vendredi 29 mars 2024", "ven. 29 mars 2024", "29  MARS\u00a02024",
        "29 March 2024", "March 29, 2024", "Friday, March 29th, 2024", "Fri 29 Mar 2024", "29th of March 2024",
        "Mar. 29, 2024", "Vendredi 29 March 2024", "٢٩ مارس ٢٠٢٤", "29 مارس 2024", "الجمعة، 29 مارس 2024",
        "يوم الجمعة ٢٩ مارس ٢٠٢٤",
    ],
)  # fmt: skip
def test_a_day_in_words_is_read(text: str) -> None:
    assert day(text, CASABLANCA).day == date(2024, 3, 29)


@pytest.mark.parametrize(
    "text",
    [
        "29 mars 2024 à 18h30", "vendredi 29 mars 2024, 18 h 30", "29 March 2024 at 18:30", "March 29, 2024, 18:30",
        "March 29, 2024, 6:30 p.m.", "29/03/2024 6:30PM", "Fri 29 Mar 2024 at 06:30 pm",
        "29 مارس 2024 على الساعة 18:30", "29 مارس 2024 على الساعة 6:30 مساءً", "٢٩ مارس ٢٠٢٤، الساعة ١٨:٣٠",
        "29 mars 2024 19:30 +01:00",
    ],
)  # fmt: skip
def test_a_day_in_words_may_have_an_hour_of_the_newsrooms_zone(text: str) -> None:
    assert instant(text, CASABLANCA) == datetime(2024, 3, 29, 18, 30, tzinfo=UTC)
    assert instant("1er mars 2024 à 18h30", CASABLANCA) == datetime(2024, 3, 1, 17, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("half", "hour"), [("12 am", 0), ("9 AM", 9), ("12:00 p.m.", 12), ("11pm", 23), ("14:30 pm", None), ("0 am", None)]
)
def test_twelve_in_the_morning_is_midnight(half: str, hour: int | None) -> None:
    if hour is None:
        with pytest.raises(BadDate):
            instant(f"2024-03-29 {half}", CASABLANCA)
    else:
        assert instant(f"2024-03-29 {half}", CASABLANCA).hour == hour


@pytest.mark.parametrize(
    ("names", "month"),
    [
        ("janvier January يناير", 1), ("février fevrier FÉVR. February فبراير", 2), ("avril April أبريل ابريل", 4),
        ("mai May ماي مايو", 5), ("juin June يونيو", 6), ("juillet juil. July يوليوز يوليو", 7),
        ("août aout Aug. غشت أغسطس", 8), ("septembre sept. September شتنبر سبتمبر", 9), ("octobre Oct. أكتوبر", 10),
        ("novembre November نونبر نوفمبر", 11), ("décembre Dec. دجنبر ديسمبر", 12),
    ],
)  # fmt: skip
def test_a_month_is_known_by_all_its_names(names: str, month: int) -> None:
    assert {day(f"9 {name} 2024", CASABLANCA).day for name in names.split()} == {date(2024, month, 9)}


@pytest.mark.parametrize(
    "text",
    [
        "29 mars", "mars 2024", "29 mars 24", "31 février 2024", "0 mars 2024", "29er mars 2024", "29 brumaire 2024",
        "demain 29 mars 2024", "29 mars 2024 demain", "29 mars 2024 à 25h",
        "29 mars 2024 18h30 environ", "2024 mars 29",
        "du 28 au 29 mars 2024", "29 mars 2024 à", "29-mars-2024", "29 03 2024", "mars, 29 2024 2024",
    ],
)  # fmt: skip
def test_what_could_mean_something_else_is_refused(text: str) -> None:
    with pytest.raises(BadDate) as bad:
        instant(text, CASABLANCA)
    assert bad.value.code == "bad_date"


@pytest.mark.parametrize(
    ("typed", "right"),
    [
        ("Jeudi 29 mars 2024", "vendredi"),
        ("Thu, 29 March 2024", "Friday"),
        ("الخميس 29 مارس 2024", "الجمعة"),
        ("jeudi 29 mars 2024 à 23h30", "vendredi"),
    ],
)
def test_a_weekday_that_is_not_the_dates_is_told_with_the_one_that_is(typed: str, right: str) -> None:
    found = problem(upload(date=typed))
    assert (found.code, found.field, found.value, found.suggestion) == ("wrong_weekday", "published_at", typed, right)
    assert right in found.reason


@given(DAYS, st.sampled_from(LANGUAGES), st.booleans(), st.times())
def test_whatever_the_press_prints_as_a_date_it_reads(at: date, language: Language, eastern: bool, hour: time) -> None:
    printed = DATES[language].date(at)
    assert day(printed.translate(EASTERN) if eastern else printed, CASABLANCA).day == at
    with_hour = DATES[language].instant(printed, f"{hour:%H:%M}")
    assert instant(with_hour, CASABLANCA) == instant(f"{at} {hour:%H:%M}", CASABLANCA)


@given(DAYS, st.integers(1, 6), st.sampled_from(LANGUAGES))
def test_no_weekday_but_its_own_goes_with_a_date(at: date, off: int, language: Language) -> None:
    dates = DATES[language]
    other = dates.date(at).replace(
        dates.calendar.weekdays[at.weekday()], dates.calendar.weekdays[(at + timedelta(off)).weekday()]
    )
    with pytest.raises(BadDate, match="wrong_weekday"):
        instant(other, CASABLANCA)


@given(st.lists(st.sampled_from("29 1er mars March, مارس ٢٠٢٤ 2024 vendredi Friday, à at 18h30 le of . ، é".split())))
def test_whatever_words_are_put_together_they_are_a_date_or_refused(pieces: list[str]) -> None:
    with contextlib.suppress(BadDate):
        assert instant(" ".join(pieces), CASABLANCA).tzinfo is UTC


def test_every_kind_of_upload_may_say_its_date_in_words() -> None:
    expected = datetime(2024, 3, 29, 18, 30, tzinfo=UTC)
    told = {"titre": "T", "rubrique": "Économie", "date": "Vendredi 29 mars 2024 à 18h30"}
    page = "".join(f'<meta name="{name}" content="{value}">' for name, value in told.items())
    document = "".join(paragraph(f"{name} : {value}") for name, value in told.items())
    assert read(**told).published_at == expected
    assert read_page(f"{page}<p>Du texte.</p>").published_at == expected
    assert laid_out(document + paragraph("Du texte.")).published_at == expected
