"""`rotative check FILE...`."""

import os
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import click

from functions.core import keys
from infra.console import bar, counted, fail, notes, out, print_json, print_problem, shown
from infra.processes import get_ready
from infra.scratch import is_scratch
from infra.walk import files_below

if TYPE_CHECKING:
    from infra.verdict import Verdict

_MANY, _MOST = 20, 10  # files that have a problem, problems that are told once more


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
    themselves is left out, and of an inbox what lies beside articles/, as `serve` leaves it out; one that is not below
    a folder articles/ stands for it, as `import` takes it.
    """
    paths, jobs = list(_expanded(files)), os.cpu_count() or 1
    if not paths:
        fail(f"there is nothing to check in {', '.join(map(str, files))}")
    get_ready(jobs, len(paths), "infra.verdict")
    from infra.check import check  # noqa: PLC0415 - a third of a second, in which the processes do the same

    with bar() as progress:
        archives = tuple(path.resolve() for path in files if path.is_dir())
        found = check(paths, archives, newsroom, _inbox_of(files[0]), jobs, progress)
    if as_json:
        print_json([{"file": name, **verdict.document()} for name, verdict in found])
    else:
        _tell(found)
    raise SystemExit(any(verdict.outcome == "refused" for _, verdict in found))


def _tell(found: "Sequence[tuple[str, Verdict]]") -> None:
    for name, verdict in found:
        for problem in verdict.problems:
            print_problem(name, problem)
    held, refused = (sum(verdict.outcome == each for _, verdict in found) for each in ("held", "refused"))
    waiting = f", {held} would wait for an image" if held else ""
    notes.print(f"{counted(len(found), 'file')} checked, {refused} would be refused{waiting}")
    for line in (*_of_many(found), *_named_twice(found)):
        notes.print(line)
    if not (held or refused):
        out.print("[green]all good[/]")


def _of_many(found: "Sequence[tuple[str, Verdict]]") -> Iterator[str]:
    """What many files have in common, to be mended in all of them at once: how many, and what is said of the first."""
    files: Counter[tuple[str, str | None]] = Counter()
    firsts: dict[tuple[str, str | None], str] = {}
    for _, verdict in found:
        said = {
            (each.code, each.value if each.code == "unknown_field" else each.field): each.reason
            for each in reversed(verdict.problems)
        }
        files.update(said.keys())
        for kind, reason in said.items():
            firsts.setdefault(kind, reason)
    for kind, count in files.most_common(_MOST):
        if count >= _MANY:
            yield f"  in {count:,} files: {shown(firsts[kind])}"


def _named_twice(found: "Sequence[tuple[str, Verdict]]") -> Iterator[str]:
    """The first earlier addresses that several files name: one of them gets it, and nobody would be told."""
    names: dict[str, list[str]] = {}
    for name, verdict in found:
        for alias in verdict.aliases:
            names.setdefault(alias, []).append(name)
    several = (each for each in names.items() if len(each[1]) > 1)
    for alias, (first, second, *_) in islice(several, _MOST):
        yield f"  {shown(alias)} is an earlier address of {shown(first)} and of {shown(second)}: the newer has it"


def _expanded(files: tuple[Path, ...]) -> Iterator[Path]:
    for path in files:
        if path.is_dir():
            yield from _uploads_in(path)
        elif path.is_file():
            yield path
        else:
            fail(f"there is no file {path}")


def _uploads_in(folder: Path) -> Iterator[Path]:
    """The files of a folder that would be uploads; of an inbox, those of its articles/ and the two beside it."""
    is_inbox = (folder / keys.ARTICLES).is_dir()
    try:
        names = sorted(files_below(f"{folder}/", keys.ARTICLES if is_inbox else "", is_scratch))
    except OSError as error:
        fail(f"cannot read {error.filename}: {error.strerror}")
    yield from (folder / name for name in names)
    if is_inbox:
        yield from filter(Path.is_file, (folder / keys.PINS_KEY, folder / keys.SETTINGS_KEY))


def _inbox_of(path: Path) -> Path:
    """The nearest folder above a file that has settings."""
    start = path.resolve()
    return next((folder for folder in (start, *start.parents) if (folder / keys.SETTINGS_KEY).is_file()), start)
