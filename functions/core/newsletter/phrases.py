"""The newsletter's own words, in each language: its mails, and what it says is wrong with a request."""

import tomllib
from collections.abc import Mapping

from functions.core.article import Language
from functions.core.model import Frozen
from functions.core.newsletter.subscription import Refusal
from functions.core.problem import Problem


class MailWords(Frozen):
    """The words of the mails; `{name}` is the newsroom's, `{count}` a number, `{categories}` their names."""

    invite_subject: str
    invite_title: str
    invite_text: str
    invite_button: str
    invite_note: str
    change_subject: str
    change_title: str
    change_text: str
    change_all: str
    change_button: str
    change_note: str
    issue_subject: str
    read_online: str
    why: str
    choose: str
    unsubscribe: str
    privacy: str
    more: str


class ProblemWords(Frozen):
    """What a program is told, by the field or the kind of the problem; `details` by code or HTTP status."""

    language: Language
    fields: Mapping[str, str] = {}
    kinds: Mapping[str, str] = {}
    other: str = ""
    details: Mapping[str, str] = {}

    def reason(self, problem: Problem) -> str:
        """Why, in these words; as it was said first, where there are none."""
        if problem.code in self.kinds:
            return self.kinds[problem.code]
        return self.fields.get(problem.field or "") or self.other or problem.reason

    def detail(self, refusal: Refusal) -> str:
        """Why a request was not carried out, in these words; as it was said first, where there are none."""
        return self.details.get(refusal.code or str(refusal.status), refusal.detail)


ENGLISH = ProblemWords(language="en")  # what the code says by itself


class Phrases(Frozen):
    """One language."""

    mail: MailWords
    problems: ProblemWords


def parse_phrases(text: bytes) -> Phrases:
    """The phrases of one language's file; pydantic's ValidationError names what is missing."""
    return Phrases.model_validate(tomllib.loads(text.decode()))


def preferred(header: str, known: tuple[Language, ...]) -> Language | None:
    """The best known language of an Accept-Language header (RFC 9110, 12.5.4); None if it names none of them."""
    ranked: list[tuple[float, int, Language]] = []
    for place, part in enumerate(header[:500].split(",")):
        name, _, weight = part.partition(";")
        language = next((each for each in known if each == name.strip().lower().partition("-")[0]), None)
        if language and (quality := _quality(weight)) > 0:
            ranked.append((-quality, place, language))
    return min(ranked)[2] if ranked else None


def _quality(weight: str) -> float:
    name, _, value = weight.strip().partition("=")
    try:
        return float(value) if name == "q" else 1.0
    except ValueError:
        return 0.0
