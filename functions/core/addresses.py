"""Addresses of an earlier site, from which readers are to be led on."""

import re
from urllib.parse import unquote, urlsplit

from functions.core import keys, places

MAX_ADDRESS = 500  # so that a state key has room for one, and for an upload's id
ELSEWHERE = "/api/"  # of which the CDN asks the API alone
_MAX_NAME = 255  # bytes between two slashes: no disk holds a longer name
_FILE = re.compile(r"\.[a-z0-9]+\Z")  # as at the CDN, to which all else is a folder
_INDEX = re.compile(r"(?<=/)index\.html\Z")


def path_of(address: str) -> str | None:
    """An address as a path of this site: decoded, and a folder with its slash; of one with a host, which may have been
    another one, the path counts. None for one that no reader can be led on from, such as that of a query.
    """
    try:
        parts = urlsplit(address)
        path = unquote(parts.path, errors="strict")
    except ValueError:
        return None
    if parts.scheme not in {"", "http", "https"} or "?" in address or "#" in address or not path.startswith("/"):
        return None
    path = _INDEX.sub("", path)
    path = path if path.endswith("/") or _FILE.search(path) else f"{path}/"
    name = path[1:].removesuffix("/")
    is_free = not path.startswith(ELSEWHERE)
    fits = len(places.listed(path).encode()) <= MAX_ADDRESS
    is_stored = all(len(part.encode()) <= _MAX_NAME for part in name.split("/"))
    return path if is_free and fits and is_stored and keys.is_natural(keys.ARTICLES + name) else None
