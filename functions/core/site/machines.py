"""What machines read: feeds, sitemaps, robots.txt, the manifest, the assets."""

import json
from collections.abc import Sequence

from functions.core import keys, places
from functions.core.entry import Entry
from functions.core.page import Page
from functions.core.site import feeds
from functions.core.site.assets import as_ico
from functions.core.site.house import House
from functions.core.site.linked_data import modified
from functions.core.site.search import search_manifest, search_shards

SITEMAP_SIZE = 50_000  # addresses; robots refuse a longer one whole
_RSS = "application/rss+xml; charset=utf-8"
_JSON_FEED = "application/feed+json; charset=utf-8"
_XML = "application/xml; charset=utf-8"
_TEXT = "text/plain; charset=utf-8"
_ICON = "image/vnd.microsoft.icon"
_MANIFEST = "application/manifest+json; charset=utf-8"


def feeds_of(
    paths: tuple[str, str], title: str, home: str, entries: Sequence[Entry], house: House
) -> tuple[Page, Page]:
    """The RSS feed and the JSON Feed, at these site paths, of the page at another (`home`)."""
    rss, json_feed = (_channel(path, title, home, house) for path in paths)
    items = _items(entries, house)
    return (
        Page(keys.site_key(paths[0]), feeds.rss(rss, items), _RSS),
        Page(keys.site_key(paths[1]), feeds.json_feed(json_feed, items), _JSON_FEED),
    )


def feed_pages(newest: Sequence[Entry], news: Sequence[Entry], months: Sequence[str], house: House) -> tuple[Page, ...]:
    """What follows the newest of the whole site: feeds, the index of its sitemaps, the news sitemap, search's months.

    Entries newest first; `months` (`yyyy-mm`) are those with sitemaps.
    """
    addresses = [house.url(keys.sitemap_path(month)) for month in sorted(set(months), reverse=True)]
    # An index of nothing is not a valid one: an empty site still has its front page.
    index = feeds.sitemap_index(addresses) if addresses else _front_alone(house)
    return (
        *feeds_of((places.FEED, places.JSON_FEED), house.site.name, places.FRONT, newest, house),
        Page(keys.site_key(places.SITEMAP), index, _XML),
        _news_page(news, house),
        *search_manifest(months, house),
    )


def _news_page(entries: Sequence[Entry], house: House) -> Page:
    body = feeds.news_sitemap(house.site.name, _items(entries, house)) if entries else _front_alone(house)
    return Page(keys.site_key(places.NEWS_SITEMAP), body, _XML)


def _front_alone(house: House) -> bytes:
    return feeds.sitemap([(house.url(places.FRONT), None)])


def month_index_pages(month: str, entries: Sequence[Entry], house: House) -> tuple[Page, ...]:
    """What machines read of one month: its sitemap, and its parts of the search index."""
    return *sitemap_pages(month, entries, house), *search_shards(month, entries, house)


def sitemap_pages(month: str, entries: Sequence[Entry], house: House) -> tuple[Page, ...]:
    """The sitemap of the newest of one month (`yyyy-mm`); the front page alone when no article is left in it."""
    found = [(house.url(entry.path), house.local(modified(entry, house))) for entry in entries[:SITEMAP_SIZE]]
    body = feeds.sitemap(found) if found else _front_alone(house)
    return (Page(keys.site_key(keys.sitemap_path(month)), body, _XML),)


def fixed_pages(house: House) -> tuple[Page, ...]:
    """robots.txt, the web manifest, the icon and the assets: what only a deploy or new settings change."""
    sitemaps = "".join(f"Sitemap: {house.url(path)}\n" for path in (places.SITEMAP, places.NEWS_SITEMAP))
    robots = f"User-agent: *\nDisallow: /api/\n\n{sitemaps}"
    return (
        *(Page(keys.site_key(one.path), one.body, one.content_type, "immutable") for one in house.assets.values()),
        Page(keys.site_key(places.ROBOTS), robots.encode(), _TEXT),
        Page(keys.site_key(places.MANIFEST), _manifest(house), _MANIFEST),
        Page(keys.site_key(places.FAVICON), as_ico(house.assets["icon-32.png"].body), _ICON),
    )


def _manifest(house: House) -> bytes:
    site = house.site
    manifest = {
        "name": site.name,
        "short_name": site.name,
        "description": house.locale.words.tagline,
        "start_url": places.FRONT,
        "display": "browser",
        "lang": site.language,
        "dir": site.direction,
        "background_color": "#fcfaf5",
        "theme_color": "#fcfaf5",
        "icons": [
            {"src": site.icon, "sizes": "any", "type": "image/svg+xml"},
            {"src": house.assets["icon-180.png"].path, "sizes": "180x180", "type": "image/png", "purpose": "maskable"},
            {"src": house.assets["icon-512.png"].path, "sizes": "512x512", "type": "image/png"},
        ],
    }
    return json.dumps(manifest, ensure_ascii=False, indent=1).encode()


def _channel(path: str, title: str, home: str, house: House) -> feeds.Channel:
    return feeds.Channel(
        title=title,
        home=house.url(home),
        address=house.url(path),
        description=house.locale.words.tagline,
        publisher=house.site.name,
        language=house.locale.language,
        icon=house.url(house.assets["icon-512.png"].path),
        favicon=house.url(house.assets["icon-32.png"].path),
    )


def _items(entries: Sequence[Entry], house: House) -> list[feeds.Item]:
    return [
        feeds.Item(
            code=keys.code_of(entry.id),
            url=house.url(entry.path),
            title=entry.title,
            summary=entry.standfirst or entry.opening or "",
            section=house.section(entry.category).text,
            published=house.local(entry.published_at),
            modified=house.local(modified(entry, house)),
            authors=tuple(
                feeds.Writer(author.name, house.url(keys.author_path(author.slug))) for author in entry.authors
            ),
            tags=tuple(tag.label for tag in entry.tags),
            language=entry.lang,
            image=house.url(entry.thumbnail.src) if entry.thumbnail else "",
        )
        for entry in entries
    ]
