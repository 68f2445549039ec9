from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from functions.core.html.sanitize import sanitize
from functions.core.typography import Hand, typeset, typeset_html
from tests.core.uploads import CORPORA

SIGNS = str.maketrans({"·": "\u202f", "⍽": "\u00a0", "¦": "\u200e"})
QUOTES = str.maketrans("", "", '"')
TYPED = st.text("aé.,?!;: \u00a0\u202f«»\"'()&<>=/@w-…\n\ue000\ue001\ue002109%€$n°hpoMdDH", max_size=40)


def cases(name: str) -> list[Any]:
    return list(_cases(name))


def _cases(name: str) -> Iterator[Any]:
    for line in (CORPORA / name).read_text().splitlines():
        if line and not line.startswith("# "):
            typed, _, printed = line.partition(" => ")
            yield pytest.param(typed.translate(SIGNS), (printed or typed).translate(SIGNS), id=typed)


@pytest.mark.parametrize(("typed", "printed"), cases("typography-fr.txt"))
def test_french_text_is_printed_as_in_the_table(typed: str, printed: str) -> None:
    assert typeset(typed, "fr") == printed


@pytest.mark.parametrize(("typed", "printed"), cases("typography-fr-html.txt"))
def test_french_html_is_printed_as_in_the_table(typed: str, printed: str) -> None:
    assert typeset_html(typed, "fr") == printed


@pytest.mark.parametrize(("typed", "printed"), cases("typography-ar.txt"))
def test_arabic_is_printed_as_in_the_table(typed: str, printed: str) -> None:
    assert typeset_html(typed, "ar") == printed
    assert "<" in typed or typeset(typed, "ar") == printed


def test_the_tables_hold_at_least_a_hundred_and_twenty_cases() -> None:
    assert len(cases("typography-fr.txt")) + len(cases("typography-fr-html.txt")) >= 120


@pytest.mark.parametrize("lang", ["en", None])
@pytest.mark.parametrize("setting", [typeset, typeset_html])
def test_english_stays_as_it_was_typed(setting: Callable[[str, Hand], str], lang: Hand) -> None:
    text = '<p>"Really" ? It\'s: «so»&nbsp;! 1 250 000</p>'
    assert setting(text, lang) == text


def test_an_arabic_paragraph_in_english_runs_from_right_to_left() -> None:
    assert typeset_html('<p>قالت: "نعم".</p><p>Yes.</p>', "en") == '<p lang="ar" dir="rtl">قالت: "نعم".</p><p>Yes.</p>'


@given(st.text("aUS09٣ ,.-+@#€$/%\u00a0\u202f\u200e<&;بـV\n", max_size=40))
def test_of_arabic_nothing_that_is_seen_changes_and_twice_is_as_good_as_once(text: str) -> None:
    once = typeset(text, "ar")
    seen = str.maketrans({"\u202f": " ", "\u00a0": " ", "\u200e": ""})
    assert once.translate(seen) == text.translate(seen)
    assert typeset(once, "ar") == once


@given(TYPED.filter(lambda text: not set(text) & set("\"'«»:;!?190M")))
def test_a_text_without_any_of_these_signs_stays_as_it_was_typed(text: str) -> None:
    assert typeset(text, "fr") == text


@given(TYPED)
def test_code_and_other_languages_stay_as_they_were_typed(text: str) -> None:
    inside = text.replace("<", "").replace(">", "").replace("&", "")
    for whole in (
        f"<code>{inside}</code>",
        f'<em lang="en">{inside}</em>',
        f'<p><a href="/?{inside.translate(QUOTES)}">a</a></p>',
    ):
        assert typeset_html(whole.replace("\u00a0", "&nbsp;"), "fr") == whole


@given(TYPED)
@example('"(".»')
@example('«" 0"')
def test_setting_a_text_twice_changes_nothing(text: str) -> None:
    once = typeset(text, "fr")
    assert typeset(once, "fr") == once


@given(
    st.lists(
        TYPED
        | st.sampled_from(
            ["<em>", "</em>", "<p>", "<code>", "</code>", '<em lang="en">', "<a title='\"'>", "</a>", "<br>"]
        )
    )
)
def test_setting_html_twice_changes_nothing(pieces: list[str]) -> None:
    once = typeset_html(sanitize("".join(pieces)), "fr")
    assert typeset_html(once, "fr") == once


@given(TYPED)
def test_nothing_but_spaces_quotation_marks_and_apostrophes_ever_changes(text: str) -> None:
    change = str.maketrans(dict.fromkeys(" \u00a0\u202f") | {"«": '"', "»": '"', "’": "'"})
    assert typeset(text, "fr").translate(change) == text.translate(change)


@given(st.lists(TYPED | st.sampled_from(["<em>", "</em>", "<p>", "<pre>", "</pre>", "<a href='/?a;b'>", "</a>"])))
def test_setting_html_never_changes_a_tag(pieces: list[str]) -> None:
    html = sanitize("".join(pieces))
    assert typeset_html(html, "fr").count("<") == html.count("<")
    assert sanitize(typeset_html(html, "fr")) == typeset_html(html, "fr").replace("\u00a0", "&nbsp;")
