"""Check: what would become of many files as uploads."""

from collections.abc import Sequence
from functools import partial
from itertools import chain
from pathlib import Path

from functions.bootstrap.desk import desk_of
from functions.core.settings import Settings, language_of, told
from infra.console import notes
from infra.folder import as_key
from infra.newsroom import demo_settings, read_settings, settings_file
from infra.processes import Progress, chunks_of, spread
from infra.verdict import Verdict, verdicts_on


def check(
    paths: Sequence[Path], archives: tuple[Path, ...], newsroom: Path | None, inbox: Path, jobs: int, progress: Progress
) -> list[tuple[str, Verdict]]:
    """The files that can be checked, by name, each with its verdict, on all cores."""
    settings, paths = _to_check(paths, newsroom, inbox)
    chunks = chunks_of(paths, jobs)
    with spread(jobs, len(paths), verdicts_on.__module__) as each:
        verdicts = each(partial(verdicts_on, settings, archives), chunks, [*map(len, chunks)], "checking", progress)
        return [*zip(map(as_key, map(str, paths)), chain.from_iterable(verdicts), strict=True)]


def _to_check(paths: Sequence[Path], newsroom: Path | None, inbox: Path) -> tuple[Settings, Sequence[Path]]:
    """The settings to check by, and what can be checked: a newsroom.toml that cannot be used is, and nothing else."""
    own = settings_file(newsroom, inbox).resolve()
    phrases = desk_of(demo_settings()).phrases
    named = [path for path in paths if path.name == own.name]
    bad = [path for path in named if path.resolve() == own and told(path.read_bytes(), phrases)]
    if not bad:
        return read_settings(newsroom, inbox), paths
    if len(paths) > 1:
        notes.print(f"{own.name} cannot be used: nothing else is checked")
    return demo_settings(language_of(own.read_bytes())), bad
