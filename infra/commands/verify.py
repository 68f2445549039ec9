"""`rotative verify`."""

from collections.abc import Iterator
from pathlib import Path

import click
from rich.markup import escape

from functions.workflows.now import current_build
from functions.workflows.ports import Press
from functions.workflows.rebuild import Compared, Tell, awaited, compare, mend, silent
from infra import connection
from infra.bulk import in_bulk
from infra.commands.rebuild import basis_of
from infra.console import bar, notes, out, print_json


@click.command(
    epilog="""
\b
Examples:
  rotative verify
  rotative verify --repair
\b
What may differ:
  missing      a page that should be there
  orphan       an object that nothing accounts for
  different    other bytes than a rebuild's
  stale        any of these, and its render has been asked for
"""
)
@connection.options
@click.option("--repair", is_flag=True, help="Put right what differs, and only that.")
@click.option("--json", "as_json", is_flag=True, help="Print the differences as JSON on stdout.")
def command(*, inbox: Path, stack: str | None, repair: bool, as_json: bool) -> None:
    """Prove that the site is what a rebuild from the inbox's versions would make; exit 1 and a list if it is not."""
    press = in_bulk(connection.connect_same_build(inbox, stack))
    with bar() as progress:
        found = list(differences(press, progress))
    late = awaited(press) if found else bool
    named = [("stale" if late(each.key) else each.what, each.key) for each in found]
    left = [name for name, each in zip(named, found, strict=True) if not (repair and mend(press.site, each))]
    if as_json:
        print_json([{"key": key, "what": what} for what, key in named])
    else:
        for what, key in named:
            out.print(f"{what:10} {escape(key)}")
    notes.print(f"{len(named)} differences" + (f", {len(named) - len(left)} put right" if repair else ""))
    raise SystemExit(1 if left else 0)


def differences(press: Press, tell: Tell = silent) -> Iterator[Compared]:
    """What is not as a rebuild would have it."""
    compared = compare(press.site, lambda: basis_of(press, current_build(press)), tell=tell)
    return (each for each in compared if each.what != "right")
