import re
import string

import pytest

from functions.core.article import LANGUAGES, Language
from functions.core.mistakes import MAX_PROBLEMS, Mistake
from functions.core.unseen import visible
from tests.core.uploads import ROOT, phrases


def placeholders(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_the_same_sentences_with_the_same_places(language: Language) -> None:
    for table in ("problem", "suggestion"):
        own, french = getattr(phrases(language), table), getattr(phrases("fr"), table)
        assert list(own) == list(french)
        assert {code: placeholders(own[code]) for code in own} == {code: placeholders(french[code]) for code in french}


def test_every_code_in_the_source_has_a_sentence_and_every_sentence_is_used() -> None:
    source = "".join(path.read_text() for path in sorted((ROOT / "functions" / "core").rglob("*.py")))
    literals = set(re.findall(r'"([a-z0-9_]+)"', source))
    assert set(phrases().problem) <= literals
    assert set(phrases().suggestion) - {"any", "choice"} <= set(phrases().problem)
    noted = re.findall(r'(?:Mistake|note|_note|BadDate|BadPlace|BadImage)\(\s*"([a-z0-9_]+)"', source)
    assert set(noted) <= set(phrases().problem)


def test_a_mistake_becomes_a_sentence_in_the_newsrooms_language() -> None:
    mistake = Mistake("unknown_category", "category", 3, "Developement durable", "Développement durable")
    (french,) = phrases("fr").put([mistake])
    assert french.reason == "rubrique inconnue « Developement durable » : vouliez-vous dire « Développement durable » ?"
    assert (french.field, french.line) == ("category", 3)
    assert phrases("en").put([mistake])[0].reason == (
        "unknown category “Developement durable”: did you mean “Développement durable”?"
    )
    assert "هل تقصد" in phrases("ar").put([mistake])[0].reason


def test_problems_come_in_the_order_of_the_lines_those_of_the_file_first() -> None:
    mistakes = [Mistake("empty_body", line=9), Mistake("bad_date", line=2, value="x"), Mistake("empty_file")]
    assert [problem.code for problem in phrases().put(mistakes)] == ["empty_file", "bad_date", "empty_body"]


def test_braces_and_percents_of_an_editor_are_only_text() -> None:
    (found,) = phrases().put([Mistake("bad_date", "published_at", 1, "{value} {0} %s {", "{x}")])
    assert found.reason == "date illisible « {value} {0} %s { » : écrivez par exemple {x}"


def test_a_long_value_is_cut_and_what_nobody_sees_is_spelled_out() -> None:
    shown = visible("a" * 200) or ""
    assert len(shown) == 120
    assert shown.endswith("…")
    assert visible("a" * 120) == "a" * 120
    assert visible("a\u202eb\x07c\u2028") == "a\\u202eb\\u0007c\\u2028"
    assert len(visible("\x07" * 120) or "") == 120
    assert visible(None) is None


def test_no_more_than_a_hundred_problems_are_told() -> None:
    assert len(phrases().put(Mistake("empty_file") for _ in range(1000))) == MAX_PROBLEMS
