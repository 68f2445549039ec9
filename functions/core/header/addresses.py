"""Addresses: where an article was before it came here, and from where readers are to be led to it."""

import re
from urllib.parse import unquote, urlsplit

from functions.core import keys, places
from functions.core.header.form import Form

MAX_ALIASES = 20
_MAX_ADDRESS = 500  # so that a state key has room for one, and for an upload's id
_MAX_NAME = 255  # bytes between two slashes: no disk holds a longer name
ELSEWHERE = ("/images/", "/assets/", "/api/")  # of which the CDN asks the site itself, or the API, alone
_EXAMPLE = "/2019/03/al-omrane.html"
_APART = re.compile(r"[,;]\s*(?=[\"']?(?:/|https?:)|\Z)")  # `/le-port,1234.html` is one
_FILE = re.compile(r"\.[a-z0-9]+\Z")  # as at the CDN, to which all else is a folder
_INDEX = re.compile(r"(?<![^/])index\.html\Z")


def read_aliases(form: Form) -> tuple[str, ...]:
    """The distinct addresses that lead to the article besides its own, as paths of this site: decoded, and a folder
    with its slash. Of an address with a host, which may have been another one, the path counts.
    """
    found: dict[str, None] = {}
    for written in form.texts("aliases", _MAX_ADDRESS, MAX_ALIASES, _APART):
        path = _path(written.text)
        if path is None:
            form.note("bad_address", "aliases", written.line, value=written.text, suggestion=_EXAMPLE)
        else:
            found[path] = None
    return tuple(found)


def _path(address: str) -> str | None:
    """The path of an address; None for one that no reader can be led on from, such as that of a query."""
    try:
        parts = urlsplit(address)
        path = unquote(parts.path, errors="strict")
    except ValueError:
        return None
    if parts.scheme not in {"", "http", "https"} or "?" in address or "#" in address or not path.startswith("/"):
        return None
    name = _INDEX.sub("", path[1:]).removesuffix("/")
    path = f"/{name}" if _FILE.search(name) else f"/{name}/"
    is_free = not path.startswith(ELSEWHERE)
    fits = len(places.listed(path).encode()) <= _MAX_ADDRESS
    is_stored = all(len(part.encode()) <= _MAX_NAME for part in name.split("/"))
    return path if is_free and fits and is_stored and keys.is_natural(keys.ARTICLES + name) else None
