"""`rotative status [ID]`."""

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import click
from rich.markup import escape

from functions.bootstrap.desk import desk_of
from functions.core import keys
from functions.core.errors import AccessRefused
from functions.core.receipt import Receipt
from functions.workflows.now import current_settings
from functions.workflows.ports import Press
from functions.workflows.status import Status, newest_answer, status_of, statuses
from infra import connection
from infra.answers import report_for
from infra.console import (
    fail,
    out,
    print_json,
    print_problem,
    print_receipt,
    print_related,
    print_report,
    print_table,
)

_COLOURS = {"live": "green", "held": "yellow", "draft": "yellow", "withdrawn": "cyan", "refused": "red"}


@click.command(
    epilog="""
\b
Examples:
  rotative status                            every upload
  rotative status 2024/03/al-omrane.md       one of them; its key in the inbox, or its file there, will do too
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
        tell_all(press, as_json=as_json)
    else:
        tell_one(press, connection.upload_id(press, inbox, upload), related=related, as_json=as_json)


def tell_one(press: Press, upload: str, *, related: bool = False, as_json: bool = False) -> None:
    status = _status(press, upload)
    if status is None:
        _tell_answer(press, upload, as_json=as_json)
        return
    report = report_for(press, status.key, status.ver)
    if as_json:
        more = report.model_dump(mode="json", exclude={"receipt"}) if report else None
        print_json({**status.model_dump(mode="json"), "report": more})
        return
    newsroom = current_settings(press).newsroom
    _tell(status, newsroom.zone)
    if report:
        print_report(report, newsroom.base_url)
    if report and related:
        print_related(report.related)


def _status(press: Press, upload: str) -> Status | None:
    try:
        return status_of(press, upload.removeprefix(keys.ARTICLES))
    except AccessRefused:
        fail(f"{upload} is not of your desk: it is for an operator to see")


def _tell_answer(press: Press, upload: str, *, as_json: bool) -> None:
    """What became of an upload that is no article: an image, the pins, a file that nothing can be made of."""
    beside = [upload] if upload in keys.BESIDE else []
    places = (*beside, keys.inbox_key(upload.removeprefix(keys.ARTICLES)))
    answer = next(filter(None, (newest_answer(press, key) for key in places)), None)
    if answer is None:
        fail(f"the press has no record of {upload}: `rotative status` lists what it knows")
    if as_json:
        whose = {"id": answer.id, "key": answer.key, "ver": answer.ver}
        print_json({**whose, "receipt": answer.model_dump(mode="json"), "report": None})
    else:
        print_receipt(answer, desk_of(current_settings(press)).receipts)


def tell_all(press: Press, *, as_json: bool = False) -> None:
    try:
        found = list(statuses(press, dated=as_json))  # the table has no room for it
    except AccessRefused:
        fail("the list of all uploads is for an operator to see: name one, as in `rotative status sport/match.md`")
    if as_json:
        print_json([status.model_dump(mode="json") for status in found])
        return
    zone = current_settings(press).newsroom.zone if found else ZoneInfo("UTC")
    print_table(["state", "id", "path", "waiting for"], (_row(status, zone) for status in found))


def _row(status: Status, zone: ZoneInfo) -> list[str]:
    colour = _COLOURS[status.state]
    waiting = escape(_awaited(status, zone))
    return [f"[{colour}]{status.state}[/]", escape(status.id), escape(status.path or ""), waiting]


def _tell(status: Status, zone: ZoneInfo) -> None:
    out.print(f"[{_COLOURS[status.state]}]{status.state}[/] {escape(status.key)}")
    if status.live_since:
        out.print(f"  live since {_hour(status.live_since, zone)}, version {status.live_ver}")
        out.print(f"  {escape(status.path or '')}")
    if status.live_ver != status.ver:
        out.print(f"  newest version {status.ver}")
    if status.due:
        out.print(f"  due {_hour(status.due, zone)}")
    for problem in status.receipt.problems if status.receipt else ():
        print_problem(status.key, problem)
    content = "it is withdrawn" if status.state == "withdrawn" else "readers see all of it"
    out.print(f"  waiting for {escape(_awaited(status, zone) or f'nothing: {content}')}")


def _awaited(status: Status, zone: ZoneInfo) -> str:
    """What the newest version waits for; empty where there is nothing to come."""
    wanted = _wanted(status.receipt, zone) if status.receipt else "its receipt"
    return ", ".join(filter(None, [*status.waiting_for, wanted]))


def _wanted(answer: Receipt, zone: ZoneInfo) -> str:
    if answer.due:
        return f"its hour, {_hour(answer.due, zone)}"
    images = [problem.value or "" for problem in answer.problems if problem.code == "missing_image"]
    if answer.outcome == "held" and images:
        return "the image " + ", ".join(images)
    return {"held": "a correction", "refused": "a correction", "draft": "a version that is no draft"}.get(
        answer.outcome, ""
    )


def _hour(instant: datetime, zone: ZoneInfo) -> str:
    """In the newsroom's time, with its distance from UTC."""
    return f"{instant.astimezone(zone):%Y-%m-%d %H:%M:%S %z}"
