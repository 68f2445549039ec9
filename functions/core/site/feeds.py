"""Feeds and sitemaps: RSS 2.0, JSON Feed 1.1, sitemaps.org 0.9 and Google News as bytes, from plain values."""

import json
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Any, NamedTuple
from urllib.parse import urlsplit
from xml.sax.saxutils import escape

from functions.core.article import Language

_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'
_RSS = 'version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:dc="http://purl.org/dc/elements/1.1/"'
_MEDIA = 'xmlns:media="http://search.yahoo.com/mrss/"'
_NEWS = 'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
_SITEMAPS = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_QUOTE = {'"': "&quot;"}


class Channel(NamedTuple):
    """A feed as a whole; `home` is the page that it follows, `address` its own; the icons are PNG. All are absolute."""

    title: str
    home: str
    address: str
    description: str
    publisher: str
    language: Language
    icon: str
    favicon: str


class Writer(NamedTuple):
    """An author and the absolute address of their page."""

    name: str
    url: str


class Item(NamedTuple):
    """An article in a feed; `code` is the part of its address that never changes, `url` and `image` are absolute."""

    code: str
    url: str
    title: str
    summary: str
    section: str
    published: datetime
    modified: datetime
    authors: tuple[Writer, ...]
    tags: tuple[str, ...]
    language: Language
    image: str = ""


def guid(channel: Channel, item: Item) -> str:
    """A tag URI (RFC 4151) that survives a new slug, title or date: a reader's program shows no article twice."""
    return f"tag:{urlsplit(channel.home).hostname},2026:{item.code}"


def rss(channel: Channel, items: Sequence[Item]) -> bytes:
    """An RSS 2.0 document with Atom's self link and Dublin Core creators."""
    lines = [
        f"{_DECLARATION}<rss {_RSS} {_MEDIA}>\n<channel>",
        f"<title>{_xml(channel.title)}</title>",
        f"<link>{_xml(channel.home)}</link>",
        f'<atom:link href="{_xml(channel.address)}" rel="self" type="application/rss+xml"/>',
        f"<description>{_xml(channel.description)}</description>",
        f"<language>{channel.language}</language>",
        f"<image><url>{_xml(channel.icon)}</url><title>{_xml(channel.title)}</title><link>{_xml(channel.home)}</link></image>",
        *([f"<lastBuildDate>{_rfc822(max(item.modified for item in items))}</lastBuildDate>"] if items else []),
        *(_rss_item(channel, item) for item in items),
        "</channel>\n</rss>\n",
    ]
    return "\n".join(lines).encode()


def _rss_item(channel: Channel, item: Item) -> str:
    return "\n".join(
        [
            f"<item>\n<title>{_xml(item.title)}</title>",
            f"<link>{_xml(item.url)}</link>",
            f'<guid isPermaLink="false">{_xml(guid(channel, item))}</guid>',
            f"<pubDate>{_rfc822(item.published)}</pubDate>",
            *(f"<dc:creator>{_xml(author.name)}</dc:creator>" for author in item.authors),
            *(f"<category>{_xml(label)}</category>" for label in (item.section, *item.tags)),
            *([f'<media:content url="{_xml(item.image)}" medium="image"/>'] if item.image else []),
            *([f"<description>{_xml(escape(item.summary))}</description>"] if item.summary else []),
            "</item>",
        ]
    )


def json_feed(channel: Channel, items: Sequence[Item]) -> bytes:
    """A JSON Feed 1.1 document."""
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": channel.title,
        "home_page_url": channel.home,
        "feed_url": channel.address,
        "description": channel.description,
        "icon": channel.icon,
        "favicon": channel.favicon,
        "authors": [{"name": channel.publisher, "url": channel.home}],
        "language": channel.language,
        "items": [_json_item(channel, item) for item in items],
    }
    return json.dumps(feed, ensure_ascii=False, indent=1).encode()


def _json_item(channel: Channel, item: Item) -> dict[str, Any]:
    found = {
        "id": guid(channel, item),
        "url": item.url,
        "title": item.title,
        # The format wants content; ours is on the page, the standfirst stands for it.
        "content_text": item.summary or item.title,
        "summary": item.summary,
        "image": item.image,
        "date_published": item.published.isoformat(timespec="seconds"),
        "date_modified": item.modified.isoformat(timespec="seconds"),
        "authors": [{"name": author.name, "url": author.url} for author in item.authors],
        "tags": [item.section, *item.tags],
        "language": item.language,
    }
    return {name: value for name, value in found.items() if value}


def sitemap(locations: Sequence[tuple[str, datetime | None]]) -> bytes:
    """A urlset of absolute addresses with the instant each last changed; at least one (an empty set is invalid)."""
    urls = "".join(f"<url><loc>{_xml(url)}</loc>{_last_modified(changed)}</url>\n" for url, changed in locations)
    return f"{_DECLARATION}<urlset {_SITEMAPS}>\n{urls}</urlset>\n".encode()


def news_sitemap(publication: str, items: Sequence[Item]) -> bytes:
    """A Google News sitemap of a publication's items; at least one (see `sitemap`)."""
    urls = "".join(_news_url(publication, item) for item in items)
    return f"{_DECLARATION}<urlset {_SITEMAPS} {_NEWS}>\n{urls}</urlset>\n".encode()


def _news_url(publication: str, item: Item) -> str:
    return (
        f"<url><loc>{_xml(item.url)}</loc><news:news>"
        f"<news:publication><news:name>{_xml(publication)}</news:name>"
        f"<news:language>{item.language}</news:language></news:publication>"
        f"<news:publication_date>{item.published.isoformat(timespec='seconds')}</news:publication_date>"
        f"<news:title>{_xml(item.title)}</news:title></news:news></url>\n"
    )


def sitemap_index(addresses: Sequence[str]) -> bytes:
    """An index of sitemaps; at least one."""
    sitemaps = "".join(f"<sitemap><loc>{_xml(url)}</loc></sitemap>\n" for url in addresses)
    return f"{_DECLARATION}<sitemapindex {_SITEMAPS}>\n{sitemaps}</sitemapindex>\n".encode()


def _last_modified(instant: datetime | None) -> str:
    return f"<lastmod>{instant.isoformat(timespec='seconds')}</lastmod>" if instant else ""


def _rfc822(instant: datetime) -> str:
    return format_datetime(instant.astimezone(UTC), usegmt=True)


def _xml(text: str) -> str:
    return escape(_NOT_XML.sub("", text), _QUOTE)
