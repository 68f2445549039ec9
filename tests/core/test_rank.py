"""What a related box holds: no story twice, whatever the stories are about."""

from datetime import UTC, datetime

import pytest

from functions.core.article import Article, Language
from functions.core.related.fingerprint import Fingerprint, fingerprint
from functions.core.related.rank import rank

STORY = (
    "Le barrage de Tafilalt retient enfin les crues. Les ingénieurs ont vérifié chaque vanne, chaque galerie, chaque "
    "turbine. Les agriculteurs attendent l'irrigation des palmeraies, les pêcheurs le retour des carpes."
)


def about(name: str, body: str, lang: Language = "fr") -> Fingerprint:
    """The fingerprint of an article that has this text."""
    at = datetime(2024, 3, 29, tzinfo=UTC)
    html = f"<p>{body}</p>"
    found = Article(title="Le barrage", category="eau", published_at=at, slug=name, body=html, words=30, lang=lang)
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


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("fr", "Le ministre l'a dit mercredi 3 décembre."),
        ("en", "The minister said so on Wednesday 3 December."),
        ("ar", "قال الوزير ذلك يوم الأربعاء 3 دجنبر"),
    ],
)
def test_the_day_on_which_something_was_said_makes_nothing_alike(lang: Language, text: str) -> None:
    days = "mercredi decembre wednesdai decembr wednesday december اربعاء دجنبر".split()
    terms = about("x", text, lang).weights
    assert terms.keys() & {"ministr", "minister", "وزير"}
    assert not terms.keys() & set(days)


def test_an_address_that_stands_in_a_text_makes_nothing_alike() -> None:
    link = '<a href="https://www.hcp.ma/carte" dir="ltr">https://www.hcp.ma/carte</a>'
    assert about("x", f"Voir {link} du safran.").weights == about("x", "Voir du safran.").weights
    assert "cart" in about("x", 'Voir <a href="https://www.hcp.ma/">la carte</a>.').weights


@pytest.mark.parametrize("name", ["premier", "second"])
def test_briefs_of_a_few_words_may_be_alike(name: str) -> None:
    briefs = [about(each, "Crue à Tafilalt.") for each in ("premier", "second")]
    target = next(each for each in briefs if each.id == name)
    assert len(box(target, *briefs)) == 1
