"""`rotative status [ID]`."""

from pathlib import Path

import click
from rich.markup import escape

from functions.core import keys
from functions.core.errors import AccessRefused
from functions.workflows.now import current_build
from functions.workflows.ports import Press
from functions.workflows.status import Status, status_of, statuses
from infra import connection
from infra.console import fail, out, print_json, print_problem, print_related, print_report, print_table

_COLOURS = {"live": "green", "held": "yellow", "draft": "yellow", "withdrawn": "cyan", "refused": "red"}


@click.command(
    epilog="""
\b
Examples:
  rotative status                            every upload
  rotative status 2024/03/al-omrane.md       one of them; its key in the inbox will do too
  rotative status 2024/03/al-omrane.md --related
                                             and what its related box shows, and why
"""
)
@click.argument("upload", required=False)
@connection.options
@click.option("--related", is_flag=True, help="Tell what the related box shows, and which terms say so.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON on stdout.")
def command(*, upload: str | None, inbox: Path, stack: str | None, related: bool, as_json: bool) -> None:
    """Tell what is live, since when and in which version, and what it waits for."""
    press = connection.connect(inbox, stack)
    if upload is None:
        _tell_all(press, as_json=as_json)
        return
    status = _status(press, upload)
    report = connection.report_for(press, status.key, status.ver)
    if as_json:
        more = report.model_dump(mode="json", exclude={"receipt"}) if report else None
        print_json({**status.model_dump(mode="json"), "report": more})
        return
    _tell(status)
    if report:
        print_report(report, current_build(press).settings.newsroom.base_url)
    if report and related:
        print_related(report.related)


def _status(press: Press, upload: str) -> Status:
    try:
        status = status_of(press, upload.removeprefix(keys.ARTICLES))
    except AccessRefused:
        fail(f"{upload} is not of your desk: it is for an operator to see")
    if status is None:
        fail(f"the press has no record of {upload}: `rotative status` lists what it knows")
    return status


def _tell_all(press: Press, *, as_json: bool) -> None:
    try:
        found = list(statuses(press))
    except AccessRefused:
        fail("the list of all uploads is for an operator to see: name one, as in `rotative status sport/match.md`")
    if as_json:
        print_json([status.model_dump(mode="json") for status in found])
        return
    print_table(["state", "id", "path", "waiting for"], map(_row, found))


def _row(status: Status) -> list[str]:
    colour = _COLOURS[status.state]
    waiting = escape(", ".join(status.waiting_for))
    return [f"[{colour}]{status.state}[/]", escape(status.id), escape(status.path or ""), waiting]


def _tell(status: Status) -> None:
    out.print(f"[{_COLOURS[status.state]}]{status.state}[/] {escape(status.key)}")
    if status.live_since:
        out.print(f"  live since {status.live_since:%Y-%m-%d %H:%M:%S %Z}, version {status.live_ver}")
        out.print(f"  {escape(status.path or '')}")
    if status.live_ver != status.ver:
        out.print(f"  newest version {status.ver}")
    if status.due:
        out.print(f"  due {status.due:%Y-%m-%d %H:%M:%S %Z}")
    for problem in status.receipt.problems if status.receipt else ():
        print_problem(status.key, problem)
    waiting = ", ".join(status.waiting_for)
    out.print(f"  waiting for {escape(waiting)}" if waiting else "  waiting for nothing: readers see all of it")
