"""Linked data: an article as schema.org describes it, for search engines."""

import json
from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Any

from functions.core import keys, places
from functions.core.article import Article
from functions.core.entry import Entry
from functions.core.site.assets import png_size
from functions.core.site.house import House
from functions.core.templates import Markup, trusted

_CONTEXT = "https://schema.org"
_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_HEADLINE = 110  # characters; search engines refuse longer ones


def modified(article: Article | Entry, house: House) -> datetime:
    """The last change of the text, never before the publication; a correction is one.

    It counts from the hour that it tells, or the beginning of its day; one of the day of the publication came after
    that, if only by a second each, or else nobody who looks for changes would hear of it.
    """
    zone, published = house.settings.newsroom.zone, article.published_at
    corrected = [each.at or datetime.combine(each.date, time(), zone) for each in article.corrections]
    on_the_day = [each for each in article.corrections if each.date == published.astimezone(zone).date()]
    after = published + timedelta(seconds=len(on_the_day))
    return max(after, article.updated_at or published, *corrected)


def news_article(article: Article, url: str, description: str, images: Sequence[str], house: House) -> Markup:
    """A NewsArticle with all that is known of it; `url` and `images` are absolute."""
    publisher = _publisher(house)
    data: dict[str, Any] = {
        "@context": _CONTEXT,
        "@type": "NewsArticle",
        "headline": _headline(article.title),
        "description": description,
        "url": url,
        "mainEntityOfPage": url,
        "inLanguage": article.lang,
        "datePublished": house.moment(article.published_at).iso,
        "dateModified": house.moment(modified(article, house)).iso,
        "articleSection": house.section(article.category).text,
        "wordCount": article.words,
        "isAccessibleForFree": True,
        "publisher": publisher,
        # schema.org wants an author; unsigned articles are the newsroom's.
        "author": [
            {"@type": "Person", "name": author.name, "url": house.url(keys.author_path(author.slug))}
            for author in article.authors
        ]
        or publisher,
        "image": list(images),
        "keywords": [tag.label for tag in article.tags],
        "correction": [
            {"@type": "CorrectionComment", "datePublished": house.corrected(correction).iso, "text": correction.text}
            for correction in article.corrections
        ],
    }
    return _script({name: value for name, value in data.items() if value not in ("", [])})


def breadcrumbs(article: Article, url: str, house: House) -> Markup:
    """The way from the front page to the article."""
    section = house.section(article.category)
    steps = [
        (house.site.name, house.url(places.FRONT)),
        (section.text, house.url(section.href)),
        (article.title, url),
    ]
    items = [
        {"@type": "ListItem", "position": position, "name": name, "item": address}
        for position, (name, address) in enumerate(steps, 1)
    ]
    return _script({"@context": _CONTEXT, "@type": "BreadcrumbList", "itemListElement": items})


def _publisher(house: House) -> dict[str, Any]:
    logo = house.assets["icon-512.png"]
    width, height = png_size(logo.body)
    image = {"@type": "ImageObject", "url": house.url(logo.path), "width": width, "height": height}
    newsroom = house.settings.newsroom
    return {"@type": "NewsMediaOrganization", "name": newsroom.name, "url": newsroom.base_url + "/", "logo": image}


def _headline(title: str) -> str:
    return title if len(title) <= _HEADLINE else title[: _HEADLINE - 1].rsplit(" ", 1)[0] + "…"


def _script(data: dict[str, Any]) -> Markup:
    """JSON in a form that cannot end the script element it stands in."""
    text = _JSON(data)
    # An end tag would close the script element, an HTML comment would swallow it: no "<" is left.
    return trusted(text.replace("<", "\\u003c").replace("&", "\\u0026"))
