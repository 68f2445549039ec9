"""`rotative verify`."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import click
from rich.markup import escape

from functions.bootstrap.house import house_of
from functions.workflows import intake
from functions.workflows.now import current_build
from functions.workflows.ports import Press
from functions.workflows.rebuild import Compared, Tell, awaited, compare, mend, silent, to_come
from functions.workflows.walk import unreached
from infra import connection
from infra.basis import basis_of
from infra.bulk import in_bulk
from infra.console import bar, counted, notes, out, print_json
from infra.encoders import comparable


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
  spreading    any of these, and new settings or code are still on their way to it
"""
)
@connection.options
@click.option("--repair", is_flag=True, help="Put right what differs, and only that.")
@click.option("--json", "as_json", is_flag=True, help="Print the differences as JSON on stdout.")
def command(*, inbox: Path, stack: str | None, repair: bool, as_json: bool) -> None:
    """Prove that the site is what a rebuild from the inbox's versions would make; exit 1 and a list if it is not.

    Pictures on AWS count by their names, unless this is a machine like those that made them: it packs other bytes.
    """
    press = in_bulk(connection.connect_same_build(inbox, stack))
    with bar() as progress:
        named = list(_named(press, list(comparable(differences(press, progress), stack))))
    left = [name for name, each in named if not (repair and mend(press.site, each))]
    if as_json:
        print_json([{"key": each.key, "what": name} for name, each in named])
    else:
        for name, each in named:
            out.print(f"{name:10} {escape(each.key)}")
    notes.print(counted(len(named), "difference") + (f", {len(named) - len(left)} put right" if repair else ""))
    raise SystemExit(1 if left else 0)


def differences(press: Press, tell: Tell = silent) -> Iterator[Compared]:
    """What is not as a rebuild would have it."""
    compared = compare(press.site, lambda: basis_of(press, current_build(press)), tell=tell)
    return (each for each in compared if each.what != "right")


def _named(press: Press, found: Sequence[Compared]) -> Iterator[tuple[str, Compared]]:
    """What is still not right, by its name; what will be by itself has the name of the reason.

    A press does not stand still meanwhile. It makes a record anew, then flags, then writes, then clears the flags: who
    asks for them in this order misses next to none.
    """
    if not found:
        return
    behind = list(unreached(press))
    spread, late = to_come(behind), awaited(press, house_of(current_build(press).settings))
    now = press.site.etags([each.key for each in found])
    if intake.under_way(press):
        notes.print("an archive is coming in: older articles' related boxes are printed at its end, so verify then")
    if behind:
        how_many = counted(len(behind), "article")
        notes.print(f"new settings or code have yet to reach {how_many}, and will: verify again later")
    for each in found:
        standing = now.get(each.key)
        if standing != (each.page.etag if each.page else None):
            written = standing != each.standing
            yield "stale" if written or late(each.key) else "spreading" if spread(each.key) else each.what, each
