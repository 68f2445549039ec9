"""A text under two keys is published once, whoever came first and in whatever order that is told."""

import random
from collections import Counter
from datetime import timedelta
from itertools import permutations

import pytest

from functions.core.keys import code_of, id_of
from functions.core.sketches import are_alike, bands_of, sketch_of
from functions.workflows.reconcile import reconcile_full
from tests.newsroom import Newsroom, Order
from tests.workflows.articles import article
from tests.workflows.test_protocol import published, receipt

FIRST, SECOND, THIRD = "articles/a.md", "articles/b.md", "articles/c.md"
KEYS = (FIRST, SECOND, THIRD)
WORDS = [f"mot{number}" for number in range(120)]
TEXT = " ".join(WORDS)
NEARLY = " ".join([*WORDS[:60], "corrigé", *WORDS[61:]])
OTHER = " ".join(reversed(WORDS))


def copied(body: str = TEXT, **fields: str) -> str:
    return article("Un titre", body=body, **fields)


def meant() -> str:
    return copied().replace("title:", "duplicate: true\ntitle:")


@pytest.fixture
def newsroom() -> Newsroom:
    return Newsroom()


def live(newsroom: Newsroom) -> set[str]:
    """The keys of the articles that readers get; the site is what a rebuild makes."""
    assert newsroom.site.objects == newsroom.rebuilt()
    front = newsroom.page("economie/index.html")
    return {key for key in KEYS if f"-{code_of(id_of(key))}/" in front}


def save(newsroom: Newsroom, key: str, text: str) -> str:
    """A file is saved, and all that comes of it happens."""
    ver = newsroom.upload(key, text)
    newsroom.drain()
    return ver


def test_the_same_text_under_another_key_is_refused_and_says_whose_it_is(newsroom: Newsroom) -> None:
    save(newsroom, FIRST, copied())
    ver = save(newsroom, SECOND, copied(NEARLY))
    answer = receipt(newsroom, ver, SECOND)
    assert answer.outcome == "refused"
    assert [(each.code, each.value, each.suggestion) for each in answer.problems] == [
        ("duplicate", FIRST, "duplicate: true")
    ]
    assert live(newsroom) == {FIRST}


def test_of_several_copies_the_refusal_names_the_one_that_stands(newsroom: Newsroom) -> None:
    save(newsroom, SECOND, copied())
    save(newsroom, FIRST, copied())
    assert [each.value for each in receipt(newsroom, save(newsroom, THIRD, copied()), THIRD).problems] == [SECOND]
    assert live(newsroom) == {SECOND}


def test_what_is_meant_to_be_twice_is(newsroom: Newsroom) -> None:
    save(newsroom, FIRST, copied())
    assert receipt(newsroom, save(newsroom, SECOND, meant()), SECOND).outcome == "published"
    assert live(newsroom) == {FIRST, SECOND}


def test_a_renamed_file_is_no_duplicate_of_its_old_self(newsroom: Newsroom) -> None:
    save(newsroom, FIRST, copied())
    assert receipt(newsroom, save(newsroom, SECOND, copied(moved_from=FIRST)), SECOND).outcome == "published"


@pytest.mark.parametrize("body", ["Un texte bref. " * 10, OTHER])
def test_short_notices_and_other_texts_are_nobodys_duplicates(newsroom: Newsroom, body: str) -> None:
    save(newsroom, FIRST, copied("Un texte bref. " * 10))
    save(newsroom, SECOND, copied(body))
    assert live(newsroom) == {FIRST, SECOND}


def test_a_version_that_repeats_another_article_leaves_the_one_before_it_live(newsroom: Newsroom) -> None:
    save(newsroom, SECOND, copied(OTHER))
    save(newsroom, FIRST, copied())
    before = newsroom.site.objects[published(newsroom, SECOND)]
    save(newsroom, SECOND, copied())
    assert live(newsroom) == {FIRST, SECOND}
    assert newsroom.site.objects[published(newsroom, SECOND)] == before


def test_a_correction_does_not_make_an_article_the_duplicate_of_its_copy(newsroom: Newsroom) -> None:
    save(newsroom, FIRST, copied())
    save(newsroom, SECOND, copied())
    save(newsroom, FIRST, copied(NEARLY))
    assert live(newsroom) == {FIRST}


def test_when_the_first_is_withdrawn_the_second_goes_live_by_itself(newsroom: Newsroom) -> None:
    save(newsroom, FIRST, copied())
    ver = save(newsroom, SECOND, copied())
    save(newsroom, THIRD, copied())
    newsroom.remove(FIRST)
    newsroom.drain()
    assert receipt(newsroom, ver, SECOND).outcome == "published"
    assert live(newsroom) == {SECOND}


def test_what_comes_back_finds_its_place_taken(newsroom: Newsroom) -> None:
    test_when_the_first_is_withdrawn_the_second_goes_live_by_itself(newsroom)
    assert receipt(newsroom, save(newsroom, FIRST, copied()), FIRST).outcome == "refused"
    assert live(newsroom) == {SECOND}


def test_an_embargoed_text_betrays_itself_to_nobody_and_yields_to_what_is_live_at_its_hour(newsroom: Newsroom) -> None:
    hour = newsroom.now + timedelta(hours=1)
    secret = save(newsroom, FIRST, copied(embargo=hour.isoformat()))
    assert receipt(newsroom, save(newsroom, SECOND, copied()), SECOND).outcome == "published"
    newsroom.tick(hour)
    assert receipt(newsroom, secret, FIRST).outcome == "refused"
    assert live(newsroom) == {SECOND}


@pytest.mark.parametrize("told", list(permutations(KEYS)))
def test_who_is_first_is_a_matter_of_the_inbox_not_of_the_events(newsroom: Newsroom, told: tuple[str, ...]) -> None:
    for key in KEYS:
        newsroom.inbox.upload(key, copied().encode())
    newsroom.queues.ingests += told
    newsroom.drain()
    assert live(newsroom) == {FIRST}


@pytest.mark.parametrize("seed", range(40))
def test_any_order_of_events_ends_as_a_rebuild_does(newsroom: Newsroom, seed: int) -> None:
    luck = random.Random(seed)

    def order(queue: list[str]) -> int:
        return luck.randrange(len(queue))

    _busy_day(newsroom, luck, order)
    newsroom.drain(order)
    live(newsroom)
    reconcile_full(newsroom.press)
    before = dict(newsroom.site.objects)
    newsroom.drain()
    assert newsroom.site.objects == before


def _busy_day(newsroom: Newsroom, luck: random.Random, order: Order) -> None:
    for _ in range(9):
        key = luck.choice(KEYS)
        if luck.random() < 0.3:
            newsroom.remove(key)
        else:
            newsroom.upload(key, luck.choice((copied(), copied(), copied(NEARLY), copied(OTHER), meant())))
        if luck.random() < 0.4:
            newsroom.drain(order)


def test_texts_are_alike_when_nearly_all_of_them_is() -> None:
    sketches = [sketch_of(f"<p>{text}</p>") for text in (TEXT, NEARLY, OTHER)]
    assert are_alike(sketches[0], sketches[1])
    assert set(bands_of(TEXT)) & set(bands_of(NEARLY))
    assert not are_alike(sketches[0], sketches[2])
    assert not are_alike("", "")


def test_phrases_that_everybody_uses_bring_no_texts_together() -> None:
    phrases = [f"selon le{number} communiqué" for number in range(20)]
    texts = [" ".join(f"{phrase} mot{text}x{place}" for place, phrase in enumerate(phrases)) for text in range(50)]
    filed = Counter(band for text in texts for band in bands_of(text))
    assert max(filed.values()) == 1


def test_markup_and_spelling_of_signs_make_no_other_text() -> None:
    plain = " ".join([*WORDS, "l'eau &amp; le feu"])
    set_ = plain.replace("'", "’").replace("mot7 ", "<strong>mot7</strong>\u00a0").replace("&amp;", "&#38;")
    assert sketch_of(f"<p>{plain}</p>") == sketch_of(f"<div><p>{set_}</p></div>")
