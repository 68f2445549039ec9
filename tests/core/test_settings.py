"""What is wrong with a newsroom.toml is told in the newsroom's words, all at once."""

import re
import zoneinfo
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from functions.core.article import Language
from functions.core.errors import SettingsRejected
from functions.core.settings import MAX_BYTES, language_of, parse_settings, told
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
        (GOOD + "#" * MAX_BYTES, "file_too_long", None),
    ],
)
@pytest.mark.parametrize("language", ["fr", "en", "ar"])
def test_a_mistake_in_the_settings_is_a_sentence(text: str, code: str, field: str | None, language: Language) -> None:
    found = next(each for each in told(text.encode(), phrases(language)) if each.code == code)
    assert found.field == field
    assert found.reason.startswith(phrases(language).problem[code].partition("{")[0])
    assert "{" not in found.reason


@pytest.mark.parametrize(
    ("wrong", "like"),
    [
        ('base_url = "https://..."', "https://www.example.ma"),
        ('base_url = "https://www.example.ma/journal"', "https://www.example.ma"),
        ('base_url = "https://www..example.ma"', "https://www.example.ma"),
        ('base_url = "https://example.ma:port"', "https://www.example.ma"),
        ('time_zone = "casablanca"', "Africa/Casablanca"),
        ('time_zone = "localtime"', "Africa/Casablanca"),
        ('time_zone = "right/Africa/Casablanca"', "Africa/Casablanca"),
        ('language = "de"', "fr"),
    ],
)
def test_a_value_that_cannot_be_is_told_with_one_that_can(wrong: str, like: str) -> None:
    name = wrong.partition(" ")[0]
    text = "\n".join(wrong if line.startswith(name) else line for line in GOOD.splitlines())
    (found,) = told(text.encode(), phrases("fr"))
    assert (found.code, found.field, found.suggestion) == ("bad_setting", f"newsroom.{name}", like)
    assert found.reason.endswith(f"écrivez par exemple {like}")
    with pytest.raises(SettingsRejected) as rejected:
        parse_settings(text.encode())
    assert f"such as {like}" in rejected.value.problems[0].reason
    assert "Value error" not in rejected.value.problems[0].reason


@pytest.mark.parametrize("former", ['"affaires"', '["Les Affaires"]', '["tags"]'])
def test_slugs_that_no_category_can_have_had_are_told_with_a_list_of_some(former: str) -> None:
    text = GOOD.replace('slug = "economie"', f'slug = "economie"\nformerly = {former}')
    (found,) = told(text.encode(), phrases("fr"))
    assert (found.code, found.suggestion) == ("bad_setting", '["environnement"]')


@pytest.mark.parametrize(
    "address", ["http://127.0.0.1:8000", "https://www.example.ma/", "https://a-b.example", "http://localhost"]
)
def test_an_address_that_a_site_can_have_is_taken(address: str) -> None:
    text = "\n".join(f'base_url = "{address}"' if line.startswith("base_url") else line for line in GOOD.splitlines())
    assert parse_settings(text.encode()).newsroom.base_url == address.rstrip("/")


def test_settings_from_windows_are_read_and_those_of_another_encoding_are_told_so() -> None:
    windows = b"\xef\xbb\xbf" + SETTINGS.replace(b"\n", b"\r\n")
    assert parse_settings(windows) == parse_settings(SETTINGS)
    (told_,) = told(SETTINGS.decode().encode("cp1252"), phrases())
    line = SETTINGS.decode().partition("É")[0].count("\n") + 1
    assert (told_.code, told_.line) == ("not_utf8", line)


def test_a_line_that_cannot_be_read_is_named() -> None:
    assert told(b'[newsroom]\nname = "A"\nlanguage = fr\n', phrases())[0].line == 3


@pytest.mark.parametrize("nonsense", ["[" * 100_000, "{a=" * 50_000, "9" * 5000, "1\n" + "a." * 100_000 + "a=1"])
def test_a_text_that_would_break_its_reader_is_no_settings(nonsense: str) -> None:
    text = f"{GOOD}x = {nonsense}".encode()
    assert [found.code for found in told(text, phrases())] == ["bad_toml"]
    assert language_of(text) == "fr"


@pytest.mark.parametrize("sign", ["\\n", "\\u0000", "\\u202e"])
def test_a_name_is_a_line_that_turns_nothing_round(sign: str) -> None:
    for name, field in (("La Quotidienne", "newsroom.name"), ("Économie", "category.0.name")):
        (found,) = told(GOOD.replace(f'"{name}"', f'"{name}{sign}x"').encode(), phrases())
        assert (found.code, found.field) == ("bad_setting", field)


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


def with_notice(privacy: str) -> bytes:
    return f"{GOOD}\n[newsletter]\nprivacy = {privacy!r}\n".encode()


@pytest.mark.parametrize(
    ("privacy", "address"),
    [
        ("/societe/2026/confidentialite/", "/societe/2026/confidentialite/"),
        ("/", "/"),
        ("/سياسة?l=ar#بيانات", "/%D8%B3%D9%8A%D8%A7%D8%B3%D8%A9?l=ar#%D8%A8%D9%8A%D8%A7%D9%86%D8%A7%D8%AA"),
        ("https://www.example.ma/vie-privee", "https://www.example.ma/vie-privee"),
        ("https://example.ma/vie%20priv%C3%A9e", "https://example.ma/vie%20priv%C3%A9e"),
        ("", ""),
    ],
)
def test_a_privacy_notice_is_a_page_of_the_site_or_of_another(privacy: str, address: str) -> None:
    assert parse_settings(with_notice(privacy)).privacy == address


@pytest.mark.parametrize(
    "privacy",
    ["http://example.ma/", "//example.ma/", "/\\\\example.ma", "confidentialite", "javascript:alert(1)", "/vie privee"],
)
def test_anything_else_is_no_privacy_notice(privacy: str) -> None:
    (found,) = told(with_notice(privacy), phrases())
    assert (found.code, found.field) == ("bad_setting", "newsletter.privacy")
    assert found.suggestion
    assert parse_settings(with_notice(found.suggestion)).privacy == found.suggestion


def test_settings_without_a_privacy_notice_are_stored_as_they_ever_were() -> None:
    assert b"privacy" not in parse_settings(SETTINGS).canonical()


def test_the_readme_names_every_setting_there_is() -> None:
    readme = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    settings = parse_settings(readme.partition("```toml\n")[2].partition("```")[0].encode())
    assert settings.model_fields_set == set(type(settings).model_fields)
    for section in (settings.newsroom, settings.site, settings.newsletter, *settings.category):
        assert section.model_fields_set == set(type(section).model_fields)


def test_the_hours_of_a_time_zone_are_the_same_on_every_machine() -> None:
    ramadan = datetime(2024, 3, 12, tzinfo=parse_settings(SETTINGS).newsroom.zone)
    assert ramadan.utcoffset() == timedelta(0)
    assert zoneinfo.TZPATH == ()  # what the machine knows of them is not asked


@pytest.mark.parametrize(
    ("line", "said"),
    [('"/?p=1" = "/a/"', "'/?p=1'"), ('"/a" = "https://b.ma/"', "'https://b.ma/'"), ('"/a/" = "/a/"', "'/a/'"),
     ('"/a" = 3', "valid string"), ('"/a" = "/b?c"', "'/b?c'"), ('"/api/a" = "/a/"', "'/api/a'")],
)  # fmt: skip
def test_an_address_that_cannot_lead_anywhere_is_refused_with_an_example(line: str, said: str) -> None:
    (found,) = told(f"{GOOD}\n[moved]\n{line}\n".encode(), phrases("en"))
    assert (found.code, found.field, found.suggestion) == ("bad_setting", "moved", '"/feed/" = "/feed.xml"')
    with pytest.raises(SettingsRejected, match=re.escape(said)):
        parse_settings(f"{GOOD}\n[moved]\n{line}\n".encode())
