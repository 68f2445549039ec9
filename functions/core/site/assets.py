"""Assets: the style sheet, the fonts, the icons, under names that carry the hash of their bytes."""

import hashlib
import re
import struct
from collections.abc import Mapping
from typing import NamedTuple

from functions.core import keys

_TYPES = {
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "png": "image/png",
    "svg": "image/svg+xml",
    "txt": "text/plain; charset=utf-8",
    "woff2": "font/woff2",
}
_FOR_DESIGNERS = {
    "css": re.compile(rb"\s*/\*.*?\*/|^ +", re.DOTALL | re.MULTILINE),
    "js": re.compile(rb"^\s*//.*\n|^ +", re.MULTILINE),
}
_URL = re.compile(rb"url\(([\w.-]+)\)")


class Asset(NamedTuple):
    """A file of templates/assets as it is published: its path carries the hash of its bytes."""

    path: str
    body: bytes
    content_type: str


def make_assets(files: Mapping[str, bytes]) -> dict[str, Asset]:
    """The assets by the names of their files.

    A style sheet speaks of its neighbours by these names, `url(serif.woff2)`; readers get the hashed ones, so a new
    font is a new sheet too. A sheet's comments, the lines of a script that are comments, and how lines are indented
    are for designers alone.
    Raises KeyError for a neighbour that is not there, or a kind of file that is not known.
    """
    bare = {name: _bare(name, body) for name, body in files.items()}
    assets = {name: _asset(name, body) for name, body in bare.items() if not name.endswith(".css")}
    for name, body in bare.items():
        if name.endswith(".css"):
            assets[name] = _asset(name, _URL.sub(lambda url: b"url(%b)" % assets[url[1].decode()].path.encode(), body))
    return assets


def png_size(body: bytes) -> tuple[int, int]:
    """The width and height that a PNG's header tells, in pixels."""
    return int.from_bytes(body[16:20]), int.from_bytes(body[20:24])


def as_ico(png: bytes) -> bytes:
    """A PNG in the container that those want who ask for /favicon.ico without having read a page.

    Source: "ICO (file format)", an entry's bytes may be a PNG since Windows Vista.
    """
    width, height = png_size(png)
    directory = struct.pack("<3H", 0, 1, 1)
    entry = struct.pack("<4B2H2I", width, height, 0, 0, 1, 32, len(png), len(directory) + 16)
    return directory + entry + png


def _bare(name: str, body: bytes) -> bytes:
    pattern = _FOR_DESIGNERS.get(name.rpartition(".")[2])
    return pattern.sub(b"", body) if pattern else body


def _asset(name: str, body: bytes) -> Asset:
    stem, extension = name.rsplit(".", 1)
    return Asset(keys.asset_path(stem, hashlib.sha256(body).hexdigest()[:12], extension), body, _TYPES[extension])
