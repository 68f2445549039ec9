"""The CDN forgets at once what was withdrawn or corrected, and is asked for nothing else."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from functions.bootstrap.house import house_of
from functions.core import keys
from functions.core.errors import StoreUnavailable
from functions.core.groups import article_group
from functions.core.record import Record
from functions.workflows.purge import purge, purged_key
from functions.workflows.records import record_of
from functions.workflows.rework import Worker, rework_articles
from tests.newsroom import SETTINGS, Newsroom
from tests.workflows.articles import article

KEY = "articles/eau.md"
PICTURES = f"/{keys.image_prefix(keys.id_of(KEY))}*"
CORRECTED = article("Eau").replace(
    "---\n\n", "corrections:\n  - {date: 2024-04-02, text: Le prix était faux.}\n---\n\n", 1
)


class FakeCdn:
    """Notes what it is asked to forget; the first so many times it cannot be reached."""

    def __init__(self, failures: int = 0) -> None:
        self.forgotten: list[str] = []
        self._failures = failures

    def purge(self, paths: Sequence[str]) -> None:
        if self._failures:
            self._failures -= 1
            raise StoreUnavailable("the CDN")
        self.forgotten += paths


def newsroom_with(cdn: FakeCdn) -> Newsroom:
    newsroom = Newsroom()
    newsroom.press = replace(newsroom.press, cdn=cdn)
    newsroom.upload(KEY, article("Eau"))
    newsroom.drain()
    return newsroom


def page_of(newsroom: Newsroom) -> str:
    stored = newsroom.press.state.get(keys.record(keys.id_of(KEY)))
    assert stored is not None
    [path] = Record.model_validate_json(stored.body).owned_paths
    return path


def test_what_is_withdrawn_is_forgotten_with_its_pictures() -> None:
    newsroom = newsroom_with(cdn := FakeCdn())
    newsroom.remove(KEY)
    newsroom.drain()
    page = page_of(newsroom)
    assert cdn.forgotten == [page, f"{page}index.html", PICTURES]


def test_no_page_counts_among_the_few_stars_that_cloudfront_takes_at_a_time() -> None:
    newsroom = newsroom_with(cdn := FakeCdn())
    newsroom.upload(KEY, article("Eau", slug="autre"))
    newsroom.drain()
    newsroom.remove(KEY)
    newsroom.drain()
    assert len(cdn.forgotten) == 5
    assert [path for path in cdn.forgotten if path.endswith("*")] == cdn.forgotten[-1:]


def test_what_is_corrected_is_forgotten_and_what_is_only_changed_is_not() -> None:
    newsroom = newsroom_with(cdn := FakeCdn())
    newsroom.upload(KEY, article("Eau", body="Un autre texte."))
    newsroom.drain()
    assert cdn.forgotten == []
    newsroom.upload(KEY, CORRECTED)
    newsroom.drain()
    assert cdn.forgotten == [page_of(newsroom), f"{page_of(newsroom)}index.html"]


def test_a_page_that_is_right_already_is_not_forgotten_again() -> None:
    newsroom = newsroom_with(cdn := FakeCdn())
    newsroom.remove(KEY)
    newsroom.drain()
    cdn.forgotten.clear()
    newsroom.queues.ingests.append(KEY)
    newsroom.drain()
    assert cdn.forgotten == []


def test_a_purge_that_failed_is_made_up_for_by_the_next_delivery_though_the_page_stands() -> None:
    newsroom = newsroom_with(cdn := FakeCdn(failures=1))
    newsroom.remove(KEY)
    newsroom.ingest(newsroom.queues.ingests.pop())
    group = article_group(keys.id_of(KEY))
    with pytest.raises(StoreUnavailable):
        newsroom.render(group)
    newsroom.render(group, forced=True)
    assert cdn.forgotten[0] == page_of(newsroom)


def test_an_arabic_address_is_forgotten_as_it_is_sent() -> None:
    newsroom = newsroom_with(cdn := FakeCdn())
    key = "articles/ماء.md"
    newsroom.upload(key, article("الماء", lang="ar", slug="ماء"))
    newsroom.drain()
    newsroom.remove(key)
    newsroom.drain()
    assert cdn.forgotten[0].isascii()
    assert "%D9%85%D8%A7%D8%A1" in cdn.forgotten[0]


def test_a_purge_that_no_delivery_of_its_message_could_do_is_done_by_whoever_comes_next() -> None:
    newsroom = newsroom_with(cdn := FakeCdn(failures=5))
    newsroom.remove(KEY)
    newsroom.ingest(newsroom.queues.ingests.pop())
    group = article_group(keys.id_of(KEY))
    for delivery in range(5):
        with pytest.raises(StoreUnavailable):
            newsroom.render(group, forced=delivery > 0)
    newsroom.render(group)
    assert cdn.forgotten == [page_of(newsroom), f"{page_of(newsroom)}index.html", PICTURES]


def test_what_a_rebuild_takes_off_first_is_forgotten_too_and_only_once() -> None:
    newsroom = newsroom_with(cdn := FakeCdn())
    newsroom.remove(KEY)
    newsroom.ingest(newsroom.queues.ingests.pop())
    for _ in range(2):
        rework_articles(Worker(newsroom.press, house_of, lambda: True), [keys.record(keys.id_of(KEY))])
    assert cdn.forgotten.count(PICTURES) == 1


def test_a_corrected_page_that_is_written_again_for_others_sake_is_forgotten_once_only() -> None:
    newsroom = newsroom_with(cdn := FakeCdn())
    newsroom.upload(KEY, CORRECTED)
    newsroom.drain()
    cdn.forgotten.clear()
    before = newsroom.site.objects[keys.site_key(page_of(newsroom))]
    newsroom.renew(SETTINGS.replace(b'name = "', b'name = "Le ', 1))
    assert newsroom.site.objects[keys.site_key(page_of(newsroom))] != before
    assert cdn.forgotten == []


def test_what_was_withdrawn_long_ago_is_not_forgotten_again_for_want_of_a_note() -> None:
    newsroom = newsroom_with(cdn := FakeCdn())
    newsroom.remove(KEY)
    newsroom.drain()
    cdn.forgotten.clear()
    newsroom.state.objects.pop(purged_key(keys.id_of(KEY)))
    newsroom.tick(newsroom.now + timedelta(days=15))
    newsroom.render(article_group(keys.id_of(KEY)), forced=True)
    assert cdn.forgotten == []


def test_pictures_of_an_old_version_that_is_taken_off_are_forgotten_all_the_same() -> None:
    newsroom = newsroom_with(cdn := FakeCdn())
    newsroom.tick(newsroom.now + timedelta(days=15))
    record = record_of(newsroom.press.state, keys.id_of(KEY))
    assert record is not None
    purge(newsroom.press, record.model_copy(update={"state": "refused", "path": None}), dropped=True)
    assert cdn.forgotten[-1] == PICTURES
