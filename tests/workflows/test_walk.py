"""A new build reaches every upload, a part at a time, however many there are and whatever is lost on the way."""

from dataclasses import replace
from datetime import timedelta

import pytest

from functions.bootstrap.desk import desk_of
from functions.core import keys
from functions.core.record import Record
from functions.workflows import walk
from functions.workflows.memory import Memory
from functions.workflows.reconcile import Reconciled, deploy, reconcile_full, reconcile_light
from functions.workflows.renew import renew
from tests.newsroom import SETTINGS, Newsroom
from tests.workflows.articles import article

PART, ARTICLES = 3, 8
RENAMED, AGAIN = (SETTINGS.replace("Économie".encode(), name) for name in (b"Affaires", b"Bourse"))


@pytest.fixture
def newsroom(monkeypatch: pytest.MonkeyPatch) -> Newsroom:
    monkeypatch.setattr(walk, "_PART", PART)
    monkeypatch.setattr(walk, "_NEWEST", 0)
    newsroom = Newsroom()
    for number in range(ARTICLES):
        newsroom.upload(f"articles/{number}.md", article(f"Le titre {number}"))
    newsroom.drain()
    return newsroom


def set_out(newsroom: Newsroom, settings: bytes = RENAMED) -> None:
    newsroom.inbox.upload(keys.SETTINGS_KEY, settings)
    renew(newsroom.press, desk_of)


def made_known(newsroom: Newsroom) -> list[bool]:
    """Of each article in turn whether its record is of the build in force."""
    bodies = [body for key, body in newsroom.state.objects.items() if key.startswith(keys.RECORDS)]
    return [Record.model_validate_json(body).build == newsroom.build.id for body in bodies]


def test_new_settings_reach_every_article_and_the_walk_is_over(newsroom: Newsroom) -> None:
    set_out(newsroom)
    newsroom.drain()
    assert made_known(newsroom) == [True] * ARTICLES
    assert newsroom.site.objects == newsroom.rebuilt()
    assert keys.WALK_KEY not in newsroom.state.objects


def test_the_newest_articles_are_reached_first_wherever_their_files_stand(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(walk, "_NEWEST", 2)
    for name, day in (("zz", "2026-11-19"), ("zy", "2026-11-18")):
        newsroom.upload(f"articles/{name}.md", article(f"Le titre de {name}", date=day))
    newsroom.drain()
    set_out(newsroom)
    first = ["articles/zz.md", "articles/zy.md", *(f"articles/{number}.md" for number in range(PART))]
    assert newsroom.queues.again[: PART + 2] == first
    newsroom.drain()
    assert made_known(newsroom) == [True] * (ARTICLES + 2)
    assert newsroom.site.objects == newsroom.rebuilt()


def test_no_more_uploads_wait_than_a_part_has_and_none_of_them_where_editors_do(newsroom: Newsroom) -> None:
    set_out(newsroom)
    waiting = []
    while newsroom.queues.again:
        waiting.append(len(newsroom.queues.again))
        newsroom.ingest(newsroom.queues.again.pop(0))
    assert max(waiting) == PART + 1  # and the word to go on
    assert set(newsroom.queues.ingests) == {keys.PINS_KEY}


def test_an_editor_is_answered_before_the_walk_is_over(newsroom: Newsroom) -> None:
    ver = newsroom.inbox.upload(keys.SETTINGS_KEY, RENAMED)
    found = renew(newsroom.press, desk_of)
    assert found.uploads == PART
    assert found.receipt
    assert (found.receipt.ver, found.receipt.outcome) == (ver, "stored")
    assert keys.receipt(found.receipt.id, ver) in newsroom.state.objects


def test_settings_that_come_half_way_set_out_anew_and_leave_little_in_vain(newsroom: Newsroom) -> None:
    set_out(newsroom)
    for _ in range(PART + 1):
        newsroom.ingest(newsroom.queues.again.pop(0))
    set_out(newsroom, AGAIN)
    assert len(newsroom.queues.again) <= 2 * (PART + 1)
    newsroom.drain()
    assert made_known(newsroom) == [True] * ARTICLES
    assert newsroom.site.objects == newsroom.rebuilt()


def test_a_walk_whose_message_got_lost_goes_on_after_a_quarter_of_an_hour(newsroom: Newsroom) -> None:
    set_out(newsroom)
    newsroom.queues.again.remove(keys.SETTINGS_KEY)
    newsroom.drain()
    assert made_known(newsroom) == [True] * PART + [False] * (ARTICLES - PART)
    assert reconcile_light(newsroom.press, newsroom.now + timedelta(minutes=14)) == Reconciled(0, 0)
    assert reconcile_light(newsroom.press, newsroom.now + timedelta(minutes=16)) == Reconciled(0, 1)
    newsroom.drain()
    assert made_known(newsroom) == [True] * ARTICLES


def test_the_night_asks_again_for_what_the_walk_has_passed_and_leaves_it_the_rest(newsroom: Newsroom) -> None:
    set_out(newsroom)
    newsroom.queues.again.clear()
    reconcile_full(newsroom.press)
    assert newsroom.queues.again == [keys.SETTINGS_KEY, *(f"articles/{number}.md" for number in range(PART))]
    newsroom.drain()
    assert made_known(newsroom) == [True] * ARTICLES


def test_a_deployment_answers_with_the_first_part_and_one_of_the_same_code_looks_for_losses(newsroom: Newsroom) -> None:
    newsroom.press = replace(newsroom.press, code="newer")
    assert deploy(newsroom.press).uploads == PART
    newsroom.drain()
    assert made_known(newsroom) == [True] * ARTICLES
    newsroom.inbox.upload("articles/0.md", article("Un autre titre").encode())
    assert deploy(newsroom.press) == Reconciled(0, 1)


def test_what_nobody_answered_before_there_were_settings_is_asked_for_by_the_walk(newsroom: Newsroom) -> None:
    newsroom.inbox.upload("articles/notes.xyz", b"")
    set_out(newsroom)
    newsroom.drain()
    receipts = [key for key in newsroom.state.objects if key.startswith(keys.receipts("notes.xyz"))]
    assert receipts


def test_a_state_bucket_that_was_lost_is_made_again_by_a_deployment(newsroom: Newsroom) -> None:
    site = dict(newsroom.site.objects)
    newsroom.state.objects.clear()
    newsroom.press = replace(newsroom.press, memory=Memory())
    deploy(newsroom.press)
    newsroom.drain()
    assert made_known(newsroom) == [True] * ARTICLES
    assert newsroom.site.objects == site
