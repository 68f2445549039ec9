"""`rotative history ID`."""

from pathlib import Path

import click
from rich.markup import escape

from functions.core.audit import Past
from functions.workflows.history import history_of
from infra import connection
from infra.console import fail, print_json, print_table


@click.command(
    epilog="""
\b
Examples:
  rotative history 2024/03/al-omrane.md
  rotative history articles/2024/03/al-omrane.md --json
"""
)
@click.argument("upload")
@connection.options
@click.option("--json", "as_json", is_flag=True, help="Print JSON on stdout.")
def command(*, upload: str, inbox: Path, stack: str | None, as_json: bool) -> None:
    """Tell every version of an upload, newest first: when, by whom, from where, and what became of it."""
    press = connection.connect(inbox, stack)
    found = history_of(press, connection.upload_id(press, inbox, upload))
    if not found:
        fail(f"nothing was ever uploaded as {upload}: `rotative status` lists what the press knows")
    if as_json:
        print_json([past.model_dump(mode="json") for past in found])
        return
    print_table(["when", "version", "outcome", "by", "from", "reason"], map(_row, found))


def _row(past: Past) -> list[str]:
    outcome = "deleted" if past.deleted else past.outcome or "not answered yet"
    when = f"{past.at:%Y-%m-%d %H:%M:%S %Z}"
    return [when, past.ver, outcome, escape(past.by), escape(past.source), escape(past.reason)]
