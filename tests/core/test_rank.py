"""What a related box holds: no story twice, whatever the stories are about."""

from datetime import UTC, datetime

import pytest

from functions.core.article import Article
from functions.core.related.fingerprint import Fingerprint, fingerprint
from functions.core.related.rank import rank

STORY = (
    "Le barrage de Tafilalt retient enfin les crues. Les ingénieurs ont vérifié chaque vanne, chaque galerie, chaque "
    "turbine. Les agriculteurs attendent l'irrigation des palmeraies, les pêcheurs le retour des carpes."
)


def about(name: str, body: str) -> Fingerprint:
    """The fingerprint of an article that has this text."""
    at = datetime(2024, 3, 29, tzinfo=UTC)
    found = Article(title="Le barrage", category="eau", published_at=at, slug=name, body=f"<p>{body}</p>", words=30)
    return fingerprint(name, found)


def box(target: Fingerprint, *candidates: Fingerprint) -> list[str]:
    return [neighbour.id for neighbour in rank(target, candidates)]


def test_a_story_that_is_told_twice_stands_in_a_box_once() -> None:
    target = about("tafilalt", "Le barrage de Tafilalt, ses crues et ses palmeraies.")
    again = about("encore", STORY + " Une dépêche le confirme.")
    assert box(target, about("recit", STORY), again) in (["recit"], ["encore"])
    assert box(about("recit", STORY), again) == []


def test_a_word_that_is_a_name_within_a_sentence_weighs_a_quarter_more() -> None:
    plain, named = (about("x", f"Hier, {word} recrute des ingénieurs.").weights for word in ("safran", "Safran"))
    assert named["safran"] == plain["safran"] * 5 // 4
    assert {**named, "safran": 0} == {**plain, "safran": 0}


def test_a_capital_that_begins_a_sentence_makes_no_name() -> None:
    first, second = (about("x", f"Le vent tombe. {word} pousse ici.").weights for word in ("safran", "Safran"))
    assert first == second


@pytest.mark.parametrize("name", ["premier", "second"])
def test_briefs_of_a_few_words_may_be_alike(name: str) -> None:
    briefs = [about(each, "Crue à Tafilalt.") for each in ("premier", "second")]
    target = next(each for each in briefs if each.id == name)
    assert len(box(target, *briefs)) == 1
