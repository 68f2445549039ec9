"""`rotative rebuild`."""

from collections.abc import Iterator
from pathlib import Path

import click

from functions.bootstrap.desk import desk_of
from functions.bootstrap.house import house_of
from functions.core.build import Build
from functions.core.page import Page
from functions.workflows.editing import Editor
from functions.workflows.install import settings_in_force
from functions.workflows.now import as_of, current_build
from functions.workflows.ports import Press
from functions.workflows.rebuild import rebuild, whole_site
from functions.workflows.rehearse import changes_to
from infra import connection
from infra.console import bar, fail, notes, print_json
from infra.diff import print_changes


@click.command(
    epilog="""
\b
Examples:
  rotative rebuild
  rotative rebuild --dry-run        what new templates would change, as a unified diff
"""
)
@connection.options
@click.option("--dry-run", is_flag=True, help="Only say what this code and its templates would change; write nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print the counts as JSON on stdout.")
def command(*, inbox: Path, stack: str | None, dry_run: bool, as_json: bool) -> None:
    """Write the whole site again from the inbox's versions.

    What is right already is left alone, so an interrupted rebuild can be resumed.
    """
    if dry_run:
        _rehearse(connection.connect(inbox, stack))
        return
    press = connection.connect_same_build(inbox, stack)
    with bar() as progress:
        seen = 0

        def count(_: Page) -> None:
            nonlocal seen
            seen += 1
            progress("pages", seen, seen)

        rebuilt = rebuild(press.site, expected_pages(press), count)
    if as_json:
        print_json(rebuilt._asdict())
    notes.print(f"{rebuilt.written} written, {rebuilt.deleted} deleted, {rebuilt.unchanged} unchanged")


def expected_pages(press: Press) -> Iterator[Page]:
    """Every page that the press's site should have, at the hour its clock shows."""
    return _pages(press, current_build(press))


def _rehearse(press: Press) -> None:
    """With the code and templates that are here, which need not be those that the press runs."""
    settings = settings_in_force(press)
    if settings is None:
        fail("no valid newsroom.toml has been uploaded yet")
    pages = _pages(press, Build(code=press.code, settings=settings))
    print_changes(changes_to(press.site, pages), connection.site_reader())


def _pages(press: Press, build: Build) -> Iterator[Page]:
    hour = as_of(press)
    if hour is None:
        fail("the press's clock has never ticked: it has published nothing yet")
    editor = Editor(press.inbox, desk_of(build.settings), build)
    return whole_site(editor, house_of(build.settings), hour)
