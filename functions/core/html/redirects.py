"""Redirects: what Google Docs, Google's results and Facebook write in place of a link, to count who follows it.

Readers are sent where the writer meant; an address that names no destination stays as it is.
"""

import html as entities
import re
from urllib.parse import parse_qs, urlsplit

from functions.core.html.sanitize import is_link

_SIGNS = ("/url?", "/l.php?", "//l.instagram.com/?")
_COUNTED = re.compile(
    r'(?<=<a href=")https?://(?:(?:www\.)?google\.[a-z.]{2,6}/url|lm?\.facebook\.com/l\.php|l\.instagram\.com/)\?[^"]+',
    re.IGNORECASE,
)
_DESTINATIONS = ("q", "url", "u")


def without_redirects(html: str) -> str:
    """Sanitised HTML whose links lead to where they lead in the end."""
    return _COUNTED.sub(_straight, html) if any(sign in html for sign in _SIGNS) else html


def _straight(link: re.Match[str]) -> str:
    says = parse_qs(urlsplit(entities.unescape(link[0])).query)
    named = (says[name][0] for name in _DESTINATIONS if name in says)
    found = next((url for url in named if url.startswith(("https://", "http://")) and is_link(url)), None)
    return entities.escape(found) if found else link[0]
