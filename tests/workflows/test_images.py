"""Images as the workflows see them: bad ones, and which of a key's versions an article shows."""

import pytest

from functions.core import keys
from functions.core.receipt import Receipt
from functions.core.record import Record
from functions.workflows.reconcile import Reconciled, reconcile_full
from tests.newsroom import Newsroom
from tests.workflows.articles import jpeg, with_lead

KEY, PHOTO = "articles/2024/al-omrane.md", "articles/2024/photo.jpg"
HALF = jpeg()[:700]


@pytest.fixture
def newsroom() -> Newsroom:
    return Newsroom()


def record(newsroom: Newsroom) -> Record:
    return Record.model_validate_json(newsroom.state.objects[keys.record(keys.id_of(KEY))])


def receipt(newsroom: Newsroom, key: str, ver: str) -> Receipt:
    return Receipt.model_validate_json(newsroom.state.objects[keys.receipt(keys.id_of(key), ver)])


def illustrated(newsroom: Newsroom) -> None:
    newsroom.upload(PHOTO, jpeg())
    newsroom.upload(KEY, with_lead())
    newsroom.drain()


def test_a_bad_new_version_of_an_image_leaves_the_good_old_one_live(newsroom: Newsroom) -> None:
    illustrated(newsroom)
    before = dict(newsroom.site.objects)
    bad = newsroom.upload(PHOTO, HALF)
    newsroom.drain()
    assert receipt(newsroom, PHOTO, bad).outcome == "refused"
    assert record(newsroom).state == "live"
    assert newsroom.site.objects == before == newsroom.rebuilt()


def test_a_good_version_after_a_bad_one_is_shown(newsroom: Newsroom) -> None:
    illustrated(newsroom)
    newsroom.upload(PHOTO, HALF)
    newsroom.drain()
    good = newsroom.upload(PHOTO, jpeg(colour="maroon"))
    newsroom.drain()
    assert [picture.ver for picture in record(newsroom).pictures] == [good]
    assert newsroom.site.objects == newsroom.rebuilt()


def test_an_image_that_was_deleted_is_not_shown_again_because_a_bad_one_came(newsroom: Newsroom) -> None:
    illustrated(newsroom)
    newsroom.remove(PHOTO)
    newsroom.upload(PHOTO, HALF)
    newsroom.drain()
    assert record(newsroom).state == "held"
    assert newsroom.site.objects == newsroom.rebuilt()


def test_an_article_whose_image_is_bad_is_held_and_its_receipt_names_the_image(newsroom: Newsroom) -> None:
    newsroom.upload(PHOTO, HALF)
    ver = newsroom.upload(KEY, with_lead())
    newsroom.drain()
    (problem,) = receipt(newsroom, KEY, ver).problems
    assert (problem.code, problem.field, problem.value) == ("broken_image", "image", PHOTO)
    assert problem.reason.startswith(f"{PHOTO} — ")


def test_reconcile_finds_a_bad_version_that_nobody_was_told_of_once(newsroom: Newsroom) -> None:
    illustrated(newsroom)
    bad = newsroom.inbox.upload(PHOTO, HALF)
    found = []
    for _ in range(2):
        found.append(reconcile_full(newsroom.press))
        newsroom.drain()
    assert found == [Reconciled(flags=0, uploads=2), Reconciled(flags=0, uploads=0)]  # the image and its article
    assert record(newsroom).images == {PHOTO: bad}


def test_bad_versions_without_end_are_not_all_read(newsroom: Newsroom) -> None:
    illustrated(newsroom)
    for _ in range(20):
        newsroom.upload(PHOTO, b"no image")
    newsroom.drain()
    assert record(newsroom).state == "held"
    assert newsroom.site.objects == newsroom.rebuilt()


@pytest.mark.parametrize("name", ["PHOTO~1.jpg", "~a/~b.jpg"])
def test_an_image_with_a_tilde_in_its_name_wakes_the_article_that_waits_for_it(newsroom: Newsroom, name: str) -> None:
    newsroom.upload(KEY, with_lead(name))
    newsroom.drain()
    newsroom.upload(f"articles/2024/{name}", jpeg())
    newsroom.drain()
    assert record(newsroom).state == "live"
