"""Folders behind the workflows' ports: an inbox with one version of each file, a site as files."""

import hashlib
import os
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from functions.core import keys
from functions.core.objects import Condition, Listed
from functions.core.page import Page
from functions.core.record import Version

# A file of a folder has no history: it counts as uploaded before anything else happened.
_ALWAYS = datetime(1970, 1, 1, tzinfo=UTC)
_ONLY = "file"


class FolderInbox:
    """A folder of uploads: `articles/**` and newsroom.toml, each file its own only version."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def versions(self, key: str) -> Sequence[Version]:
        """The file's only version; none where there is no file."""
        return (Version(_ONLY, _ALWAYS),) if (self._root / key).is_file() else ()

    def read(self, key: str, ver: str, most: int) -> bytes:
        """The first `most` bytes of a file."""
        with (self._root / key).open("rb") as file:
            return file.read(most)

    def keys(self) -> Iterator[tuple[str, str]]:
        """The key of every file below articles/, in key order."""
        found = sorted(_files_below(self._root / keys.ARTICLES), key=str.encode)
        return ((keys.ARTICLES + name, _ONLY) for name in found)


class FolderSite:
    """A site as files, without metadata: the body of a redirect or of a tombstone says the same."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._made: set[Path] = set()

    def list(self, prefix: str) -> Iterator[Listed]:
        """Every file whose key begins with the prefix."""
        for name in sorted(_files_below(self._root), key=str.encode):
            if name.startswith(prefix):
                path = self._root / name
                modified = datetime.fromtimestamp(path.stat().st_mtime, UTC)
                yield Listed(name, self._etag(path), modified)

    def etags(self, keys: Sequence[str]) -> Mapping[str, str]:
        """The ETags of those of the keys that exist."""
        return {key: self._etag(self._root / key) for key in keys if (self._root / key).is_file()}

    def put(self, page: Page, condition: Condition) -> None:
        """Write a page. A folder has one writer: there is nothing to be in conflict with."""
        path = self._root / page.key
        if path.parent not in self._made:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._made.add(path.parent)
        path.write_bytes(page.body)

    def delete(self, key: str, condition: Condition) -> None:
        """Delete a file, and the folders that it leaves empty."""
        path = self._root / key
        path.unlink()
        for folder in path.relative_to(self._root).parents[:-1]:
            if any((self._root / folder).iterdir()):
                break
            (self._root / folder).rmdir()

    def _etag(self, path: Path) -> str:
        return f'"{hashlib.md5(path.read_bytes(), usedforsecurity=False).hexdigest()}"'


def _files_below(root: Path) -> list[str]:
    """The files below a folder, as keys; links are not followed out of it."""
    return [
        (Path(folder) / name).relative_to(root).as_posix()
        for folder, _, names in os.walk(root)
        for name in names
        if (Path(folder) / name).is_file()
    ]
