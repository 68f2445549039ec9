"""Days in words, as editors write them in French, English and Arabic: `Vendredi 29 mars 2024 à 18h30`."""

import re
from collections.abc import Mapping
from typing import NamedTuple

from functions.core.article import Language
from functions.core.search.stems import fold

# Each month by all its names; Arabic ones as in Morocco, and as its neighbours write them.
_MONTHS = """
janvier janv january jan يناير جانفي
fevrier fevr fev february feb فبراير فيفري
mars march mar مارس
avril avr april apr أبريل أفريل
mai may ماي مايو
juin june jun يونيو جوان
juillet juil july jul يوليوز يوليو جويلية
aout august aug غشت أغسطس أوت
septembre september sept sep شتنبر سبتمبر
octobre october oct أكتوبر
novembre november nov نونبر نوفمبر
decembre december dec دجنبر ديسمبر
"""
_WEEKDAYS: Mapping[Language, str] = {
    "fr": "lundi mardi mercredi jeudi vendredi samedi dimanche",
    "en": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
    "ar": "الاثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد",
}
_SHORT: Mapping[Language, str] = {"fr": "lun mar mer jeu ven sam dim", "en": "mon tue wed thu fri sat sun", "ar": ""}
_MONTH = {fold(name): f"{number:02}" for number, names in enumerate(_MONTHS.split("\n")) for name in names.split()}
_WEEKDAY = {
    fold(name): (language, number)
    for names in (_SHORT, _WEEKDAYS)
    for language in names
    for number, name in enumerate(names[language].split())
}
_COMMA = re.compile(r"\s*[,،]\s*")
_NAME = r"[^\W\d_]+"
_DAY = r"(?:1er|[0-9]{1,2}(?:st|nd|rd|th)?)"
_WRITTEN = re.compile(
    rf"(?:(?:le|on|يوم) )?(?:(?P<weekday>{_NAME})\.?,? (?:le )?)?"
    rf"(?:(?P<day>{_DAY}) (?:(?:de|of) )?(?P<month>{_NAME})|(?P<mmmm>{_NAME})\.? (?P<dd>{_DAY}))\.?,? "
    rf"(?P<year>[0-9]{{4}})(?:,? (?:(?:a|at|(?:{fold('على')} )?{fold('الساعة')}) )?(?P<hour>[0-9].*))?"
)


class WrittenDay(NamedTuple):
    """A day in figures, with the hour as it was written; and the day of the week that it is said to be, from Monday."""

    figures: str
    weekday: tuple[Language, int] | None


def in_figures(text: str) -> WrittenDay | None:
    """`vendredi 29 mars 2024 à 18h30` as `2024-03-29 18h30`; None for what is no day in words."""
    plain = " ".join(_COMMA.sub(", ", fold(text)).split())
    match = _WRITTEN.fullmatch(plain)
    if not match:
        return None
    month = _MONTH.get(match["month"] or match["mmmm"])
    weekday = _WEEKDAY.get(match["weekday"]) if match["weekday"] else None
    if month is None or (match["weekday"] and weekday is None):
        return None
    day = (match["day"] or match["dd"]).rstrip("erstndh").rjust(2, "0")
    return WrittenDay(f"{match['year']}-{month}-{day} {match['hour'] or ''}".rstrip(), weekday)


def weekday_of(language: Language, number: int) -> str:
    """The name of a day of the week, from Monday."""
    return _WEEKDAYS[language].split()[number]
