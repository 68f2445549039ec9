"""Mistakes: what is wrong with an upload, and every one as a sentence in the newsroom's language."""

import tomllib
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from functions.core.problem import Problem
from functions.core.unseen import visible

NOTICES = frozenset(
    "windows_1252 same_address hidden_text equation drawing embedded shortcode two_authors from_the_top indented_code"
    " stars cells other_language category_gone guessed_alt absent_file embargo_later".split()
)
MAX_PROBLEMS = 100  # nobody mends more at once, and a hostile file could have a million


class Mistake(NamedTuple):
    """One thing wrong with an upload, before it is put into words.

    `field` is the contract's name (`image.alt`), `line` counts from 1 in the file, `limit` is the broken bound. A
    suggestion may be a `choice`: all that there is, where nothing is like it.
    """

    code: str
    field: str | None = None
    line: int | None = None
    value: str | None = None
    suggestion: str | None = None
    limit: int | None = None
    choice: bool = False


class Unreadable(Exception):
    """An upload that cannot be read any further."""

    def __init__(self, mistake: Mistake) -> None:
        super().__init__(mistake.code)
        self.mistake = mistake


class Phrases(NamedTuple):
    """The sentences of one language, from templates/locales/problems.<language>.toml.

    `problem` holds a sentence a code; `suggestion` what follows it when there is one, by code, `choice` or `any`;
    `field` the newsroom's own names of fields, and of the whole header. Placeholders: {field} {value} {suggestion}
    {limit}.
    """

    problem: Mapping[str, str]
    suggestion: Mapping[str, str]
    field: Mapping[str, str]

    def put(self, mistakes: Iterable[Mistake]) -> tuple[Problem, ...]:
        """The mistakes in words, in the order of the file's lines; what concerns the whole file comes first."""
        ordered = sorted(mistakes, key=lambda mistake: mistake.line or 0)
        return tuple(self._problem(mistake) for mistake in ordered[:MAX_PROBLEMS])

    def _problem(self, mistake: Mistake) -> Problem:
        value = visible(mistake.value)
        suggestion = visible(mistake.suggestion)
        sentence = self.problem[mistake.code]
        if suggestion is not None:
            usual = self.suggestion["choice" if mistake.choice else "any"]
            sentence += self.suggestion.get(mistake.code, usual)
        words = {
            "field": self.field.get(mistake.field or "header", mistake.field),
            "value": value,
            "suggestion": suggestion,
            "limit": mistake.limit,
        }
        return Problem(
            code=mistake.code,
            reason=sentence.format_map(words),
            field=mistake.field,
            line=mistake.line or None,
            value=value,
            suggestion=suggestion,
            severity="notice" if mistake.code in NOTICES else "refusal",
        )


def parse_phrases(text: bytes) -> Phrases:
    """Phrases from the bytes of a problems.<language>.toml."""
    tables = tomllib.loads(text.decode())
    return Phrases(tables["problem"], tables["suggestion"], tables["field"])
