"""Words are what a pattern would find, however they are found."""

import re

from hypothesis import example, given
from hypothesis import strategies as st

from functions.core.html.plain_text import without_vowels, words


@given(st.text() | st.text(st.sampled_from("aé\u0661_ .,;'’«\u202f\u00b2\n-½ǅœŒÉ\x9cµ")))
@example("L’eau_potable : 3,5 %, m²")
def test_they_are_the_runs_of_letters_and_figures_in_small_letters(text: str) -> None:
    assert words(text) == re.findall(r"\w+", without_vowels(text).lower())


def test_an_arabic_word_is_one_with_its_vowel_signs_and_without() -> None:
    assert words("أيضًا، مُدَرِّبُ الرّجاء") == words("أيضا، مدرب الرجاء") == ["أيضا", "مدرب", "الرجاء"]
