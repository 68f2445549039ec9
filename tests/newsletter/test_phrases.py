from typing import get_args

import pytest

from functions.core.newsletter.phrases import parse_phrases
from functions.core.newsletter.subscription import Refusal
from tests.core.uploads import ROOT


@pytest.mark.parametrize("language", ["ar", "fr"])
def test_a_language_has_a_phrase_for_each_refusal_and_no_other(language: str) -> None:
    phrases = parse_phrases((ROOT / "templates" / "locales" / f"newsletter.{language}.toml").read_bytes())
    fields = Refusal.model_fields
    known = {str(each) for name in ("status", "code") for each in get_args(fields[name].annotation) if each}
    assert set(phrases.problems.details) == known
