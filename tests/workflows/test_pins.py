"""Pinned stories: front.yaml of the inbox decides the top of the front page, for as long as it says."""

import re
from datetime import timedelta

import pytest

from functions.core import keys
from tests.newsroom import Newsroom
from tests.workflows.articles import article

FRONT = "front.yaml"


@pytest.fixture
def newsroom() -> Newsroom:
    newsroom = Newsroom()
    for day in range(1, 10):
        newsroom.upload(f"articles/{day}.md", article(f"Titre {day}", date=f"2024-03-0{day}"))
    newsroom.drain()
    return newsroom


def titles(newsroom: Newsroom) -> list[str]:
    """The titles on the front page, from the top."""
    return re.findall(r">(Titre \d)<", newsroom.page("index.html"))


def test_pinned_stories_stand_at_the_top_in_their_order(newsroom: Newsroom) -> None:
    newsroom.upload(FRONT, "pinned: [articles/2.md, 7.md]\n")
    newsroom.drain()
    assert titles(newsroom)[:3] == ["Titre 2", "Titre 7", "Titre 9"]
    assert newsroom.site.objects == newsroom.rebuilt()


def test_the_newest_fill_the_place_of_a_pinned_story_that_is_withdrawn_or_not_there(newsroom: Newsroom) -> None:
    newsroom.upload(FRONT, "pinned: [2.md, inconnu.md, 3.md]\n")
    newsroom.remove("articles/2.md")
    newsroom.drain()
    assert titles(newsroom)[:2] == ["Titre 3", "Titre 9"]
    assert newsroom.site.objects == newsroom.rebuilt()


def test_a_pinned_story_that_changes_changes_the_front(newsroom: Newsroom) -> None:
    newsroom.upload(FRONT, "pinned: 1.md\n")
    newsroom.upload("articles/1.md", article("Titre 0", date="2022-03-01"))
    newsroom.drain()
    assert titles(newsroom)[0] == "Titre 0"


def test_pins_go_when_their_time_is_over(newsroom: Newsroom) -> None:
    until = newsroom.now + timedelta(minutes=30)
    newsroom.upload(FRONT, f"pinned: [2.md]\nuntil: {until.isoformat()}\n")
    newsroom.drain()
    assert titles(newsroom)[0] == "Titre 2"
    newsroom.tick(until - timedelta(seconds=30))
    assert titles(newsroom)[0] == "Titre 2"
    newsroom.tick(until + timedelta(seconds=30))
    assert titles(newsroom)[0] == "Titre 9"
    assert newsroom.site.objects == newsroom.rebuilt()
    newsroom.tick(until + timedelta(seconds=90))
    assert not [key for key in newsroom.state.objects if key.startswith("due/") and "~~" in key]


def test_a_bad_file_is_answered_and_leaves_the_old_one_in_force(newsroom: Newsroom) -> None:
    newsroom.upload(FRONT, "pinned: [2.md]\n")
    newsroom.drain()
    before = dict(newsroom.site.objects)
    ver = newsroom.upload(FRONT, "epingle: [3.md]\nuntil: demain\n")
    newsroom.drain()
    assert newsroom.site.objects == before == newsroom.rebuilt()
    answer = newsroom.state.objects[keys.receipt(keys.id_of(FRONT), ver)].decode()
    assert '"outcome":"refused"' in answer
    assert [int(line) for line in re.findall(r'"line":(\d+)', answer)] == [1, 2]


def test_a_deleted_file_pins_nothing(newsroom: Newsroom) -> None:
    newsroom.upload(FRONT, "pinned: [2.md]\n")
    newsroom.remove(FRONT)
    newsroom.drain()
    assert titles(newsroom)[0] == "Titre 9"
    assert newsroom.site.objects == newsroom.rebuilt()
