"""The press from upload to site, on fakes: what each kind of upload does to it."""

from datetime import UTC, datetime, timedelta

import pytest

from functions.core.errors import NotSettled
from functions.core.keys import CLOCK_KEY
from functions.core.objects import Condition
from functions.core.receipt import Receipt
from functions.workflows.receipts import receipt_of
from functions.workflows.status import status_of
from tests.newsroom import Newsroom
from tests.workflows.articles import article, jpeg, with_lead

KEY = "articles/2024/al-omrane.md"
ID = "2024/al-omrane.md"


@pytest.fixture
def newsroom() -> Newsroom:
    return Newsroom()


def published(newsroom: Newsroom, key: str = KEY) -> str:
    """The site key of a live article."""
    status = status_of(newsroom.press, key.removeprefix("articles/"))
    assert status is not None
    assert status.path is not None
    return status.path[1:] + "index.html"


def receipt(newsroom: Newsroom, ver: str, key: str = KEY) -> Receipt:
    found = receipt_of(newsroom.press, key, ver)
    assert found is not None
    return found


def test_an_upload_is_live_on_its_page_its_category_its_month_and_the_front(newsroom: Newsroom) -> None:
    ver = newsroom.upload(KEY, article("Al Omrane investit"))
    newsroom.drain()
    assert receipt(newsroom, ver).outcome == "published"
    for key in (published(newsroom), "economie/index.html", "economie/2024/03/index.html", "index.html", "feed.xml"):
        assert "Al Omrane investit" in newsroom.page(key), key


def test_an_older_article_gets_the_new_one_into_its_related_box(newsroom: Newsroom) -> None:
    newsroom.upload("articles/old.md", article("Al Omrane : le bilan", date="2022-01-10", tags="Al Omrane"))
    newsroom.drain()
    newsroom.upload("articles/new.md", article("Al Omrane : le plan", date="2024-03-29", tags="Al Omrane"))
    newsroom.drain()
    assert "le plan" in newsroom.page(published(newsroom, "articles/old.md"))
    assert "le bilan" in newsroom.page(published(newsroom, "articles/new.md"))


def test_a_withdrawn_article_leaves_the_related_boxes_that_held_it(newsroom: Newsroom) -> None:
    newsroom.upload("articles/old.md", article("Al Omrane : le bilan", tags="Al Omrane"))
    newsroom.upload("articles/new.md", article("Al Omrane : le plan", tags="Al Omrane"))
    newsroom.drain()
    newsroom.remove("articles/new.md")
    newsroom.drain()
    assert "le plan" not in newsroom.page(published(newsroom, "articles/old.md"))


def test_a_bad_new_version_changes_no_public_byte_and_its_receipt_tells_every_problem(newsroom: Newsroom) -> None:
    newsroom.upload(KEY, article())
    newsroom.drain()
    before = dict(newsroom.site.objects)
    ver = newsroom.upload(KEY, article(title="", category="economi"))
    newsroom.drain()
    assert newsroom.site.objects == before
    answer = receipt(newsroom, ver)
    assert answer.outcome == "refused"
    assert {problem.code for problem in answer.problems} == {"missing_field", "unknown_category"}


def test_an_upload_that_is_uploaded_again_unchanged_writes_no_page(newsroom: Newsroom) -> None:
    newsroom.upload(KEY, article())
    newsroom.drain()
    writes = newsroom.site.writes
    newsroom.upload(KEY, article())
    newsroom.drain()
    assert newsroom.site.writes == writes


def test_a_changed_slug_redirects_from_the_former_path(newsroom: Newsroom) -> None:
    newsroom.upload(KEY, article(slug="ancien"))
    newsroom.drain()
    old = published(newsroom)
    newsroom.upload(KEY, article(slug="nouveau"))
    newsroom.drain()
    new = published(newsroom)
    assert newsroom.site.pages[old].metadata["redirect"] == "/" + new.removesuffix("index.html")
    newsroom.upload(KEY, article(slug="ancien"))
    newsroom.drain()
    assert "redirect" not in newsroom.site.pages[old].metadata
    assert newsroom.site.pages[new].metadata["redirect"] == "/" + old.removesuffix("index.html")


def test_a_moved_article_leaves_its_former_category(newsroom: Newsroom) -> None:
    newsroom.upload(KEY, article("Al Omrane investit"))
    newsroom.drain()
    newsroom.upload(KEY, article("Al Omrane investit", category="developpement-durable"))
    newsroom.drain()
    assert "Al Omrane investit" not in newsroom.page("economie/index.html")
    assert "Al Omrane investit" in newsroom.page("developpement-durable/index.html")


def test_a_withdrawn_article_is_gone_from_everything_but_its_tombstone(newsroom: Newsroom) -> None:
    newsroom.upload(KEY, article("Al Omrane investit", tags="Logement", author="Salma Idrissi"))
    newsroom.drain()
    key = published(newsroom)
    newsroom.remove(KEY)
    newsroom.drain()
    assert newsroom.site.pages[key].metadata["gone"] == "1"
    assert [name for name, body in newsroom.site.objects.items() if b"Al Omrane investit" in body] == []
    assert "tags/logement/index.html" not in newsroom.site.objects


def test_an_article_waits_for_its_lead_image_and_goes_live_when_it_arrives(newsroom: Newsroom) -> None:
    ver = newsroom.upload(KEY, with_lead())
    newsroom.drain()
    assert receipt(newsroom, ver).outcome == "held"
    assert [problem.code for problem in receipt(newsroom, ver).problems] == ["missing_image"]
    newsroom.upload("articles/2024/photo.jpg", jpeg())
    newsroom.drain()
    assert receipt(newsroom, ver).outcome == "published"
    assert receipt(newsroom, ver).problems == ()
    assert any(key.startswith("images/") for key in newsroom.site.objects)


def test_a_replaced_image_updates_its_live_article_and_the_old_files_go(newsroom: Newsroom) -> None:
    newsroom.upload("articles/2024/photo.jpg", jpeg(colour="teal"))
    newsroom.upload(KEY, with_lead())
    newsroom.drain()
    before = {key for key in newsroom.site.objects if key.startswith("images/")}
    newsroom.upload("articles/2024/photo.jpg", jpeg(colour="maroon"))
    newsroom.drain()
    after = {key for key in newsroom.site.objects if key.startswith("images/")}
    assert after.isdisjoint(before)
    assert newsroom.site.objects == newsroom.rebuilt()


def test_a_new_version_whose_image_is_missing_leaves_the_old_one_live(newsroom: Newsroom) -> None:
    newsroom.upload(KEY, article("Première version"))
    newsroom.drain()
    newsroom.upload(KEY, with_lead(title="Seconde version"))
    newsroom.drain()
    assert "Première version" in newsroom.page(published(newsroom))


def test_an_embargoed_article_is_in_no_object_before_its_hour_and_live_after_the_tick(newsroom: Newsroom) -> None:
    hour = newsroom.now + timedelta(hours=2)
    ver = newsroom.upload(KEY, article("Secret bien gardé", slug="secret", date=hour.isoformat()))
    newsroom.drain()
    assert receipt(newsroom, ver).outcome == "held"
    assert not any(b"Secret" in body or "secret" in key for key, body in newsroom.site.objects.items())
    newsroom.tick(hour - timedelta(seconds=1))
    assert not any("secret" in key for key in newsroom.site.objects)
    newsroom.tick(hour)
    assert receipt(newsroom, ver).outcome == "published"
    assert "Secret bien gardé" in newsroom.page("index.html")
    newsroom.tick(hour + timedelta(hours=48))
    assert not [key for key in newsroom.state.objects if key.startswith("due/")]


def test_an_embargoed_article_that_is_withdrawn_before_its_hour_never_shows(newsroom: Newsroom) -> None:
    hour = newsroom.now + timedelta(hours=2)
    newsroom.upload(KEY, article(slug="secret", date=hour.isoformat()))
    newsroom.drain()
    newsroom.remove(KEY)
    newsroom.drain()
    newsroom.tick(hour + timedelta(hours=1))
    assert not any("secret" in key for key in newsroom.site.objects)
    assert newsroom.site.objects == newsroom.rebuilt()


def test_an_article_dated_this_second_need_not_wait_for_the_next_tick(newsroom: Newsroom) -> None:
    newsroom.now += timedelta(seconds=40)
    ver = newsroom.upload(KEY, article(date=newsroom.now.isoformat()))
    newsroom.drain()
    assert receipt(newsroom, ver).outcome == "published"


def test_new_settings_reach_every_page(newsroom: Newsroom) -> None:
    newsroom.upload(KEY, article())
    newsroom.drain()
    settings = newsroom.inbox.uploads["newsroom.toml"][0][1].replace("Économie".encode(), b"Affaires")
    newsroom.renew(settings)
    assert "Affaires" in newsroom.page(published(newsroom))
    assert newsroom.site.objects == newsroom.rebuilt()


def test_settings_that_cannot_be_used_change_nothing(newsroom: Newsroom) -> None:
    before = dict(newsroom.site.objects)
    newsroom.renew(b"[newsroom]\nname = 3\n")
    assert newsroom.site.objects == before


def test_versions_that_nobody_saw_in_time_get_their_receipts_too(newsroom: Newsroom) -> None:
    refused = newsroom.inbox.upload(KEY, article(category="inconnue").encode())
    superseded = newsroom.inbox.upload(KEY, article("Brouillon").encode())
    newsroom.upload(KEY, article("Version finale"))
    newsroom.drain()
    assert receipt(newsroom, refused).outcome == "refused"
    assert receipt(newsroom, superseded).outcome == "published"


def test_a_time_of_upload_later_than_the_clock_does_not_hide_an_article(newsroom: Newsroom) -> None:
    newsroom.inbox.upload(KEY, article().encode(), at=datetime(2026, 11, 20, 23, tzinfo=UTC))
    newsroom.queues.ingests.append(KEY)
    newsroom.drain()
    assert "Al Omrane" in newsroom.page("index.html")


def test_a_bad_version_uploaded_before_the_hour_does_not_keep_the_good_one_from_its_lists(newsroom: Newsroom) -> None:
    hour = newsroom.now + timedelta(hours=2)
    newsroom.upload(KEY, article("À l'heure", date=hour.isoformat()))
    newsroom.upload(KEY, article(category="inconnue"))
    newsroom.drain()
    newsroom.tick(hour)
    assert "À l" in newsroom.page("index.html")
    assert newsroom.site.objects == newsroom.rebuilt()


def test_a_clock_that_others_keep_moving_is_looked_at_again_later_and_is_no_failure(newsroom: Newsroom) -> None:
    newsroom.tick(newsroom.now)
    put = newsroom.state.put

    def contested(key: str, body: bytes, condition: Condition | None = None) -> str:
        if key == CLOCK_KEY:
            put(key, newsroom.state.objects[key] + b" ")  # white space: the hour is the same, the ETag is not
        return put(key, body, condition)

    newsroom.state.put = contested  # type: ignore[method-assign] # somebody else writes first, each time
    with pytest.raises(NotSettled):
        newsroom.tick(newsroom.now + timedelta(minutes=1))
