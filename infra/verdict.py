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
from infra.walk import leads_inside


class Verdict(NamedTuple):
    """What would become of a file as an upload, what its editor would be told (notices too), and its aliases."""

    outcome: Literal["accepted", "held", "refused"]
    problems: tuple[Problem, ...] = ()
    aliases: tuple[str, ...] = ()

    def document(self) -> dict[str, Any]:
        """As JSON."""
        return {"outcome": self.outcome, "problems": [each.model_dump() for each in self.problems]}


@lru_cache(maxsize=256)
def _folder_of_keys(folder: str, archives: tuple[Path, ...]) -> tuple[Path, str]:
    """The folder that stands for articles/, the nearest of that name, an archive or this one; how keys begin here."""
    here = Path(folder).resolve()
    above = (here, *here.parents)
    root = next((each for each in above if each.name == "articles"), None) or next(
        filter(archives.__contains__, above), here
    )
    below = "" if here == root else as_key(f"{here.relative_to(root).as_posix()}/")
    return root, keys.ARTICLES + below


def _root_and_key(path: Path, archives: tuple[Path, ...] = ()) -> tuple[Path, str]:
    folder, name = os.path.split(path.resolve() if path.is_symlink() else path)
    root, prefix = _folder_of_keys(folder, archives)
    is_beside = name in {keys.PINS_KEY, keys.SETTINGS_KEY}
    return root, name if is_beside else prefix + as_key(name)


def key_of(path: Path) -> str:
    """The inbox key of a file: its place below the folder articles/ that it is in, else the top.

    front.yaml and newsroom.toml stand beside that folder.
    """
    return _root_and_key(path)[1]


def verdicts_on(settings: Settings, archives: tuple[Path, ...], paths: Sequence[Path]) -> list[Verdict]:
    """What would become of each of some files as an upload; `archives` are folders to be imported as wholes."""
    desk = desk_of(settings)  # once: settings are long, and looked up by what they say
    return [_verdict_on(desk, path, archives) for path in paths]


def _verdict_on(desk: Desk, path: Path, archives: tuple[Path, ...]) -> Verdict:
    root, key = _root_and_key(path, archives)
    try:
        if key == keys.SETTINGS_KEY:
            problems = told(path.read_bytes(), desk.phrases)
            return Verdict("refused" if problems else "accepted", problems)
        if key == keys.PINS_KEY:
            decode_pins(path.read_bytes(), desk.zone, desk.phrases)
        else:
            return _verdict_on_upload(path, root, key, desk)
    except UploadRejected as rejected:
        return Verdict("refused", rejected.problems)
    except OSError as error:
        fail(f"cannot read {path}: {error.strerror}")
    return Verdict("accepted")


def _verdict_on_upload(path: Path, root: Path, key: str, desk: Desk) -> Verdict:
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
    missing = tuple(_missing_images(article, root, desk))
    return Verdict("held" if missing else "accepted", article.notices + missing, article.aliases)


def _missing_images(article: Article, root: Path, desk: Desk) -> Iterator[Problem]:
    inbox = str(root.parent if root.name == "articles" else root)
    for image in article.images:
        if keys.file_around(image):
            continue
        if not any(leads_inside(inbox, str(root / keys.id_of(key))) for key in spellings(image)):
            yield missing_image(image, desk, _like(root / keys.id_of(image)))


def _like(missing: Path) -> str | None:
    """The image beside a missing one that may be meant: S3 tells capitals and suffixes apart, editors do not."""
    beside = sorted(missing.parent.iterdir()) if missing.parent.is_dir() else []
    stem = missing.stem.casefold()
    return next((each.name for each in beside if each.stem.casefold() == stem and kind_of(each.name) == "image"), None)
