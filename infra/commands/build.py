"""`rotative build INBOX OUT`."""

import os
import time
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import click

from functions.core import keys, places
from infra.console import bar, fail, notes, print_json, print_receipt
from infra.processes import WORTH_A_PROCESS, get_ready

if TYPE_CHECKING:
    from infra.build import Built

# What no other generator writes: a 404.html alone is everybody's.
_OURS = (keys.site_key(places.NOT_FOUND), keys.site_key(places.NEWSLETTER_EXPIRED))


class Instant(click.ParamType[datetime]):
    """An ISO 8601 instant; without an offset it is UTC."""

    name = "instant"

    def convert(self, value: str | datetime, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        if isinstance(value, datetime):
            return value
        try:
            instant = datetime.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is not like 2024-03-29T08:00:00+00:00", param, ctx)
        return instant if instant.tzinfo else instant.replace(tzinfo=UTC)


@click.command(
    epilog="""
\b
Examples:
  rotative build newsroom/ site/
  rotative build newsroom/ site/ --now 2024-03-29T08:00:00+00:00 --json
"""
)
@click.argument("inbox", type=click.Path(path_type=Path))
@click.argument("out", type=click.Path(path_type=Path))
@click.option("--jobs", type=click.IntRange(1), default=os.cpu_count(), help="Processes to use [default: all cores].")
@click.option("--now", "as_of", type=Instant(), help="The hour the site stands at [default: now].")
@click.option("--newsroom", type=click.Path(path_type=Path), help="Settings file [default: INBOX/newsroom.toml].")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON on stdout, nothing else there.")
@click.option("--strict", is_flag=True, help="Exit with 1 if any upload was refused.")
def command(
    *, inbox: Path, out: Path, jobs: int, as_of: datetime | None, newsroom: Path | None, as_json: bool, strict: bool
) -> None:
    """Publish the uploads in the folder INBOX and write the site into the folder OUT.

    INBOX holds articles/** and, if it has its own settings, newsroom.toml. What OUT already has right is left alone.
    """
    _check_inbox(inbox)
    _check_output(inbox, out)
    started = time.perf_counter()
    get_ready(jobs, sum(1 for _ in islice(inbox.rglob("*.*"), WORTH_A_PROCESS * jobs)), "infra.chunks")
    from infra.build import build  # noqa: PLC0415 - a third of a second, in which the processes do the same
    from infra.chunks import Plan  # noqa: PLC0415 - as above
    from infra.newsroom import read_settings  # noqa: PLC0415 - as above

    plan = Plan(inbox, out, read_settings(newsroom, inbox), as_of or datetime.now(UTC), jobs)
    with bar() as progress:
        built = build(plan, progress)
    _tell(built, time.perf_counter() - started, as_json=as_json)
    if strict and _count(built, "refused"):
        raise SystemExit(1)


def _check_inbox(inbox: Path) -> None:
    """A folder that is no inbox would be an empty newsroom, and take every page out of the site that stands in OUT."""
    if not inbox.is_dir():
        fail(f"there is no folder {inbox}: name the one that holds {keys.ARTICLES}")
    if not ((inbox / keys.ARTICLES).is_dir() or (inbox / keys.SETTINGS_KEY).is_file()):
        above = inbox.resolve().parent
        meant = f", as {above} does" if (above / keys.ARTICLES).is_dir() else ""
        fail(f"{inbox} holds neither {keys.ARTICLES} nor {keys.SETTINGS_KEY}: name the folder that does{meant}")


def _check_output(inbox: Path, out: Path) -> None:
    uploads, site = inbox.resolve(), out.resolve()
    if uploads.is_relative_to(site):
        fail(f"{out} holds the uploads: name another folder for the site")
    if site.is_relative_to(uploads / keys.ARTICLES):
        fail(f"{out} is among the uploads, and its pages would be uploads next time: name another folder for the site")
    if out.exists() and not out.is_dir():
        fail(f"{out} is a file: name a folder for the site")
    try:
        out.mkdir(parents=True, exist_ok=True)
        if any(out.iterdir()) and not all((out / name).is_file() for name in _OURS):
            fail(f"{out} is not empty, and not a site that I wrote: name another folder, or empty it")
        probe = out / ".rotative-probe"
        probe.touch()
        probe.unlink()
    except OSError as error:
        fail(f"cannot write into {out}: {error.strerror}")


def _count(built: "Built", outcome: str) -> int:
    return sum(receipt.outcome == outcome for receipt in built.receipts)


def _tell(built: "Built", seconds: float, *, as_json: bool) -> None:
    pages = built.pages.written + built.pages.unchanged
    if as_json:
        receipts = [receipt.model_dump(mode="json") for receipt in built.receipts]
        counts = {outcome: _count(built, outcome) for outcome in ("published", "refused")}
        print_json({**counts, "pages": pages, "seconds": round(seconds, 3), "receipts": receipts})
        return
    for receipt in built.receipts:
        if receipt.problems:
            print_receipt(receipt)
    notes.print(
        f"{_count(built, 'published')} published, {_count(built, 'refused')} refused; {pages} pages, "
        f"{built.pages.written} written, in {seconds:.1f} s"
    )
