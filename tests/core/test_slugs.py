import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.core.slugs import slug


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Développement durable", "developpement-durable"),
        ("L’œuvre de l'été : ÉTÉ 2024 !", "l-oeuvre-de-l-ete-ete-2024"),
        ("Straße, Øresund, Łódź, Đà Nẵng", "strasse-oresund-lodz-da-nang"),
        ("Æon & Þing", "aeon-thing"),
        ("\u0130stanbul \u0131\u015f\u0131k", "istanbul-isik"),
        ("ﬁnance № ½ ²", "finance-no-1-2-2"),
        ("a\u200bb\u00adc\u200dd", "abcd"),
        ("العُمران", "العمران"),
        ("الــعمران", "العمران"),
        ("أسئلة آنية إلى مؤسسة", "أسئلة-آنية-إلى-مؤسسة"),
        ("كأس ٢٠٢٦", "كأس-2026"),
        ("ڤيديو ڭ", "ڤيديو-ڭ"),
        ("  --Déjà--vu--  ", "deja-vu"),
        ("../etc/passwd", "etc-passwd"),
        ("???", ""),
        ("", ""),
        ("日本", "日本"),
        ("Иван Петров, Андрей", "иван-петров-андрей"),
        ("за\u0301яц", "заяц"),
        ("Νίκος ΝΊΚΟΣ", "νικοσ-νικοσ"),
        ("서울 / 李明", "서울-李明"),
        ("がんばれ", "がんばれ"),
        ("हिन्दी, ภาษาไทย", "हिन्दी-ภาษาไทย"),
        ("ƙasa 😀 \U0001d400", "ƙasa-a"),
    ],
)
def test_a_slug_has_letters_digits_and_hyphens(text: str, expected: str) -> None:
    assert slug(text) == expected


@pytest.mark.parametrize("hostile", "/\\?#%.~=:&;<>'\"|*@+_ \n\x00\x7f\u2044\u2215\uff0f\uff0e\uff1f\u2028\u202e\u2066")
def test_no_sign_of_an_address_nor_of_a_direction_is_in_a_slug(hostile: str) -> None:
    assert slug(f"李{hostile}{hostile}и") == "李-и"
    assert slug(hostile) == slug(hostile * 3) == ""


@pytest.mark.parametrize("unseen", "\u00ad\u115f\u200d\u20e0\u3164\ufe0f\ufeff\u0336\U000e0101")
def test_nothing_that_no_reader_sees_is_in_a_slug(unseen: str) -> None:
    assert slug(f"李{unseen}и") == "李и"
    assert slug(unseen) == ""


def test_marks_without_a_letter_are_no_slug() -> None:
    assert slug("\u093f \u0e35") == ""


@given(st.text())
def test_a_slug_has_letters_with_their_marks_and_single_hyphens(text: str) -> None:
    parts = slug(text).split("-")
    assert all(part and part[0].isalnum() for part in parts) or parts == [""]
    assert all(unicodedata.category(letter)[0] in "LNM" for part in parts for letter in part)


def test_the_name_of_a_folder_is_never_too_long_for_a_disk() -> None:
    assert len(slug("\U00020000" * 80).encode()) == len(slug("李" * 90).encode()) == 240


def test_composed_and_decomposed_accents_are_one_slug() -> None:
    assert slug("e\u0301te\u0301") == slug("été") == "ete"


def test_a_long_slug_is_cut_between_words() -> None:
    assert slug("abcdefghi " * 20) == "-".join(["abcdefghi"] * 8)


def test_a_long_word_is_cut_anywhere() -> None:
    assert slug("a" * 100) == "a" * 80


def test_a_slug_of_exactly_eighty_characters_is_whole() -> None:
    text = "a" * 39 + "-" + "b" * 40
    assert slug(text) == slug(text + " c") == text


@given(st.text())
def test_a_slug_is_its_own_slug(text: str) -> None:
    once = slug(text)
    assert slug(once) == once
    assert len(once) <= 80


@given(st.text())
def test_case_does_not_change_a_slug(text: str) -> None:
    assert slug(text) == slug(text.casefold())
