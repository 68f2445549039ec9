import json
from typing import Any

import pytest

from functions.core.article import LANGUAGES, Correction
from functions.core.page import Page
from functions.core.site.articles import article_pages
from functions.core.site.fixed import static_pages
from functions.core.site.house import House, make_house
from functions.core.translations import Translation
from tests.site import samples
from tests.site.dom import select, text
from tests.site.kinds import html_pages

_SITE = "https://www.example.ma"
_URL = _SITE + samples.PATH
_EVIL = "</script><!--<script>alert(1)</script> \"deux\" 'trois' & 😀 \u2028"


def linked(page: Page) -> dict[str, Any]:
    """The page's schema.org objects by type."""
    scripts = [script for script in select(page, "script") if script.get("type") == "application/ld+json"]
    return {data["@type"]: data for data in map(json.loads, map(text, scripts))}


def properties(page: Page) -> dict[str, list[str]]:
    """Open Graph's and Twitter's, every value of each."""
    found: dict[str, list[str]] = {}
    for meta in select(page, "meta"):
        found.setdefault(meta.get("property") or meta.get("name") or "", []).append(meta.get("content") or "")
    return found


def without_cards() -> House:
    settings = samples.settings()
    site = settings.site.model_copy(update={"cards": False})
    return make_house(settings.model_copy(update={"site": site}), samples.template_files())


def test_a_news_article_is_told_of_field_by_field() -> None:
    data = linked(samples.article_page())["NewsArticle"]
    assert data["@context"] == "https://schema.org"
    assert data["headline"] == "Investissements : Al Omrane accélère"
    assert data["description"] == "Le groupe public lance son plus grand programme depuis dix ans."
    assert (data["url"], data["mainEntityOfPage"]) == (_URL, _URL)
    assert (data["inLanguage"], data["articleSection"]) == ("fr", "Économie")
    assert data["datePublished"] == "2024-03-29T12:30:00+00:00"
    assert data["dateModified"] == "2024-04-02T00:00:00+00:00"
    assert data["keywords"] == ["Logement", "Al Omrane"]
    assert (data["wordCount"], data["isAccessibleForFree"]) == (60, True)
    assert data["author"] == [
        {"@type": "Person", "name": "Salma Idrissi", "url": f"{_SITE}/auteurs/salma-idrissi/"},
        {"@type": "Person", "name": "Youssef Benali", "url": f"{_SITE}/auteurs/y-benali/"},
    ]
    assert data["correction"] == [
        {"@type": "CorrectionComment", "datePublished": "2024-04-02", "text": "Le budget est de 12 milliards."}
    ]
    photograph, card = data["image"]
    assert photograph.startswith(f"{_SITE}/images/")
    assert "/card-" in card


def test_the_publisher_has_a_logo_that_the_site_serves() -> None:
    house = samples.house()
    publisher = linked(samples.article_page())["NewsArticle"]["publisher"]
    assert (publisher["@type"], publisher["name"]) == ("NewsMediaOrganization", "La Quotidienne")
    assert publisher["url"] == _SITE + "/"
    assert publisher["logo"] == {
        "@type": "ImageObject",
        "url": _SITE + house.assets["icon-512.png"].path,
        "width": 512,
        "height": 512,
    }


def test_breadcrumbs_lead_from_the_front_page_to_the_article() -> None:
    crumbs = linked(samples.article_page())["BreadcrumbList"]["itemListElement"]
    assert [(crumb["position"], crumb["name"], crumb["item"]) for crumb in crumbs] == [
        (1, "La Quotidienne", _SITE + "/"),
        (2, "Économie", _SITE + "/economie/"),
        (3, "Investissements : Al Omrane accélère", _URL),
    ]


def test_what_an_article_does_not_have_is_not_mentioned() -> None:
    page = article_pages(
        samples.inputs(upload_id="nu.md", article=samples.bare_article(), path="/sport/nu/"), without_cards()
    )[0]
    data = linked(page)["NewsArticle"]
    assert not {"image", "keywords", "correction"} & data.keys()
    assert data["author"] == data["publisher"]
    assert data["datePublished"] == data["dateModified"]


def test_a_headline_is_no_longer_than_search_engines_read() -> None:
    assert len(linked(samples.article_page(title="mot " * 60))["NewsArticle"]["headline"]) <= 110


def test_hostile_words_stay_words_in_the_data() -> None:
    page = samples.article_page(
        title=_EVIL, standfirst=_EVIL, corrections=(Correction(date=samples.NOON.date(), text=_EVIL),)
    )
    data = linked(page)
    assert data["NewsArticle"]["description"] == data["NewsArticle"]["correction"][0]["text"] == _EVIL
    assert data["BreadcrumbList"]["itemListElement"][2]["name"] == _EVIL
    assert properties(page)["og:title"] == [_EVIL]


def test_open_graph_and_twitter_know_the_article_and_its_card() -> None:
    found = properties(samples.article_page())
    assert found["og:type"] == ["article"]
    assert found["og:title"] == ["Investissements : Al Omrane accélère"]
    assert found["og:url"] == [_URL]
    assert found["og:locale"] == ["fr_FR"]
    assert found["og:site_name"] == ["La Quotidienne"]
    assert found["article:published_time"] == ["2024-03-29T12:30:00+00:00"]
    assert found["article:modified_time"] == ["2024-04-02T00:00:00+00:00"]
    assert found["article:section"] == ["Économie"]
    assert found["article:tag"] == ["Logement", "Al Omrane"]
    assert "/card-" in found["og:image"][0]
    assert (found["og:image:type"], found["og:image:width"], found["og:image:height"]) == (
        ["image/png"],
        ["1200"],
        ["630"],
    )
    assert "Al Omrane accélère" in found["og:image:alt"][0]
    assert found["twitter:card"] == ["summary_large_image"]


def test_open_graph_names_the_article_s_own_language_and_those_it_can_be_read_in() -> None:
    versions = [Translation(lang, lang, f"/{lang}/", None) for lang in LANGUAGES]
    page = article_pages(samples.inputs(article=samples.article(lang="ar"), versions=tuple(versions)), samples.house())[
        0
    ]
    found = properties(page)
    assert found["og:locale"] == ["ar_AR"]
    assert found["og:locale:alternate"] == ["fr_FR", "en_GB"]
    assert "og:locale:alternate" not in properties(samples.article_page())


@pytest.mark.parametrize(
    ("key", "title", "description"),
    [
        ("index.html", "À la une", "Journal d’information indépendant"),
        ("economie/index.html", "Économie", "Économie · La Quotidienne · Journal d’information indépendant"),
    ],
)
def test_open_graph_knows_the_pages_that_list_articles(key: str, title: str, description: str) -> None:
    found = properties(next(page for page in html_pages() if page.key == key))
    assert found["og:type"] == ["website"]
    assert (found["og:title"], found["og:description"]) == ([title], [description])
    assert found["og:url"] == [f"{_SITE}/{key.removesuffix('index.html')}"]
    assert (found["og:site_name"], found["og:locale"]) == (["La Quotidienne"], ["fr_FR"])


def test_a_page_that_search_engines_must_not_keep_has_no_address_for_open_graph_either() -> None:
    found = properties(next(page for page in html_pages() if page.key == "404.html"))
    assert "og:url" not in found


def test_without_cards_the_lead_image_is_shown_or_none() -> None:
    found = properties(article_pages(samples.inputs(), without_cards())[0])
    assert found["og:image"][0].endswith(".jpg")
    assert found["og:image:alt"] == ["Des grues au-dessus du port"]
    assert (found["og:image:width"], found["og:image:height"]) == (["1600"], ["1067"])
    bare = properties(
        article_pages(samples.inputs(article=samples.bare_article(), path="/sport/nu/"), without_cards())[0]
    )
    assert "og:image" not in bare
    assert bare["twitter:card"] == ["summary"]


@pytest.mark.parametrize(("category", "feed"), [("economie", "/economie/feed"), ("", "/feed")])
def test_every_page_names_both_feeds_that_tell_of_it(category: str, feed: str) -> None:
    shell = samples.house().shell("Titre", "/x/", category=category)
    assert (shell.feed.href, shell.json_feed) == (feed + ".xml", feed + ".json")
    links = {link.get("type"): link.get("href") for link in select(samples.article_page(), "link") if link.get("type")}
    assert links["application/rss+xml"] == "/economie/feed.xml"
    assert links["application/feed+json"] == "/economie/feed.json"


def test_icons_of_every_size_are_served_under_the_hash_of_their_bytes() -> None:
    house = samples.house()
    served = {page.key for page in static_pages(house)}
    links = [link for link in select(samples.article_page(), "link") if "icon" in (link.get("rel") or "")]
    assert len(links) == 3
    assert {(link.get("href") or "").removeprefix("/") for link in links} <= served
