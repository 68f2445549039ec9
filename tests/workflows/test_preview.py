"""Drafts: rendered as they would be, where only those who are told the address can find them."""

from datetime import timedelta

import pytest

from functions.core import keys
from functions.workflows.reconcile import reconcile_light
from functions.workflows.report import report_of
from tests.newsroom import Newsroom
from tests.workflows.articles import article, jpeg, with_lead

KEY = "articles/2024/al-omrane.md"
ID = "2024/al-omrane.md"


@pytest.fixture
def newsroom() -> Newsroom:
    return Newsroom()


def draft(text: str) -> str:
    """An article that is not to be published yet."""
    return text.replace("---\n\n", "draft: true\n---\n\n", 1)


def previews(newsroom: Newsroom) -> list[str]:
    return [key for key in newsroom.site.objects if key.startswith("preview/")]


def test_a_draft_is_rendered_with_its_images_and_its_report_gives_the_address(newsroom: Newsroom) -> None:
    newsroom.upload("articles/2024/photo.jpg", jpeg())
    ver = newsroom.upload(KEY, draft(with_lead(title="Encore secret", slug="secret")))
    newsroom.drain()
    report = report_of(newsroom.press, KEY, ver)
    assert report is not None
    assert report.receipt.outcome == "draft"
    page = newsroom.page(keys.site_key(report.preview))
    assert "Encore secret" in page
    assert '<meta name="robots" content="noindex">' in page
    assert newsroom.site.pages[keys.site_key(report.preview)].cache_control == "private, no-store"
    named = [word.split('"')[0] for word in page.split(f'src="{report.preview}')[1:]]
    assert named
    assert all(keys.site_key(report.preview + name) in newsroom.site.objects for name in named)
    assert report.preview in newsroom.state.objects[keys.receipt_page(ID, ver)].decode()


def test_nothing_else_knows_of_a_draft(newsroom: Newsroom) -> None:
    newsroom.upload(KEY, draft(article("Encore secret", slug="secret")))
    newsroom.drain()
    others = {key: body for key, body in newsroom.site.objects.items() if not key.startswith("preview/")}
    assert not [key for key, body in others.items() if b"Encore secret" in body or "secret" in key]
    assert others == newsroom.rebuilt()


def test_each_version_of_a_draft_has_an_address_of_its_own(newsroom: Newsroom) -> None:
    for title in ("Un", "Deux"):
        newsroom.upload(KEY, draft(article(title)))
        newsroom.drain()
    assert len(previews(newsroom)) == 2


def test_an_image_that_comes_later_comes_into_the_preview_too(newsroom: Newsroom) -> None:
    newsroom.upload(KEY, draft(with_lead()))
    newsroom.drain()
    assert len(previews(newsroom)) == 1
    newsroom.upload("articles/2024/photo.jpg", jpeg())
    newsroom.drain()
    assert len(previews(newsroom)) > 1


def test_a_preview_runs_out_after_a_week_and_does_not_come_back(newsroom: Newsroom) -> None:
    newsroom.upload(KEY, draft(article()))
    newsroom.drain()
    reconcile_light(newsroom.press, newsroom.now + timedelta(days=6))
    assert previews(newsroom)
    newsroom.now += timedelta(days=8)
    reconcile_light(newsroom.press, newsroom.now)
    newsroom.ingest(KEY)
    newsroom.drain()
    assert not previews(newsroom)
    assert not [key for key in newsroom.state.objects if key.startswith(keys.DRAFTS)]
