"""A category that changes its address takes its articles with it: from every old address there is a way to the new."""

import pytest

from functions.core.errors import SettingsRejected
from functions.core.settings import parse_settings
from functions.core.site import months
from tests.newsletter.issuing import Day
from tests.newsroom import SETTINGS, Newsroom
from tests.workflows.articles import article

RENAMED = SETTINGS.replace(
    'slug = "economie"\nname = "Économie"'.encode(), b'slug = "affaires"\nname = "Affaires"\nformerly = ["economie"]'
)


@pytest.fixture
def newsroom() -> Newsroom:
    """A newsroom with an article, whose category is called otherwise from now on."""
    newsroom = Newsroom()
    newsroom.upload("articles/a.md", article("Al Omrane", category="Économie"))
    newsroom.drain()
    return newsroom


def path_in(newsroom: Newsroom, category: str) -> str:
    (found,) = (key for key in newsroom.site.pages if key.startswith(f"{category}/") and "al-omrane" in key)
    return found


def test_old_addresses_of_its_articles_its_page_and_its_feeds_lead_to_the_new_ones(newsroom: Newsroom) -> None:
    old = path_in(newsroom, "economie")
    newsroom.renew(RENAMED)
    new = path_in(newsroom, "affaires")
    assert newsroom.site.pages[old].metadata == {"redirect": "/" + new.removesuffix("index.html")}
    for name in ("index.html", "feed.xml", "feed.json"):
        target = f"/affaires/{name}".removesuffix("index.html")
        assert newsroom.site.pages[f"economie/{name}"].metadata == {"redirect": target}
    assert newsroom.site.objects == newsroom.rebuilt()


def test_old_addresses_of_its_months_lead_to_the_new_ones_part_by_part(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(months, "PART_SIZE", 1)
    newsroom.renew(RENAMED)
    newsroom.upload("articles/b.md", article("Tanger Med", category="affaires"))
    newsroom.drain()
    for name in ("", "page-1/"):
        old, new = (f"{category}/2024/03/{name}" for category in ("economie", "affaires"))
        assert newsroom.site.pages[f"{old}index.html"].metadata == {"redirect": f"/{new}"}
        assert f"{new}index.html" in newsroom.site.objects
    assert newsroom.site.objects == newsroom.rebuilt()
    newsroom.renew(SETTINGS)
    assert not [key for key in newsroom.site.objects if key.startswith("affaires/")]
    assert newsroom.site.objects == newsroom.rebuilt()


def test_an_article_of_such_a_category_is_gone_from_its_old_address_too(newsroom: Newsroom) -> None:
    old = path_in(newsroom, "economie")
    newsroom.renew(RENAMED)
    newsroom.remove("articles/a.md")
    newsroom.drain()
    assert newsroom.site.pages[old].metadata == {"gone": "1"}
    assert newsroom.site.objects == newsroom.rebuilt()


def test_what_no_longer_leads_anywhere_is_taken_away(newsroom: Newsroom) -> None:
    newsroom.renew(RENAMED.replace(b'["economie"]', b'["economie", "eco"]'))
    assert newsroom.site.pages["eco/index.html"].metadata == {"redirect": "/affaires/"}
    newsroom.renew(RENAMED.replace(b'formerly = ["economie"]', b""))
    assert not [key for key in newsroom.site.objects if key.startswith(("eco/", "economie/"))]
    newsroom.renew(SETTINGS)
    assert not [key for key in newsroom.site.objects if key.startswith("affaires/")]
    assert newsroom.site.objects == newsroom.rebuilt()


@pytest.mark.parametrize("named", ["Économie", "economie", "Affaires", "affaires"])
def test_a_header_may_name_it_as_before(newsroom: Newsroom, named: str) -> None:
    newsroom.renew(RENAMED)
    newsroom.upload("articles/b.md", article("Tanger Med", category=named))
    newsroom.drain()
    assert [key for key in newsroom.site.objects if key.startswith("affaires/2024/03/tanger-med")]


def test_a_reader_who_chose_it_gets_it_still() -> None:
    today = Day(readers=0, articles=1)
    today.enrol("reader@example.ma", categories=("economie", "developpement-durable"))
    today.newsroom.renew(RENAMED)
    today.desk.settings = parse_settings(RENAMED)
    today.day()
    assert today.recipients == ["reader@example.ma"]


@pytest.mark.parametrize("former", [b'"developpement-durable"', b'"affaires"', b'"tags"', b'"a", "a"', b'"Un Nom"'])
def test_no_address_is_of_two_categories_or_of_the_site_itself(former: bytes) -> None:
    with pytest.raises(SettingsRejected):
        parse_settings(RENAMED.replace(b'"economie"]', former + b"]"))
