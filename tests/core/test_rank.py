"""What a related box holds: no story twice, whatever the stories are about."""

from datetime import UTC, datetime

import pytest

from functions.core.article import Article, Language, Tag
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


@pytest.mark.parametrize("body", ["انتقل مدرّب الرّجاء إلى الدّوحة أيضًا", "انتقل مدرب الرجاء إلى الدوحة أيضا"])
def test_an_arabic_text_is_about_the_same_with_vowel_signs_and_without(body: str) -> None:
    assert about("x", body, "ar").weights.keys() >= {"مدرب", "رجاء", "دوح"}
    assert about("x", body, "ar").weights == about("x", "انتقل مدرب الرجاء إلى الدوحة أيضا", "ar").weights


def test_a_name_with_a_number_in_it_tells_and_a_number_does_not() -> None:
    known = about("x", "La COP22 et le G20 en 2016, à 14h30, sur 20 km2 ou 20 km².").weights.keys()
    assert known & {"cop22", "g20", "2016", "14h30", "km2"} == {"cop22", "g20"}


def test_a_tag_with_a_number_in_it_makes_alike_and_a_year_does_not() -> None:
    tags = tuple(Tag(slug=label.lower(), label=label) for label in ("5G", "2M", "COP22", "2024"))
    at = datetime(2024, 3, 29, tzinfo=UTC)
    found = Article(title="Un", category="eau", published_at=at, slug="x", body="<p>Un</p>", words=1, tags=tags)
    assert fingerprint("x", found).weights.keys() == {"#5g", "#2m", "#cop22", "cop22"}


def test_an_address_that_stands_in_a_text_makes_nothing_alike() -> None:
    link = '<a href="https://www.hcp.ma/carte" dir="ltr">https://www.hcp.ma/carte</a>'
    assert about("x", f"Voir {link} du safran.").weights == about("x", "Voir du safran.").weights
    assert "cart" in about("x", 'Voir <a href="https://www.hcp.ma/">la carte</a>.').weights


@pytest.mark.parametrize("name", ["premier", "second"])
def test_briefs_of_a_few_words_may_be_alike(name: str) -> None:
    briefs = [about(each, "Crue à Tafilalt.") for each in ("premier", "second")]
    target = next(each for each in briefs if each.id == name)
    assert len(box(target, *briefs)) == 1
