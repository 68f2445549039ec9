"""A rebuild writes each page once, leaves alone what is right, can be stopped anywhere, and keeps to its part."""

from collections.abc import Iterator
from datetime import date

import pytest

from functions.bootstrap.desk import desk_of
from functions.bootstrap.house import house_of
from functions.core import keys
from functions.core.objects import Condition
from functions.core.page import Page
from functions.core.scope import Scope
from functions.workflows.editing import Editor
from functions.workflows.rebuild import Basis, Compared, Rebuilt, awaited, compare, mend, rebuild
from tests.newsroom import Newsroom
from tests.workflows.articles import article, jpeg, with_lead

GREEN = "developpement-durable"
GREEN_PART, MARCH = Scope(category=GREEN), Scope(since=date(2024, 3, 1), until=date(2024, 3, 31))


@pytest.fixture
def newsroom() -> Newsroom:
    """A press with a history: an edit that moved an article, a withdrawal, an image, two categories, three months."""
    newsroom = Newsroom()
    newsroom.upload("articles/noor.md", article("Noor : le soleil", category=GREEN, date="2023-05-02", tags="Noor"))
    newsroom.upload("articles/vue.jpg", jpeg(64, 36))
    newsroom.upload("articles/vue.md", with_lead("vue.jpg", title="La vue", date="2024-03-29 23:30", slug="vue"))
    newsroom.upload("articles/bilan.md", article("Le bilan", category=GREEN, date="2024-03-01", tags="Noor"))
    newsroom.upload("articles/avril.md", article("En avril", date="2024-04-01", author="Salma Idrissi"))
    newsroom.drain()
    newsroom.upload("articles/bilan.md", article("Le bilan, revu", date="2024-03-01", slug="revu"))
    newsroom.remove("articles/avril.md")
    newsroom.drain()
    return newsroom


def compared(newsroom: Newsroom, scope: Scope | None = None) -> Iterator[Compared]:
    def basis() -> Basis:
        settings = newsroom.build.settings
        return Basis(Editor(newsroom.inbox, desk_of(settings), newsroom.build), house_of(settings), newsroom.now)

    return compare(newsroom.site, basis, scope)


def rebuilt(newsroom: Newsroom, scope: Scope | None = None) -> Rebuilt:
    return rebuild(newsroom.site, compared(newsroom, scope))


def spoil(newsroom: Newsroom) -> None:
    """Every page gets other bytes."""
    for key in list(newsroom.site.objects):
        newsroom.site.put(Page(key, b"spoilt"), Condition(_etag(newsroom, key)))


def _etag(newsroom: Newsroom, key: str) -> str:
    return newsroom.site.etags([key])[key]


def right(newsroom: Newsroom) -> set[str]:
    return {key for key, body in newsroom.site.objects.items() if body != b"spoilt"}


def test_a_site_that_is_right_is_compared_key_by_key_and_not_written(newsroom: Newsroom) -> None:
    writes = newsroom.site.writes
    assert rebuilt(newsroom) == Rebuilt(0, 0, len(newsroom.site.objects))
    assert newsroom.site.writes == writes


def test_an_emptied_site_gets_each_page_once_with_its_headers(newsroom: Newsroom) -> None:
    before = dict(newsroom.site.pages)
    newsroom.site.objects.clear()
    newsroom.site.pages.clear()
    newsroom.site.writes = 0
    assert rebuilt(newsroom) == Rebuilt(len(before), 0, 0)
    assert (newsroom.site.pages, newsroom.site.writes) == (before, len(before))


def test_a_rebuild_that_was_killed_goes_on_where_it_stopped(newsroom: Newsroom) -> None:
    before = dict(newsroom.site.objects)
    newsroom.site.objects.clear()
    newsroom.site.writes = 0
    running = compared(newsroom)
    for _ in range(7):
        mend(newsroom.site, next(running))
    assert rebuilt(newsroom) == Rebuilt(len(before) - 7, 0, 7)
    assert (dict(newsroom.site.objects), newsroom.site.writes) == (before, len(before))


def test_what_nothing_accounts_for_goes_and_a_preview_stays(newsroom: Newsroom) -> None:
    stranger, preview = Page("old/index.html", b"?"), Page(keys.site_key(keys.preview_path("x")), b"?")
    for page in (stranger, preview):
        newsroom.site.put(page, Condition(None))
    assert [(each.key, each.what) for each in compared(newsroom) if each.what != "right"] == [(stranger.key, "orphan")]
    assert rebuilt(newsroom).deleted == 1
    assert preview.key in newsroom.site.objects


def test_a_page_that_changes_under_the_rebuilds_hands_is_left_to_its_writer(newsroom: Newsroom) -> None:
    before = dict(newsroom.site.objects)
    spoil(newsroom)
    found = list(compared(newsroom))
    newsroom.site.put(Page("index.html", b"newer"), Condition(_etag(newsroom, "index.html")))
    assert rebuild(newsroom.site, found) == Rebuilt(len(before) - 1, 0, 1)
    assert dict(newsroom.site.objects) == {**before, "index.html": b"newer"}


def test_a_category_is_rebuilt_with_every_page_that_its_articles_are_or_were_on(newsroom: Newsroom) -> None:
    before = dict(newsroom.site.objects)
    spoil(newsroom)
    rebuilt(newsroom, GREEN_PART)
    mended = right(newsroom)
    of_months = {f"{GREEN}/{month}index.html" for month in ("", "2023/05/", "2024/03/")}
    assert {"index.html", "feed.xml", "sitemaps/2023-05.xml", "tags/noor/index.html", *of_months} < mended
    # What has moved away: the redirect at its old address, its new page, and the lists that it is in now.
    names = {key.rsplit("-", 1)[0] for key in mended if key.count("/") == 4}
    assert names == {f"{GREEN}/2023/05/noor-le-soleil", f"{GREEN}/2024/03/le-bilan", "economie/2024/03/revu"}
    assert "economie/2024/03/index.html" in mended
    assert not {key for key in mended if key.startswith(("images/", "assets/", "economie/2024/04/", "auteurs/"))}
    assert {key: newsroom.site.objects[key] for key in mended} == {key: before[key] for key in mended}


def test_a_span_of_days_is_that_of_the_newsrooms_zone_and_includes_its_ends(newsroom: Newsroom) -> None:
    spoil(newsroom)
    rebuilt(newsroom, MARCH)
    mended = right(newsroom)
    assert {key.rsplit("-", 1)[0] for key in mended if key.count("/") == 4} == {
        f"{GREEN}/2024/03/le-bilan",
        "economie/2024/03/revu",
        "economie/2024/03/vue",
    }
    assert any(key.startswith("images/") for key in mended)
    spoil(newsroom)
    rebuilt(newsroom, Scope(since=date(2024, 4, 1)))
    names = {key.rsplit("-", 1)[0] for key in right(newsroom) if key.count("/") == 4}
    assert names == {"economie/2024/04/en-avril"}


def test_only_the_orphans_of_the_part_go(newsroom: Newsroom) -> None:
    mine, other = f"{GREEN}/2023/05/page-7/index.html", f"{GREEN}/2019/05/page-7/index.html"
    image = keys.image_prefix("vue.md") + "0-8.webp"
    for key in (mine, other, image):
        newsroom.site.put(Page(key, b"?"), Condition(None))
    assert rebuilt(newsroom, GREEN_PART).deleted == 1
    assert mine not in newsroom.site.objects
    assert rebuilt(newsroom, MARCH).deleted == 1
    assert image not in newsroom.site.objects
    assert rebuilt(newsroom).deleted == 1
    assert other not in newsroom.site.objects


def test_a_page_whose_render_is_still_to_come_is_told_from_one_that_nobody_will_mend(newsroom: Newsroom) -> None:
    newsroom.upload("articles/noor.md", article("Noor, revu", category=GREEN, date="2023-05-02", slug="revu"))
    while newsroom.queues.ingests:
        newsroom.ingest(newsroom.queues.ingests.pop())
    newsroom.render("rel:noor.md")
    newsroom.site.put(
        Page("economie/2024/03/index.html", b"?"), Condition(_etag(newsroom, "economie/2024/03/index.html"))
    )
    late = awaited(newsroom.press, house_of(newsroom.build.settings))
    wrong = {each.key for each in compared(newsroom) if each.what != "right"}
    assert f"{GREEN}/index.html" in wrong
    assert {key for key in wrong if not late(key)} == {"economie/2024/03/index.html"}
