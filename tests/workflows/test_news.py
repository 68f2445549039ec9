import json
from datetime import datetime, timedelta
from xml.etree.ElementTree import fromstring

import pytest

from functions.workflows.tick import tick
from tests.newsroom import Newsroom
from tests.workflows.articles import article

SITEMAP = "news-sitemap.xml"


@pytest.fixture
def newsroom() -> Newsroom:
    return Newsroom()


def publish(newsroom: Newsroom, name: str, at: datetime) -> None:
    newsroom.upload(f"articles/{name}.md", article(f"Nouvelle {name}", date=at.isoformat()))
    newsroom.drain()


def test_news_ages_out_of_its_sitemap_without_an_upload(newsroom: Newsroom) -> None:
    start = newsroom.now
    publish(newsroom, "a", start - timedelta(hours=47))
    publish(newsroom, "b", start - timedelta(hours=1))
    publish(newsroom, "c", start - timedelta(hours=49))
    assert ["Nouvelle a" in newsroom.page(SITEMAP), "Nouvelle b" in newsroom.page(SITEMAP)] == [True, True]
    assert "Nouvelle c" not in newsroom.page(SITEMAP)
    newsroom.tick(start + timedelta(hours=1))
    assert ["Nouvelle a" in newsroom.page(SITEMAP), "Nouvelle b" in newsroom.page(SITEMAP)] == [False, True]
    assert newsroom.site.objects == newsroom.rebuilt()
    newsroom.tick(start + timedelta(hours=48))
    assert "Nouvelle" not in newsroom.page(SITEMAP)
    assert newsroom.site.objects == newsroom.rebuilt()


def test_a_tick_at_which_nothing_ages_asks_for_no_page(newsroom: Newsroom) -> None:
    publish(newsroom, "a", newsroom.now - timedelta(hours=5))
    publish(newsroom, "old", newsroom.now - timedelta(days=400))
    for minute in range(1, 5):
        tick(newsroom.press, newsroom.now + timedelta(minutes=minute))
        assert not newsroom.queues.renders
        assert not newsroom.queues.ingests


def test_an_old_article_leaves_no_mark_on_the_clock(newsroom: Newsroom) -> None:
    publish(newsroom, "old", newsroom.now - timedelta(days=400))
    assert not [key for key in newsroom.state.objects if key.startswith("due/")]


def test_a_tick_that_stopped_before_it_flagged_anything_is_made_up_for(newsroom: Newsroom) -> None:
    start = newsroom.now
    publish(newsroom, "a", start - timedelta(hours=47))
    newsroom.press.state.put("clock.json", f'{{"as_of":"{(start + timedelta(hours=2)).isoformat()}"}}'.encode())
    newsroom.tick(start + timedelta(hours=2, minutes=1))
    assert "Nouvelle a" not in newsroom.page(SITEMAP)


def test_the_news_sitemap_holds_at_most_a_thousand(newsroom: Newsroom) -> None:
    for number in range(1, 1004):
        newsroom.upload(
            f"articles/{number}.md",
            article(f"Nouvelle {number}", date=(newsroom.now - timedelta(minutes=number)).isoformat()),
        )
    newsroom.queues.renders.clear()
    while newsroom.queues.ingests:
        newsroom.ingest(newsroom.queues.ingests.pop())
    newsroom.render("feeds")
    assert newsroom.page(SITEMAP).count("<news:news>") == 1000
    assert "<news:title>Nouvelle 1<" in newsroom.page(SITEMAP)
    assert "<news:title>Nouvelle 1001<" not in newsroom.page(SITEMAP)


def test_who_follows_the_feeds_reads_the_first_words_of_a_text_without_a_standfirst(newsroom: Newsroom) -> None:
    def told() -> tuple[str | None, str]:
        item = json.loads(newsroom.page("feed.json"))["items"][0]
        described = fromstring(newsroom.page("economie/feed.xml")).findtext(".//item/description")  # noqa: S314 - ours
        return described, item["content_text"]

    for text in ("Le *port* ouvre.", "Le port ferme."):
        newsroom.upload("articles/a.md", article("Le port", body=text))
        newsroom.drain()
        assert told() == (text.replace("*", ""),) * 2
    newsroom.upload("articles/a.md", article("Le port", body="Le port ferme.", standfirst="Un an de travaux."))
    newsroom.drain()
    assert told() == ("Un an de travaux.",) * 2
    assert newsroom.rebuilt()["economie/feed.xml"] == newsroom.site.objects["economie/feed.xml"]
