"""The verdict on a file: what would become of it as an upload, told without uploading it."""

from collections.abc import Iterator
from datetime import UTC, datetime
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


def _root_of(path: Path) -> Path:
    """The folder that stands for articles/: the one of that name above the file, else the file's own."""
    return next((folder for folder in path.parents if folder.name == "articles"), path.parent)


def key_of(path: Path) -> str:
    """The inbox key of a file: its place below the folder articles/ that it is in, else the top.

    front.yaml and newsroom.toml stand beside that folder.
    """
    path = path.resolve()
    if path.name in {keys.PINS_KEY, keys.SETTINGS_KEY}:
        return path.name
    return _key_below(_root_of(path), path)


def _key_below(root: Path, path: Path) -> str:
    return keys.ARTICLES + as_key(path.relative_to(root).as_posix())


def verdict_on(path: Path, settings: Settings) -> Verdict:
    """What would become of a file as an upload."""
    path, desk = path.resolve(), desk_of(settings)
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


def _verdict(path: Path, desk: Desk) -> Verdict:
    root = _root_of(path)
    key = _key_below(root, path)
    kind = kind_of(key)
    limit = max_bytes(key) if kind == "article" else MAX_BYTES
    with path.open("rb") as file:
        body = file.read(limit + 1)
    if kind != "article":
        check_image(key, "", body, desk)
        return Verdict("accepted")
    article = read_upload(key, body, desk)
    if ahead := changes_ahead(article, datetime.now(UTC), desk):
        return Verdict("refused", ahead)
    missing = tuple(_missing_images(article, root, desk))
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
