"""What commands print: colour and bars on a terminal, plain lines elsewhere; notes on stderr, results on stdout."""

import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import NoReturn

from rich.console import Console
from rich.markup import escape
from rich.measure import Measurement
from rich.progress import BarColumn, MofNCompleteColumn, TaskID, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bars
from rich.table import Column, Table

from functions.core.problem import Problem
from functions.core.receipt import LiveFrom, Receipt
from functions.core.receipt_page import ReceiptPages
from functions.core.report import Box, Report
from functions.core.unseen import spelled_out
from infra.processes import Progress

out = Console(highlight=False, soft_wrap=True)
notes = Console(stderr=True, highlight=False, soft_wrap=True)
_ENDLESS = 100_000
_STARTS: dict[LiveFrom, str] = {"upload": "the upload", "hour": "its hour", "image": "its image came"}
_COLOURS = {"published": "green", "stored": "green", "refused": "red", "held": "yellow", "draft": "yellow"}


def print_json(value: object) -> None:
    """One JSON document on stdout, and nothing else there; in ASCII where the terminal is not UTF-8."""
    is_utf_8 = sys.stdout.encoding.lower().replace("-", "") == "utf8"
    sys.stdout.write(json.dumps(value, ensure_ascii=not is_utf_8, indent=2, default=str) + "\n")


def shown(text: str) -> str:
    """A text of somebody else's as markup: it says nothing but itself, and stays on its line."""
    return escape(spelled_out(text))


def counted(number: int, what: str) -> str:
    """`1 file`, `2 files`."""
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def fail(message: str) -> NoReturn:
    """Say what is wrong and what to do, and end with exit code 2."""
    notes.print(f"[red]rotative:[/] {escape(message)}")
    sys.exit(2)


def print_table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Rows of markup under their heads: whole on a line each, but on a terminal, where what is too long is folded."""
    table = Table(*(Column(head, overflow="fold") for head in columns), box=None)
    for row in rows:
        table.add_row(*map(spelled_out, row))
    if not out.is_terminal:
        table.width = Measurement.get(out, out.options.update(max_width=_ENDLESS), table).maximum
    out.print(table)


def print_receipt(receipt: Receipt, pages: ReceiptPages | None = None) -> None:
    """A receipt for people: one line, what the newsroom's `pages` say of it, then one line for each problem."""
    colour = _COLOURS.get(receipt.outcome, "cyan")
    address = shown(receipt.url or "") if receipt.outcome != "refused" else ""
    if address and receipt.outcome != "published":
        address = f"will be at {address}"
    where = f"  [dim]{address}[/]" if address else ""
    out.print(f"[{colour}]{receipt.outcome:9}[/] {shown(receipt.key)}{where}")
    for sentence in pages.said(receipt) if pages else ():
        out.print(f"  {shown(sentence)}")
    for problem in receipt.problems:
        print_problem(receipt.key, problem)


def print_report(report: Report, base_url: str, seconds: float | None = None) -> None:
    """What became of an upload; `seconds` from upload to live, where somebody has measured them."""
    live_after = report.live_after if seconds is None else round(seconds, 2)
    if live_after is not None and report.receipt.outcome == "published":
        out.print(f"  live {live_after} s after {_STARTS[report.live_from if seconds is None else 'upload']}")
    if report.preview:
        out.print(f"  preview {shown(base_url + report.preview)}")
    for box in report.boxes:
        out.print(f"  in the related box of {_explained(box)}")
    for absent in report.absent:
        out.print(f"  {absent.field} names {shown(absent.id)}, which is not live", style="yellow")
    if report.receipt.outcome == "published":
        out.print(f"  concerns {shown(', '.join(report.groups))}", style="dim")
    counts = Counter(touched.what for touched in report.objects)
    said = f"{counts['written']} written, {counts['unchanged']} unchanged, {counts['deleted']} deleted"
    if counts["rewritten"]:
        said += f", {counts['rewritten']} written again later"
    out.print(f"  {said}; about {report.calls} AWS calls, {report.usd:.5f} USD", style="dim")


def print_related(boxes: Iterable[Box]) -> None:
    """What a related box shows, and why."""
    for place, box in enumerate(boxes, 1):
        out.print(f"  related {place}. {_explained(box)}")


def _explained(box: Box) -> str:
    shared = f", {shown(', '.join(box.terms))}" if box.terms else ""
    return f"{shown(box.id)} ({box.score}{shared})"


def print_problem(name: str, problem: Problem) -> None:
    """Where, what, and what to write instead (the reason says it)."""
    line = f":{problem.line}" if problem.line else ""
    out.print(f"  [bold]{shown(name)}{line}[/] {shown(problem.reason)}")


@contextmanager
def bar() -> Iterator[Progress]:
    """A progress bar on stderr; none when that is not a terminal."""
    columns = (TextColumn("{task.description:9}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Bars(*columns, console=notes, disable=not notes.is_terminal) as bars:
        tasks: dict[str, TaskID] = {}

        def progress(what: str, done: int, of: int) -> None:
            if what not in tasks:
                tasks[what] = bars.add_task(what, total=of)
            bars.update(tasks[what], completed=done, total=of)

        yield progress
