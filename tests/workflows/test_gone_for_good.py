"""Versions that somebody deletes for good, in the console or by a rule: no marker says so, only what is left."""

from dataclasses import replace
from uuid import uuid4

import pytest

from functions.core import keys
from functions.core.errors import StoreUnavailable
from functions.workflows.erase import erase
from functions.workflows.memory import Memory
from functions.workflows.receipts import receipt_of
from functions.workflows.reconcile import deploy, reconcile_full
from tests.fakes import NOON, FakeQueues
from tests.newsroom import Newsroom
from tests.workflows.articles import article, jpeg, with_lead

KEY, ID = "articles/economie/al-omrane.md", "economie/al-omrane.md"
MATCH = "articles/economie/match.md"
PHOTO = "articles/economie/photo.jpg"


@pytest.fixture
def newsroom() -> Newsroom:
    """A press with two articles, one of them illustrated."""
    newsroom = Newsroom()
    newsroom.upload(PHOTO, jpeg())
    newsroom.upload(KEY, with_lead(tags="Logement"))
    newsroom.upload(MATCH, article("Le match"))
    newsroom.drain()
    return newsroom


def is_right(newsroom: Newsroom) -> bool:
    """Whether the site is what a rebuild would make, no flag is left, and the night finds nothing to do."""
    flags = list(newsroom.state.list(keys.DIRTY))
    right = dict(newsroom.site.objects) == newsroom.rebuilt() and not flags
    night = reconcile_full(newsroom.press)
    newsroom.drain()
    return right and night.uploads == 0


def delete_for_good(newsroom: Newsroom, key: str) -> None:
    """All versions of a key; S3 tells the ingest queue."""
    newsroom.inbox.erase(key)
    newsroom.queues.ingests.append(key)


def test_an_article_of_which_no_version_is_left_leaves_the_site(newsroom: Newsroom) -> None:
    delete_for_good(newsroom, KEY)
    newsroom.drain()
    assert is_right(newsroom)
    receipt = receipt_of(newsroom.press, KEY, "gone")
    assert receipt is not None
    assert receipt.outcome == "withdrawn"


def test_who_dies_before_he_has_told_of_it_is_made_good_by_the_next(newsroom: Newsroom) -> None:
    class Mute(FakeQueues):
        def ask_renders(self, dirtied: object) -> None:
            raise StoreUnavailable("sqs")

    delete_for_good(newsroom, KEY)
    working, newsroom.press = newsroom.press, replace(newsroom.press, queues=Mute())
    with pytest.raises(StoreUnavailable):
        newsroom.ingest(KEY)
    newsroom.press = working
    newsroom.drain()
    assert is_right(newsroom)


def test_it_may_come_back_go_again_and_be_erased(newsroom: Newsroom) -> None:
    for _ in range(2):
        delete_for_good(newsroom, KEY)
        newsroom.drain()
        newsroom.upload(KEY, with_lead(tags="Logement"))
        newsroom.drain()
        assert is_right(newsroom)
    delete_for_good(newsroom, KEY)
    newsroom.drain()
    assert erase(newsroom.press, newsroom.inbox, ID, by="me", reason="law", now=NOON)
    newsroom.drain()
    assert is_right(newsroom)
    assert not [key for key in newsroom.state.objects if key.startswith((keys.record(ID), keys.receipts(ID)))]


def test_an_image_of_which_no_version_is_left_is_missed_by_its_article_at_once(newsroom: Newsroom) -> None:
    delete_for_good(newsroom, PHOTO)
    newsroom.drain()
    assert is_right(newsroom)


@pytest.mark.parametrize(("key", "code"), [(KEY, "that of the older state"), (MATCH, "next")])
def test_what_was_erased_stays_away_when_an_older_state_is_restored(newsroom: Newsroom, key: str, code: str) -> None:
    older = dict(newsroom.state.objects)
    newsroom.remove(key)
    newsroom.drain()
    assert erase(newsroom.press, newsroom.inbox, keys.id_of(key), by="me", reason="law", now=NOON)
    newsroom.drain()
    newsroom.state.objects.clear()
    newsroom.state.objects.update(older)
    newsroom.press = replace(newsroom.press, memory=Memory(), nonce=lambda: uuid4().hex)
    if code == "next":
        newsroom.press = replace(newsroom.press, code=code)
        deploy(newsroom.press)
        newsroom.drain()
    reconcile_full(newsroom.press)
    newsroom.drain()
    assert is_right(newsroom)
    shown = newsroom.page("economie/index.html")
    assert [title in shown for title in ("Al Omrane", "Le match")] == [key == MATCH, key == KEY]


def test_what_was_pinned_is_pinned_no_more_when_no_version_says_so(newsroom: Newsroom) -> None:
    newsroom.upload(keys.PINS_KEY, "pinned: [economie/match.md]")
    newsroom.drain()
    pinned = newsroom.page("index.html")
    delete_for_good(newsroom, keys.PINS_KEY)
    newsroom.drain()
    assert newsroom.page("index.html") != pinned
    assert is_right(newsroom)
