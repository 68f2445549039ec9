"""Files of the inbox: what kind a key is, and which file a reference in an article means."""

import re
from functools import cache
from typing import Literal
from urllib.parse import urlsplit

from functions.core import keys

Kind = Literal["article", "image", "other"]
MARKDOWN, PLAIN, HTML, DOCX = (".md", ".markdown"), (".txt",), (".html", ".htm"), (".docx",)
ARTICLE_SUFFIXES = (*MARKDOWN, *HTML, *DOCX, *PLAIN)
IMAGE_SUFFIXES = (".jpg", ".jpeg", ".png", ".webp", ".avif")
MACRO_SUFFIXES = (".docm", ".dotm")
MAX_TEXT_BYTES, MAX_DOCX_BYTES = 1024 * 1024, 20 * 1024 * 1024
_PUBLISHED = "images/[0-9a-f]{16}/"  # by the press: no file of the inbox
_ABSENT = re.compile(
    rf"/(?!/|{_PUBLISHED})[^?#]*\.(?:pdf|docx?|odt|rtf|xlsx?|csv|pptx?|zip|jpe?g|png|gif|webp|mp[34])(?:[?#].*)?",
    re.IGNORECASE | re.DOTALL,
)
_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")


class BadPlace(ValueError):
    """A reference that cannot be an image of the inbox; `code` is the problem's."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def kind_of(key: str) -> Kind:
    """What the end of a key's name says that the file is; capitals do not matter."""
    if has_suffix(key, ARTICLE_SUFFIXES):
        return "article"
    return "image" if has_suffix(key, IMAGE_SUFFIXES) else "other"


def has_suffix(key: str, suffixes: tuple[str, ...]) -> bool:
    """Whether a key's name ends in one of these; capitals do not matter."""
    return key.lower().endswith(suffixes)


def max_bytes(key: str) -> int:
    """How many bytes an article under this key may have."""
    return MAX_DOCX_BYTES if has_suffix(key, DOCX) else MAX_TEXT_BYTES


def leads_elsewhere(url: str) -> bool:
    """Whether an address names a scheme or a host."""
    return _ABSOLUTE.match(url) is not None


def within(site: str, url: str) -> str:
    """An address on the newsroom's own site, as its earlier articles name it, as a path; another one as it is."""
    return _own(site).sub("", url, count=1)


def is_absent(site: str, url: str) -> bool:
    """Whether an address is that of a file of the newsroom's own site, which has no documents: an earlier one had."""
    return "." in url.rpartition("/")[2] and _ABSENT.fullmatch(within(site, url)) is not None


@cache
def _own(site: str) -> re.Pattern[str]:
    host = re.escape(urlsplit(site).netloc.removeprefix("www."))
    return re.compile(rf"\A(?:https?:)?//(?:www\.)?{host}(?=/(?!{_PUBLISHED}))", re.IGNORECASE)


def _without_query(file: str) -> str:
    """The name of `photo.jpg?itok=a3Zq`, as Drupal writes it; a question mark within a name is one."""
    return file if has_suffix(file, IMAGE_SUFFIXES) else file.partition("?")[0]


def image_beside(key: str, file: str) -> str:
    """The inbox key of an image, from the article's key and a path relative to its folder; `/` starts at articles/.

    Raises:
        BadPlace: external_image, bad_image_path (it leaves articles/, or no key is like that) or unknown_image_suffix.
    """
    if leads_elsewhere(file):
        raise BadPlace("external_image")
    file = _without_query(file)
    folder = [] if file.startswith("/") else key.removeprefix(keys.ARTICLES).split("/")[:-1]
    for segment in file.removeprefix("/").split("/"):
        if segment == "..":
            if not folder:
                raise BadPlace("bad_image_path")
            folder.pop()
        elif segment != ".":
            folder.append(segment)
    found = keys.inbox_key("/".join(folder))
    if not keys.is_natural(found):
        raise BadPlace("bad_image_path")
    if kind_of(found) != "image":
        raise BadPlace("unknown_image_suffix")
    return found
