"""Plain text: the words of an article's body without its markup."""

import re
from functools import lru_cache
from html import unescape

_TAG = re.compile(r"<[^>]*>")


@lru_cache(maxsize=2)  # search, related boxes and the search for copies each want it of one body after the other
def plain_text(html: str) -> str:
    """The text of sanitised HTML, a space where a tag stood."""
    return unescape(_TAG.sub(" ", html))
