"""Claims: an article's places in the lists of the site."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from functions.core import keys, places
from functions.core.article import Article
from functions.core.spelling import one_name

SITE = "site"
BEFORE = "before"  # the articles that had an address before they came here
BAND = "text"  # the articles of a month whose texts may be alike


class Claim(NamedTuple):
    """A place in a list: the list's kind and value, and the instant that orders it there, newest first."""

    kind: str
    value: str
    at: datetime

    def marker(self, upload_id: str) -> str:
        """The key of the marker that puts the article there."""
        return keys.marker(self.kind, self.value, self.at, upload_id)


def claims_of(
    article: Article, zone: ZoneInfo, bands: Iterable[str] = (), former: Iterable[str] = ()
) -> tuple[Claim, ...]:
    """Every list that shows the article while it is live; and its text's `bands`, each a list for every month.

    `former` are the slugs that its category had: of each the month, whose pages lead to those of the month now.
    """
    month = month_of(article.published_at, zone)
    lists = [
        ("all", SITE),
        ("month", month),
        ("cat", article.category),
        *(("cat", f"{slug}:{month}") for slug in (article.category, *former)),
        *(("tag", tag.slug) for tag in article.tags),
        *(("author", author.slug) for author in article.authors),
        *((BEFORE, places.listed(alias)) for alias in article.aliases),
        *((BAND, f"{month}:{band}") for band in bands),
    ]
    if article.corrections:
        lists.append(("corrections", SITE))
    if article.moved_from:
        lists.append(moved(article.moved_from))
    if article.translation_of:
        lists.append(translated(article.translation_of))
    return tuple(Claim(kind, value, article.published_at) for kind, value in lists)


def moved(upload_id: str) -> tuple[str, str]:
    """The kind and value of the list of those who say that they are what an upload has become."""
    return "moved", keys.content_hash(one_name(upload_id).encode())[:32]


def translated(upload_id: str) -> tuple[str, str]:
    """The kind and value of the list of those who say that they are an upload in another language."""
    return "translation", keys.content_hash(one_name(upload_id).encode())[:32]


def path_of(upload_id: str, article: Article, zone: ZoneInfo, category: str = "") -> str:
    """The article's canonical site path; or what it would be in another category."""
    month = month_of(article.published_at, zone)
    return keys.article_path(category or article.category, month, article.slug, keys.code_of(upload_id))


def month_of(instant: datetime, zone: ZoneInfo) -> str:
    """The month of an instant in the newsroom's zone, `yyyy-mm`."""
    return f"{instant.astimezone(zone):%Y-%m}"
