"""`rotative check FILE...`."""

import os
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import chain
from pathlib import Path

import click

from functions.bootstrap.desk import desk_of
from functions.core import keys
from functions.core.settings import Settings, language_of, told
from infra.console import bar, counted, fail, notes, out, print_json, print_problem
from infra.folder import as_key
from infra.newsroom import demo_settings, read_settings, settings_file
from infra.processes import chunks_of, spread
from infra.scratch import is_scratch
from infra.verdict import Verdict, verdict_on


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
    expanded = list(_expanded(files))
    if not expanded:
        fail(f"there is nothing to check in {', '.join(map(str, files))}")
    settings, paths = _to_check(expanded, newsroom, _inbox_of(files[0]))
    check, jobs = partial(_check, settings), os.cpu_count() or 1
    with bar() as progress, spread(jobs, len(paths), __name__) as each:
        chunks = chunks_of(paths, jobs)
        found = list(chain.from_iterable(each(check, chunks, [*map(len, chunks)], "checking", progress)))
    if as_json:
        print_json([{"file": as_key(str(path)), **verdict.document()} for path, verdict in found])
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


def _tell(found: Sequence[tuple[Path, Verdict]]) -> None:
    for path, verdict in found:
        for problem in verdict.problems:
            print_problem(as_key(str(path)), problem)
    held, refused = (sum(verdict.outcome == each for _, verdict in found) for each in ("held", "refused"))
    waiting = f", {held} would wait for an image" if held else ""
    notes.print(f"{counted(len(found), 'file')} checked, {refused} would be refused{waiting}")
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
    """The nearest folder above a file that has settings."""
    start = path.resolve()
    return next((folder for folder in (start, *start.parents) if (folder / keys.SETTINGS_KEY).is_file()), start)
