"""The verdict on a file: what would become of it as an upload, told without uploading it."""

import os
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, NamedTuple

from functions.bootstrap.desk import desk_of
from functions.core import keys
from functions.core.article import Article
from functions.core.desk import Desk
from functions.core.errors import UploadRejected
from functions.core.files import kind_of, max_bytes
from functions.core.front_yaml import decode_pins
from functions.core.picture import MAX_BYTES
from functions.core.problem import Problem
from functions.core.settings import Settings, told
from functions.core.spelling import spellings
from functions.core.upload import changes_ahead, check_image, missing_image, read_upload
from infra.console import fail
from infra.folder import as_key


class Verdict(NamedTuple):
    """What would become of a file as an upload, and what its editor would be told: problems and notices."""

    outcome: Literal["accepted", "held", "refused"]
    problems: tuple[Problem, ...] = ()

    def document(self) -> dict[str, Any]:
        """As JSON."""
        return {"outcome": self.outcome, "problems": [each.model_dump() for each in self.problems]}


class _Place(NamedTuple):
    """A folder, no link in its path; that which stands for articles/; and what the keys of its files begin with."""

    folder: Path
    root: Path
    prefix: str


@lru_cache(maxsize=256)
def _place_of(folder: Path) -> _Place:
    """The folder that stands for articles/ is the nearest of that name, else the folder itself."""
    folder = folder.resolve()
    root = next((each for each in (folder, *folder.parents) if each.name == "articles"), folder)
    below = "" if folder == root else as_key(f"{folder.relative_to(root).as_posix()}/")
    return _Place(folder, root, keys.ARTICLES + below)


def _without_links(path: Path) -> Path:
    return path.resolve() if path.is_symlink() else _place_of(path.parent).folder / path.name


def key_of(path: Path) -> str:
    """The inbox key of a file: its place below the folder articles/ that it is in, else the top.

    front.yaml and newsroom.toml stand beside that folder.
    """
    path = _without_links(path)
    is_beside = path.name in {keys.PINS_KEY, keys.SETTINGS_KEY}
    return path.name if is_beside else _place_of(path.parent).prefix + as_key(path.name)


def verdict_on(path: Path, settings: Settings) -> Verdict:
    """What would become of a file as an upload."""
    path, desk = _without_links(path), desk_of(settings)
    try:
        if path.name == keys.SETTINGS_KEY:
            problems = told(path.read_bytes(), desk.phrases)
            return Verdict("refused" if problems else "accepted", problems)
        if path.name == keys.PINS_KEY:
            decode_pins(path.read_bytes(), desk.zone, desk.phrases)
        else:
            return _verdict(path, desk)
    except UploadRejected as rejected:
        return Verdict("refused", rejected.problems)
    except OSError as error:
        fail(f"cannot read {path}: {error.strerror}")
    return Verdict("accepted")


def verdicts_on(settings: Settings, paths: Sequence[Path]) -> list[Verdict]:
    """What would become of each of some files."""
    return [verdict_on(path, settings) for path in paths]


def _verdict(path: Path, desk: Desk) -> Verdict:
    key = key_of(path)
    kind = kind_of(key)
    limit = max_bytes(key) if kind == "article" else MAX_BYTES
    with path.open("rb", buffering=0) as file:
        body = file.read(min(limit, os.fstat(file.fileno()).st_size) + 1)  # room for `limit` costs more than to read
    if kind != "article":
        check_image(key, "", body, desk)
        return Verdict("accepted")
    article = read_upload(key, body, desk)
    if ahead := changes_ahead(article, datetime.now(UTC), desk):
        return Verdict("refused", ahead)
    missing = tuple(_missing_images(article, _place_of(path.parent).root, desk))
    return Verdict("held" if missing else "accepted", article.notices + missing)


def _missing_images(article: Article, root: Path, desk: Desk) -> Iterator[Problem]:
    for image in article.images:
        if keys.file_around(image):
            continue
        if not any((root / keys.id_of(key)).is_file() for key in spellings(image)):
            yield missing_image(image, desk, _like(root / keys.id_of(image)))


def _like(missing: Path) -> str | None:
    """The image beside a missing one that may be meant: S3 tells capitals and suffixes apart, editors do not."""
    beside = sorted(missing.parent.iterdir()) if missing.parent.is_dir() else []
    stem = missing.stem.casefold()
    return next((each.name for each in beside if each.stem.casefold() == stem and kind_of(each.name) == "image"), None)
