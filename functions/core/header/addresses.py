"""Addresses: where an article was before it came here, and from where readers are to be led to it."""

import re
from urllib.parse import unquote, urlsplit

from functions.core import keys, places
from functions.core.header.form import Form

MAX_ALIASES = 20
_MAX_ADDRESS = 500  # so that a state key has room for one, and for an upload's id
_MAX_NAME = 255  # bytes: no file or folder has a longer name
_EXAMPLE = "/2019/03/al-omrane.html"
_INDEX = re.compile(r"(?<=/)index\.html\Z")
_FILE = re.compile(r"\.[a-z0-9]+\Z")  # as at the CDN, to which all else is a folder


def read_aliases(form: Form) -> tuple[str, ...]:
    """The distinct addresses that lead to the article besides its own, as paths of this site: decoded, and a folder
    with its slash. Of an address with a host, which may have been another one, the path counts.
    """
    found: dict[str, None] = {}
    for written in form.texts("aliases", _MAX_ADDRESS, MAX_ALIASES):
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
    path = _INDEX.sub("", path)
    if not (path.endswith("/") or _FILE.search(path)):
        path += "/"
    name = path[1:].removesuffix("/")
    if len(places.listed(path).encode()) > _MAX_ADDRESS or max(map(len, name.encode().split(b"/"))) > _MAX_NAME:
        return None
    return path if keys.is_natural(keys.ARTICLES + name) else None
