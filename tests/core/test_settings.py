"""What is wrong with a newsroom.toml is told in the newsroom's words, all at once."""

import pytest

from functions.core.article import Language
from functions.core.settings import language_of, told
from tests.core.uploads import phrases
from tests.newsroom import SETTINGS

GOOD = SETTINGS.decode()
TWICE = '\n[[category]]\nslug = "economie"\nname = "Encore"\n'


@pytest.mark.parametrize(
    ("text", "code", "field"),
    [
        (GOOD.replace('language = "fr"', "language = fr"), "bad_toml", None),
        (GOOD.replace("base_url", "adresse"), "missing_setting", "newsroom.base_url"),
        (GOOD.replace('language = "fr"', 'langue = "fr"'), "unknown_setting", "newsroom.langue"),
        (GOOD.replace('language = "fr"', 'language = "de"'), "bad_setting", "newsroom.language"),
        (GOOD + TWICE, "repeated_category", "category"),
    ],
)
@pytest.mark.parametrize("language", ["fr", "en", "ar"])
def test_a_mistake_in_the_settings_is_a_sentence(text: str, code: str, field: str | None, language: Language) -> None:
    found = next(each for each in told(text.encode(), phrases(language)) if each.code == code)
    assert found.field == field
    assert found.reason.startswith(phrases(language).problem[code].partition("{")[0])
    assert "{" not in found.reason


def test_a_line_that_cannot_be_read_is_named() -> None:
    assert told(b'[newsroom]\nname = "A"\nlanguage = fr\n', phrases())[0].line == 3


def test_good_settings_have_no_problem() -> None:
    assert told(SETTINGS, phrases()) == ()


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (b'[newsroom]\nlanguage = "en"\nzone = 1\n', "en"),
        (b'[newsroom]\nlanguage = "de"\n', "fr"),
        (b"[newsroom", "fr"),
    ],
)
def test_a_file_speaks_the_language_that_it_names(text: bytes, language: str) -> None:
    assert language_of(text) == language
