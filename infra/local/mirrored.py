"""Files of an inbox folder as commands change them: where a key's file is, gone for good, or put back."""

from collections.abc import Iterable
from pathlib import Path

from infra.scratch import is_scratch

_NEW = ".rotative-restored"  # a name that is not mirrored


def place_of(folder: Path, key: str) -> Path | None:
    """The file of an inbox folder that is mirrored to a key; None where none would be: it is scratch, or outside."""
    path = folder / key
    mirrored = path.parent.resolve().is_relative_to(folder.resolve())
    return path if mirrored and not any(map(is_scratch, key.split("/"))) else None


def take_away(folder: Path, gone: Iterable[str]) -> None:
    """Deletes the files of these keys from an inbox folder. Raises OSError."""
    for key in gone:
        if path := place_of(folder, key):
            path.unlink(missing_ok=True)


def put_back(path: Path, body: bytes) -> None:
    """Writes a file of an inbox folder, all of it or nothing. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(_NEW)
    new.write_bytes(body)
    new.replace(path)
