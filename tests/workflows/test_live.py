"""Seconds from upload to live, and what was written for it: the same however late one asks, and whoever came since."""

from datetime import UTC, datetime, timedelta

import pytest

from functions.core import keys
from functions.core.report import Report
from functions.workflows.report import report_of
from tests.newsroom import Newsroom
from tests.workflows.articles import article, jpeg, with_lead

KEY = "articles/plan.md"
MORNING = datetime(2026, 11, 20, 9, tzinfo=UTC)
TAGS = "Al Omrane"


class Watch:
    """Gives what changes in the buckets the time that the test says."""

    def __init__(self, newsroom: Newsroom) -> None:
        self._newsroom = newsroom
        for key in newsroom.site.objects:
            newsroom.site.modified[key] = MORNING - timedelta(hours=1)

    def drain(self, at: datetime) -> None:
        """Deliver all messages; whatever they write is of that time."""
        buckets = (self._newsroom.site, self._newsroom.state)
        before = [dict(bucket.objects) for bucket in buckets]
        self._newsroom.drain()
        for bucket, was in zip(buckets, before, strict=True):
            for key, body in bucket.objects.items():
                if was.get(key) != body:
                    bucket.modified[key] = at

    def upload(self, key: str, body: str | bytes, at: datetime, *, took: int) -> str:
        """An upload at an instant that is live so many seconds later; its version."""
        ver = self._newsroom.inbox.upload(key, body.encode() if isinstance(body, str) else body, at)
        self._newsroom.queues.ingests.append(key)
        self.drain(at + timedelta(seconds=took))
        return ver


@pytest.fixture
def newsroom() -> Newsroom:
    return Newsroom()


@pytest.fixture
def watch(newsroom: Newsroom) -> Watch:
    return Watch(newsroom)


def report(newsroom: Newsroom, ver: str) -> Report:
    found = report_of(newsroom.press, KEY, ver)
    assert found
    return found


def test_the_seconds_to_live_stay_whatever_is_uploaded_later(newsroom: Newsroom, watch: Watch) -> None:
    ver = watch.upload(KEY, article("Al Omrane : le plan", tags=TAGS), MORNING, took=3)
    now = report(newsroom, ver)
    assert (now.live_after, now.live_from) == (3, "upload")
    page = newsroom.site.objects[keys.site_key(newsroom_path(newsroom))]
    for hour in range(1, 4):
        later = MORNING + timedelta(hours=hour)
        watch.upload(f"articles/{hour}.md", article(f"Al Omrane : le bilan {hour}", tags=TAGS), later, took=2)
    assert newsroom.site.objects[keys.site_key(newsroom_path(newsroom))] != page  # its related box has changed
    assert report(newsroom, ver).live_after == 3


def newsroom_path(newsroom: Newsroom) -> str:
    stored = newsroom.state.objects[keys.receipt("plan.md", newsroom.inbox.versions(KEY)[0].ver)]
    return stored.decode().partition("https://www.example.ma")[2].partition('"')[0]


def test_what_was_written_for_an_upload_is_not_what_later_ones_write(newsroom: Newsroom, watch: Watch) -> None:
    ver = watch.upload(KEY, article("Un plan"), MORNING, took=1)
    assert "rewritten" not in {each.what for each in report(newsroom, ver).objects}
    watch.upload("articles/autre.md", article("Une autre"), MORNING + timedelta(hours=2), took=1)
    told = {each.key: each.what for each in report(newsroom, ver).objects}
    assert told["economie/index.html"] == told["feed.xml"] == "rewritten"
    assert told[keys.site_key(newsroom_path(newsroom))] in {"written", "rewritten"}


def test_each_version_keeps_its_own_seconds(newsroom: Newsroom, watch: Watch) -> None:
    first = watch.upload(KEY, article("Un plan"), MORNING, took=4)
    second = watch.upload(KEY, article("Un plan", body="Corrigé."), MORNING + timedelta(hours=1), took=2)
    assert [report(newsroom, ver).live_after for ver in (first, second)] == [4, 2]


def test_a_scheduled_article_counts_from_its_hour(newsroom: Newsroom, watch: Watch) -> None:
    hour = newsroom.now + timedelta(hours=5)
    ver = watch.upload(KEY, article("Un plan", embargo=hour.isoformat()), MORNING, took=1)
    assert report(newsroom, ver).live_after is None
    newsroom.now = hour
    newsroom.queues.ingests.append(KEY)
    watch.drain(hour + timedelta(seconds=2))
    watch.upload("articles/autre.md", article("Une autre"), hour + timedelta(hours=1), took=1)
    told = report(newsroom, ver)
    assert (told.live_after, told.live_from) == (2, "hour")


def test_an_image_that_is_spelt_otherwise_counts_as_well(newsroom: Newsroom, watch: Watch) -> None:
    ver = watch.upload(KEY, with_lead("été.jpg"), MORNING, took=1)
    watch.upload("articles/e\u0301te\u0301.jpg", jpeg(), MORNING + timedelta(minutes=50), took=5)
    told = report(newsroom, ver)
    assert (told.live_after, told.live_from) == (5, "image")


def test_an_article_that_waited_for_its_image_counts_from_the_image(newsroom: Newsroom, watch: Watch) -> None:
    ver = watch.upload(KEY, with_lead("vue.jpg"), MORNING, took=1)
    watch.upload("articles/vue.jpg", b"rien", MORNING + timedelta(minutes=20), took=1)
    watch.upload("articles/vue.jpg", jpeg(), MORNING + timedelta(minutes=50), took=5)
    watch.upload("articles/vue.jpg", jpeg(colour="red"), MORNING + timedelta(minutes=90), took=7)
    watch.upload("articles/vue.jpg", b"rien", MORNING + timedelta(minutes=99), took=1)
    told = report(newsroom, ver)
    assert (told.live_after, told.live_from) == (5, "image")


def test_what_was_live_before_anybody_took_notes_has_no_seconds(newsroom: Newsroom, watch: Watch) -> None:
    ver = watch.upload(KEY, article("Al Omrane : le plan", tags=TAGS), MORNING, took=1)
    for key in [key for key in newsroom.state.objects if key.startswith("doc/live=")]:
        del newsroom.state.objects[key]
    watch.upload("articles/autre.md", article("Al Omrane", tags=TAGS), MORNING + timedelta(hours=3), took=1)
    assert report(newsroom, ver).live_after is None


def test_a_render_that_died_before_its_note_takes_it_when_it_comes_back(newsroom: Newsroom, watch: Watch) -> None:
    ver = watch.upload(KEY, article("Un plan"), MORNING, took=1)
    noted = next(key for key in newsroom.state.objects if key.startswith("doc/live="))
    del newsroom.state.objects[noted]
    newsroom.render("art:plan.md", forced=True)
    newsroom.state.modified[noted] = MORNING + timedelta(seconds=9)
    assert report(newsroom, ver).live_after == 9
