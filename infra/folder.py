"""Folders behind the workflows' ports: an inbox with one version of each file, a site as files."""

import os
import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from functions.core import keys
from functions.core.files import kind_of
from functions.core.page import Page
from functions.core.places import before
from functions.core.reading import Version
from infra.scratch import is_scratch
from infra.walk import files_below, leads_inside

# A file of a folder has no history: it counts as uploaded before anything else happened.
_ALWAYS = datetime(1970, 1, 1, tzinfo=UTC)
ONLY = "file"  # its version
_BEFORE, _INDEX = before("/").removeprefix("/"), "/index.html"
_SPELLED_OUT = re.compile(rb"\\x([0-9a-f]{2})")


class FolderInbox:
    """A folder of uploads: `articles/**` and newsroom.toml, each file its own only version."""

    def __init__(self, root: Path) -> None:
        self._root = f"{root}/"

    def versions(self, key: str) -> Sequence[Version]:
        """The file's only version; none where there is no file, or an article shows one to which a link leads out."""
        place = self._place(key)
        if not os.path.isfile(place):  # noqa: PTH113 - thrice as fast
            return ()
        return () if kind_of(key) == "image" and not leads_inside(self._root, place) else (Version(ONLY, _ALWAYS),)

    def read(self, key: str, ver: str, most: int) -> bytes:
        """The first `most` bytes of a file."""
        with open(self._place(key), "rb", buffering=0) as file:  # noqa: PTH123 - twice as fast
            return file.read(min(most, os.fstat(file.fileno()).st_size))  # room for `most` costs more than the reading

    def keys(self, prefix: str = "", after: str = "") -> Iterator[tuple[str, str]]:
        """The key of every file below articles/ that is no program's own, in key order, as far as it is asked for."""
        found = sorted(map(as_key, files_below(self._root, keys.ARTICLES, is_scratch)), key=str.encode)
        return ((key, ONLY) for key in found if key.startswith(prefix) and key > after)

    def _place(self, key: str) -> str | bytes:
        """Where the file of a key is: what `as_key` has spelled out is read back, unless the file is called that."""
        place = self._root + key
        if "\\x" not in key or os.path.isfile(place):  # noqa: PTH113 - a string, like the rest
            return place
        return _SPELLED_OUT.sub(lambda byte: bytes.fromhex(byte[1].decode()), place.encode())


def as_key(name: str) -> str:
    r"""A file's name as a key: bytes that are no UTF-8, as old archives bring them, spelled out as `\xe9`.

    So it can be told whose name it is; the backslash refuses the upload.
    """
    return name if name.isascii() else os.fsencode(name).decode(errors="backslashreplace")


def file_of(key: str) -> str:
    """The file of a site key: what leads on from an address of an earlier site is a folder's page, whatever the address
    ends in. So servers know it for HTML, and `/a.html` may have been beside `/a.html/amp/`.
    """
    is_file = key.startswith(_BEFORE) and not key.endswith(_INDEX)
    return key + _INDEX if is_file else key


class FolderSite:
    """A site as files, without metadata: the body of a redirect or of a tombstone says the same."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._made: set[str] = set()

    def files(self) -> Iterator[str]:
        """The name of every file."""
        return files_below(f"{self._root}/", "")

    def put(self, page: Page) -> bool:
        """Write a page unless its file has these bytes already; whether it was written."""
        path = f"{self._root}/{file_of(page.key)}"
        folder = path.rpartition("/")[0]
        if folder not in self._made:
            os.makedirs(folder, exist_ok=True)  # noqa: PTH103 - a string, as below
            self._made.add(folder)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
        try:
            with open(descriptor, "r+b", buffering=0) as file:  # noqa: PTH123 - one system call for two cases
                size = os.fstat(descriptor).st_size
                if size == len(page.body) and file.read() == page.body:
                    return False
                if size:
                    file.truncate(0)
                    file.seek(0)
                written = file.write(page.body)
                while written < len(page.body):  # a disk takes what it has room for, and says so only next time
                    written += file.write(page.body[written:])
        except OSError as error:
            raise OSError(error.errno, error.strerror, path) from error  # which file, a write does not say
        return True

    def delete(self, file: str) -> None:
        """Delete a file, and the folders that it leaves empty."""
        path = self._root / file
        path.unlink()
        for folder in path.relative_to(self._root).parents[:-1]:
            if any((self._root / folder).iterdir()):
                break
            (self._root / folder).rmdir()
