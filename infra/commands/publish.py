"""`rotative publish FILE...`."""

import time
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import boto3
import click

from functions.bootstrap.desk import desk_of
from functions.bootstrap.house import house_of
from functions.core.receipt import Receipt
from functions.workflows.now import current_settings
from functions.workflows.ports import Press
from functions.workflows.rehearse import rehearse
from infra import connection
from infra.answers import report_for, tell, wait_for
from infra.console import fail, notes, print_json, print_problem, print_receipt, shown
from infra.diff import named, print_changes
from infra.local.press import find_press
from infra.newsroom import DATA, read_settings
from infra.verdict import Verdict, key_of, verdicts_on


@click.command(
    epilog="""
\b
Examples:
  rotative publish articles/2024/03/al-omrane.md photo.jpg
  rotative publish article.md --dry-run
  rotative publish article.md --stack rotative-production
"""
)
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@connection.options
@click.option("--dry-run", is_flag=True, help="Only say what would happen, page by page; upload nothing.")
@click.option("--timeout", type=float, default=60, show_default=True, help="Seconds to wait for each receipt.")
@click.option("--json", "as_json", is_flag=True, help="Print the receipts, or what would happen, as JSON on stdout.")
def command(
    *, files: tuple[Path, ...], inbox: Path, stack: str | None, dry_run: bool, timeout: float, as_json: bool
) -> None:
    """Upload files to the inbox, wait for their receipts and until they are live, and print them.

    A file below a folder named articles/ keeps its place there; any other goes to the top. Exit 1 if any was refused.
    """
    uploads = _by_key(files)
    if dry_run:
        raise SystemExit(_rehearse(uploads, inbox, stack, as_json=as_json))
    press = connection.connect(inbox, stack)
    uploaded = [(key, _upload(key, path), time.monotonic()) for key, path in uploads.items()]
    answers = [
        (wait_for(press, key, ver, time.monotonic() + timeout), time.monotonic() - at) for key, ver, at in uploaded
    ]
    if as_json:
        print_json([_told(press, receipt, seconds) for receipt, seconds in answers])
    else:
        for receipt, seconds in answers:
            tell(press, receipt, seconds)
    raise SystemExit(any(receipt.outcome == "refused" for receipt, _ in answers))


def _by_key(files: Iterable[Path]) -> dict[str, Path]:
    """The files by their inbox keys; ends the command where one is missing, or would replace another."""
    found: dict[str, Path] = {}
    for path in files:
        if path.is_dir():
            fail(f"{path} is a folder: name the files in it")
        if not path.is_file():
            fail(f"there is no file {path}")
        first = found.setdefault(key_of(path), path)
        if not first.samefile(path):
            fail(f"{first} and {path} would both be {key_of(path)}: rename one, or put it below a folder articles/")
    return found


def _told(press: Press, receipt: Receipt, seconds: float) -> dict[str, Any]:
    report = report_for(press, receipt.key, receipt.ver)
    more = report.model_dump(mode="json", exclude={"receipt"}) if report else None
    return {**receipt.model_dump(mode="json"), "seconds": round(seconds, 3), "report": more}


def _rehearse(files: Mapping[str, Path], inbox: Path, stack: str | None, *, as_json: bool) -> bool:
    """Whether any would be refused. Without a press to ask, only what the files say for themselves is known."""
    if stack is None and find_press(inbox / DATA) is None:
        notes.print(f"no press is serving {inbox}: the files are checked, what they would change is not known")
        return _check(files, inbox, as_json=as_json)
    press = connection.connect_same_build(inbox, stack)
    uploads = {key: path.read_bytes() for key, path in files.items()}
    found = rehearse(press, desk_of, house_of, uploads, datetime.now(UTC))
    if as_json:
        receipts = [receipt.model_dump(mode="json") for receipt in found.receipts]
        print_json({"receipts": receipts, "changes": named(found.changes, connection.site_reader())})
    else:
        pages = desk_of(current_settings(press)).receipts
        for receipt in found.receipts:
            print_receipt(receipt, pages)
        print_changes(found.changes, connection.site_reader())
    return any(receipt.outcome == "refused" for receipt in found.receipts)


def _check(files: Mapping[str, Path], inbox: Path, *, as_json: bool) -> bool:
    settings = read_settings(None, inbox)
    verdicts = dict(zip(files, verdicts_on(settings, (), [*files.values()]), strict=True))
    if as_json:
        receipts = [{"key": key, **verdict.document()} for key, verdict in verdicts.items()]
        print_json({"receipts": receipts, "changes": None})
    else:
        for key, verdict in verdicts.items():
            _tell_verdict(str(files[key]), key, verdict)
    return any(verdict.outcome == "refused" for verdict in verdicts.values())


def _tell_verdict(name: str, key: str, verdict: Verdict) -> None:
    for problem in verdict.problems:
        print_problem(name, problem)
    if verdict.outcome != "refused":
        waiting = ", and wait for an image" if verdict.outcome == "held" else ""
        notes.print(f"{shown(name)} would be taken as {shown(key)}{waiting}")


def _upload(key: str, path: Path) -> str:
    answer = boto3.client("s3").put_object(Bucket=connection.inbox_bucket(), Key=key, Body=path.read_bytes())
    return answer["VersionId"]
