"""The fixed places of the site, and how a site path is written where only ASCII may stand."""

from urllib.parse import quote

from functions.core import keys

FRONT = "/"
_FEED, _JSON_FEED = "feed.xml", "feed.json"
FEED, JSON_FEED = f"/{_FEED}", f"/{_JSON_FEED}"
SITEMAP = "/sitemap.xml"
ROBOTS = "/robots.txt"
MANIFEST = "/manifest.webmanifest"
FAVICON = "/favicon.ico"
CORRECTIONS = "/corrections/"
NEWS_SITEMAP = "/news-sitemap.xml"
SEARCH = keys.SEARCH_PATH
SEARCH_MONTHS = f"{SEARCH}months.json"
NOT_FOUND = "/404.html"
NEWSLETTER = "/newsletter/"
NEWSLETTER_PENDING = "/newsletter/pending/"
NEWSLETTER_CONFIRMED = "/newsletter/confirmed/"
NEWSLETTER_OVERTAKEN = "/newsletter/already-confirmed/"
NEWSLETTER_UNSUBSCRIBED = "/newsletter/unsubscribed/"
NEWSLETTER_EXPIRED = "/newsletter/expired/"


def category_feed(category: str) -> str:
    """The RSS feed of a category."""
    return keys.category_path(category) + _FEED


def category_json_feed(category: str) -> str:
    """The JSON Feed of a category."""
    return keys.category_path(category) + _JSON_FEED


def corrections_of(year: str) -> str:
    """The corrections of one year."""
    return f"{CORRECTIONS}{year}/"


def encoded(path: str) -> str:
    """A site path as a URI (RFC 3986), Arabic percent-encoded: for feeds, sitemaps, headers and canonical links."""
    return path if path.isascii() else quote(path, safe="/#")
