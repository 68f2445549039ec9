"""`rotative verify`."""

from pathlib import Path

import click
from rich.markup import escape

from functions.workflows.rebuild import differences
from infra import connection
from infra.commands.rebuild import expected_pages
from infra.console import notes, out, print_json


@click.command(
    epilog="""
\b
Examples:
  rotative verify
  rotative verify --repair
"""
)
@connection.options
@click.option("--repair", is_flag=True, help="Put right what differs, and only that.")
@click.option("--json", "as_json", is_flag=True, help="Print the differences as JSON on stdout.")
def command(*, inbox: Path, stack: str | None, repair: bool, as_json: bool) -> None:
    """Prove that the site is what a rebuild from the inbox's versions would make; exit 1 and a list if it is not."""
    press = connection.connect_same_build(inbox, stack)
    found = list(differences(press.site, expected_pages(press), repair=repair))
    if as_json:
        print_json([difference._asdict() for difference in found])
    else:
        for difference in found:
            out.print(f"{difference.what:10} {escape(difference.key)}")
        notes.print(f"{len(found)} differences{', put right' if repair and found else ''}")
    raise SystemExit(1 if found and not repair else 0)
