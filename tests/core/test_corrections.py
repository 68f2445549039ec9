"""Corrections in a header: each has a day and a text."""

import pytest

from functions.core.header.fields import MAX_CORRECTIONS
from tests.core.uploads import problems, upload


@pytest.mark.parametrize(
    ("corrections", "code", "field"),
    [
        ("[{text: Le nom.}]", "missing_field", "corrections.date"),
        ("[{date: 2024-03-30}]", "missing_field", "corrections.text"),
        ("[{date: hier, text: Le nom.}]", "bad_date", "corrections.date"),
        ("[Le nom.]", "not_named_values", "corrections"),
        (f"[{'{date: 2024-03-30, text: Le nom.}, ' * (MAX_CORRECTIONS + 1)}]", "too_many", "corrections"),
    ],
)
def test_a_correction_has_a_day_and_a_text_and_there_are_not_too_many(corrections: str, code: str, field: str) -> None:
    (found,) = problems(upload(corrections=corrections))
    assert (found.code, found.field) == (code, field)
