from datetime import date

import pytest

from functions.core.article import Language
from tests.site import samples

DAYS: list[tuple[Language, date, str]] = [
    ("fr", date(2024, 3, 29), "Vendredi 29 Mars 2024"),
    ("fr", date(2024, 4, 1), "Lundi 1er Avril 2024"),
    ("fr", date(2021, 2, 28), "Dimanche 28 Février 2021"),
    ("fr", date(2023, 8, 1), "Mardi 1er Août 2023"),
    ("fr", date(2025, 12, 31), "Mercredi 31 Décembre 2025"),
    ("fr", date(2024, 2, 29), "Jeudi 29 Février 2024"),
    ("fr", date(2026, 1, 11), "Dimanche 11 Janvier 2026"),
    ("fr", date(2022, 7, 21), "Jeudi 21 Juillet 2022"),
    ("en", date(2024, 3, 29), "Friday 29 March 2024"),
    ("en", date(2024, 4, 1), "Monday 1 April 2024"),
    ("ar", date(2024, 3, 29), "الجمعة 29 مارس 2024"),
    ("ar", date(2023, 8, 1), "الثلاثاء 1 غشت 2023"),
]


@pytest.mark.parametrize(("language", "day", "written"), DAYS)
def test_a_date_is_written_in_the_house_style(language: Language, day: date, written: str) -> None:
    assert samples.house(language).locale.date(day) == written


def test_a_month_and_a_day_of_it_are_written_in_the_house_style() -> None:
    locale = samples.house("fr").locale
    assert (locale.month("2024-03"), locale.month_name("2024-08")) == ("Mars 2024", "Août")
    assert locale.day_of_month(date(2024, 4, 1)) == "Lundi 1er"
