"""`rotative check FILE...`."""

import os
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from functools import partial
from itertools import chain
from pathlib import Path

import click

from functions.bootstrap.desk import desk_of
from functions.core import keys
from functions.core.article import Article
from functions.core.desk import Desk
from functions.core.errors import SettingsRejected, UploadRejected
from functions.core.files import kind_of, max_bytes
from functions.core.picture import MAX_BYTES
from functions.core.pins import decode_pins
from functions.core.problem import Problem
from functions.core.settings import Settings, parse_settings
from functions.core.spelling import spellings
from functions.core.upload import check_image, missing_image, read_upload, update_ahead
from infra.console import bar, fail, notes, out, print_json, print_problem
from infra.newsroom import read_settings
from infra.processes import chunks_of, spread


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
    """Validate articles and images (or whole folders) without uploading; exit 1 if any would be refused."""
    paths = list(_expanded(files))
    check, jobs = partial(_check, read_settings(newsroom, _inbox_of(files[0]))), os.cpu_count() or 1
    with bar() as progress, spread(jobs, len(paths), __name__) as each:
        chunks = chunks_of(paths, jobs)
        found = list(chain.from_iterable(each(check, chunks, [*map(len, chunks)], "checking", progress)))
    refused = sum(bool(problems) for _, problems in found)
    if as_json:
        print_json([{"file": str(path), "problems": [each.model_dump() for each in some]} for path, some in found])
    else:
        for path, problems in found:
            for problem in problems:
                print_problem(str(path), problem)
        notes.print(f"{len(found)} files checked, {refused} would be refused")
        if not refused:
            out.print("[green]all good[/]")
    raise SystemExit(1 if refused else 0)


def _check(settings: Settings, paths: Sequence[Path]) -> list[tuple[Path, tuple[Problem, ...]]]:
    return [(path, problems_of(path, settings)) for path in paths]


def _expanded(files: tuple[Path, ...]) -> Iterator[Path]:
    for path in files:
        if path.is_dir():
            yield from sorted(found for found in path.rglob("*") if found.is_file())
        elif path.exists():
            yield path
        else:
            fail(f"there is no file {path}")


def _inbox_of(path: Path) -> Path:
    """The nearest folder above a file that has a newsroom.toml."""
    start = path.resolve()
    return next((folder for folder in (start, *start.parents) if (folder / "newsroom.toml").is_file()), start)


def _root_of(path: Path) -> Path:
    """The folder that stands for articles/: the one of that name above the file, else the file's own."""
    return next((folder for folder in path.parents if folder.name == "articles"), path.parent)


def key_of(path: Path) -> str:
    """The inbox key of a file: its place below the folder articles/ that it is in, else the top.

    front.yaml stands beside that folder.
    """
    path = path.resolve()
    if path.name == keys.PINS_KEY:
        return keys.PINS_KEY
    return keys.ARTICLES + path.relative_to(_root_of(path)).as_posix()


def problems_of(path: Path, settings: Settings) -> tuple[Problem, ...]:
    """All that would be wrong with a file as an upload."""
    return _problems(path, desk_of(settings))


def _problems(path: Path, desk: Desk) -> tuple[Problem, ...]:
    path = path.resolve()
    if path.name == keys.SETTINGS_KEY:
        return _settings_problems(path)
    if path.name == keys.PINS_KEY:
        return _pins_problems(path, desk)
    root, key = _root_of(path), key_of(path)
    kind = kind_of(key)
    limit = max_bytes(key) if kind == "article" else MAX_BYTES
    try:
        with path.open("rb") as file:
            body = file.read(limit + 1)
        if kind == "article":
            article = read_upload(key, body, desk)
            return *update_ahead(article, datetime.now(UTC), desk), *_missing_images(article, root, desk)
        check_image(key, "", body, desk)
    except UploadRejected as rejected:
        return rejected.problems
    except OSError as error:
        fail(f"cannot read {path}: {error.strerror}")
    return ()


def _settings_problems(path: Path) -> tuple[Problem, ...]:
    try:
        parse_settings(path.read_bytes())
    except SettingsRejected as rejected:
        return rejected.problems
    return ()


def _pins_problems(path: Path, desk: Desk) -> tuple[Problem, ...]:
    try:
        decode_pins(path.read_bytes(), desk.zone, desk.phrases)
    except UploadRejected as rejected:
        return rejected.problems
    return ()


def _missing_images(article: Article, root: Path, desk: Desk) -> Iterator[Problem]:
    for image in article.images:
        if not any((root / keys.id_of(key)).is_file() for key in spellings(image)):
            yield missing_image(image, desk)
