"""One name may be stored in several spellings, which nobody can tell apart but S3."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.core.files import IMAGE_SUFFIXES
from functions.core.keys import needs
from functions.core.spelling import is_same, one_name, spellings

COMPOSED, DECOMPOSED = "é.jpg", "e\u0301.jpg"
# Accents that compose, that do not, that have an order, and signs that are never composed; and long names.
_SIGNS = [*"eéo\u0301\u0302\u064e\u0651ا\u0654\u0958ệ\U0001d160//.~", ".jpg", ".JPG", ".Jpg"]
_NAMES = st.lists(st.sampled_from(_SIGNS), max_size=700).map("".join)


def test_a_name_without_accents_has_one_spelling() -> None:
    assert spellings("articles/Photo.md") == ("articles/Photo.md",)


def test_the_suffix_of_an_image_may_have_capitals() -> None:
    assert spellings("A/Photo.jpg") == ("A/Photo.jpg", "A/Photo.JPG")
    assert spellings("Photo.Jpg") == ("Photo.Jpg", "Photo.jpg", "Photo.JPG")
    assert {one_name(f"Photo{suffix.upper()}") for suffix in IMAGE_SUFFIXES} == {
        f"Photo{each}" for each in IMAGE_SUFFIXES
    }
    assert spellings(COMPOSED) == (COMPOSED, DECOMPOSED, "é.JPG", "e\u0301.JPG")


def test_a_name_is_looked_for_as_it_is_written_then_composed_then_decomposed() -> None:
    assert spellings("é.md") == ("é.md", "e\u0301.md")
    assert spellings("e\u0301.md") == ("e\u0301.md", "é.md")
    mixed = "e\u0301é.md"
    assert spellings(mixed) == (mixed, "éé.md", "e\u0301e\u0301.md")


def test_a_folder_may_be_spelt_otherwise_than_the_file_in_it() -> None:
    assert set(spellings("é/é.md")) == {f"{one}/{two}.md" for one in ("é", "e\u0301") for two in ("é", "e\u0301")}


def test_a_name_with_accents_in_no_order_is_found_as_it_is_written() -> None:
    typed = "مح\u0651\u064eمد.jpg"
    assert unicodedata.normalize("NFC", typed) not in (typed, "")
    assert spellings(typed)[0] == typed


@given(_NAMES)
def test_whoever_waits_for_a_name_is_woken_by_each_of_its_spellings(name: str) -> None:
    for each in spellings(name):
        assert needs(each) == needs(name)
        assert is_same(each, name)
    assert len(set(spellings(name))) == len(spellings(name)) <= 27
    assert len(one_name(name).encode()) <= max(600, len(name.encode()))


@pytest.mark.parametrize("written", [None, "a.jpg", "É.jpg"])
def test_another_name_is_another_name(written: str | None) -> None:
    assert not is_same(written, COMPOSED)
