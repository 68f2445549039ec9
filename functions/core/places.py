"""The fixed places of the site, and how a site path is written where only ASCII may stand."""

from urllib.parse import quote, unquote

from functions.core import keys

FRONT = "/"
_BEFORE = "/_before"  # where the CDN looks for what is nowhere else; no category has such a name
_LISTED = str.maketrans({"%": "%25", "/": "%2F", "~": "%7E"})
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


def listed(path: str) -> str:
    """An address that an article had before it came here, as the value of a list: without what parts a state key."""
    return path.translate(_LISTED)


def address_of(value: str) -> str:
    """The address that a list of that value is about."""
    return unquote(value)


def before(value: str) -> str:
    """The site path of what leads on from such an address: apart from the site's own pages, so in nobody's way."""
    return _BEFORE + address_of(value)


def encoded(path: str) -> str:
    """A site path as a URI (RFC 3986), Arabic percent-encoded: for feeds, sitemaps, headers and canonical links."""
    return path if path.isascii() else quote(path, safe="/#")
