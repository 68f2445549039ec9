"""`rotative check FILE...`."""

import os
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any, Literal, NamedTuple

import click

from functions.bootstrap.desk import desk_of
from functions.core import keys
from functions.core.article import Article
from functions.core.desk import Desk
from functions.core.errors import UploadRejected
from functions.core.files import kind_of, max_bytes
from functions.core.front_yaml import decode_pins
from functions.core.picture import MAX_BYTES
from functions.core.problem import Problem
from functions.core.settings import Settings, language_of, told
from functions.core.spelling import spellings
from functions.core.upload import changes_ahead, check_image, missing_image, read_upload
from infra.console import bar, fail, notes, out, print_json, print_problem
from infra.folder import as_key
from infra.newsroom import demo_settings, read_settings, settings_file
from infra.processes import chunks_of, spread
from infra.scratch import is_scratch


@click.command(
    epilog="""
\b
Examples:
  rotative check drafts/al-omrane.md
  rotative check newsroom/articles --json
"""
)
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--newsroom", type=click.Path(path_type=Path), help="Settings file [default: found above the files].")
@click.option("--json", "as_json", is_flag=True, help="Print the problems as JSON on stdout.")
def command(*, files: tuple[Path, ...], newsroom: Path | None, as_json: bool) -> None:
    """Validate articles and images (or whole folders) without uploading; exit 1 if any would be refused.

    An article whose image is not there is not refused: it waits for it. Of a folder, what programs write there for
    themselves is left out, and of an inbox what lies beside articles/, as `serve` leaves it out.
    """
    settings, paths = _to_check(list(_expanded(files)), newsroom, _inbox_of(files[0]))
    check, jobs = partial(_check, settings), os.cpu_count() or 1
    with bar() as progress, spread(jobs, len(paths), __name__) as each:
        chunks = chunks_of(paths, jobs)
        found = list(chain.from_iterable(each(check, chunks, [*map(len, chunks)], "checking", progress)))
    if as_json:
        print_json([_document(path, verdict) for path, verdict in found])
    else:
        _tell(found)
    raise SystemExit(any(verdict.outcome == "refused" for _, verdict in found))


def _to_check(paths: list[Path], newsroom: Path | None, inbox: Path) -> tuple[Settings, list[Path]]:
    """The settings to check by, and what can be checked: a newsroom.toml that cannot be used is, and nothing else."""
    own = settings_file(newsroom, inbox).resolve()
    phrases = desk_of(demo_settings()).phrases
    bad = [path for path in paths if path.resolve() == own and told(path.read_bytes(), phrases)]
    if not bad:
        return read_settings(newsroom, inbox), paths
    if len(paths) > 1:
        notes.print(f"{own.name} cannot be used: nothing else is checked")
    return demo_settings(language_of(own.read_bytes())), bad


class Verdict(NamedTuple):
    """What would become of a file as an upload, and what its editor would be told: problems and notices."""

    outcome: Literal["accepted", "held", "refused"]
    problems: tuple[Problem, ...] = ()


def _document(path: Path, verdict: Verdict) -> dict[str, Any]:
    problems = [each.model_dump() for each in verdict.problems]
    return {"file": as_key(str(path)), "outcome": verdict.outcome, "problems": problems}


def _tell(found: Sequence[tuple[Path, Verdict]]) -> None:
    for path, verdict in found:
        for problem in verdict.problems:
            print_problem(as_key(str(path)), problem)
    held, refused = (sum(verdict.outcome == each for _, verdict in found) for each in ("held", "refused"))
    waiting = f", {held} would wait for an image" if held else ""
    notes.print(f"{len(found)} files checked, {refused} would be refused{waiting}")
    if not (held or refused):
        out.print("[green]all good[/]")


def _check(settings: Settings, paths: Sequence[Path]) -> list[tuple[Path, Verdict]]:
    return [(path, verdict_on(path, settings)) for path in paths]


def _expanded(files: tuple[Path, ...]) -> Iterator[Path]:
    for path in files:
        if path.is_dir():
            yield from sorted(found for found in path.rglob("*") if found.is_file() and _counts(found, path))
        elif path.is_file():
            yield path
        else:
            fail(f"there is no file {path}")


def _counts(path: Path, folder: Path) -> bool:
    """Whether a file of a folder would be an upload; beside the articles/ of an inbox only two would."""
    parts = path.relative_to(folder).parts
    if any(map(is_scratch, parts)):
        return False
    is_inbox = (folder / keys.ARTICLES).is_dir()
    return not is_inbox or f"{parts[0]}/" == keys.ARTICLES or parts in {(keys.PINS_KEY,), (keys.SETTINGS_KEY,)}


def _inbox_of(path: Path) -> Path:
    """The nearest folder above a file that has a newsroom.toml."""
    start = path.resolve()
    return next((folder for folder in (start, *start.parents) if (folder / "newsroom.toml").is_file()), start)


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
