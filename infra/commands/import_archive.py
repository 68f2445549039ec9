"""`rotative import FOLDER`."""

import time
from collections import Counter, deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

import boto3
import click

from functions.bootstrap.desk import desk_of
from functions.core import keys
from functions.core.files import kind_of
from functions.core.objects import etag_of
from functions.core.receipt import Receipt
from functions.workflows import intake
from functions.workflows.now import current_settings
from functions.workflows.ports import Press
from infra import connection
from infra.bulk import at_once
from infra.console import bar, fail, notes, print_json, print_receipt
from infra.folder import as_key, files_below
from infra.processes import Progress
from infra.scratch import is_scratch

_ASKED = 64  # receipts asked for at a time
_PAUSE = 0.5
_RENEWAL = 300.0  # seconds; an intake of which nobody has heard for 15 minutes counts as over
_FINE = frozenset({"published", "stored", "draft"})


@click.command(
    epilog="""
\b
Examples:
  rotative import archive                  archive/2019/03/al-omrane.md becomes articles/2019/03/al-omrane.md
  rotative import archive --stack gazette
"""
)
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
@connection.options
@click.option(
    "--timeout", type=float, default=300, show_default=True, help="Seconds without any news to give up after."
)
@click.option(
    "--json", "as_json", is_flag=True, help="Print the counts, and the receipts of what is not live, as JSON."
)
def command(*, folder: Path, inbox: Path, stack: str | None, timeout: float, as_json: bool) -> None:
    """Bring in a whole archive: every article and image below FOLDER, or below the folder articles/ in it.

    Related boxes come last, once all articles are there, where as many uploads would print them again and again.
    What the press has already is not uploaded again: an import that was interrupted can be started again.
    Exit 1 if any article is not live.
    """
    press = connection.connect(inbox, stack)
    pages = desk_of(current_settings(press)).receipts
    files = _files(folder)
    with bar() as progress, _under_way(press, timeout) as news:
        versions = _upload(files, news, progress)
        receipts = list(_receipts(press, versions, news, progress))
    with bar() as progress:
        _wait_until_printed(press, _News(timeout), progress)
    others = [each for each in receipts if each.outcome not in _FINE]
    counts = Counter(each.outcome for each in receipts)
    if as_json:
        told = [each.model_dump(mode="json") for each in others]
        print_json({"outcomes": counts, "already_there": len(files) - len(versions), "receipts": told})
    else:
        for receipt in others:
            print_receipt(receipt, pages)
    said = ", ".join(f"{count:,} {outcome}" for outcome, count in counts.most_common()) or "nothing new"
    notes.print(f"{said}; {len(files) - len(versions):,} there already")
    raise SystemExit(1 if others else 0)


class _News:
    """How long nothing has happened. Raises TimeoutError when that is too long."""

    def __init__(self, timeout: float, renew: Callable[[], None] = lambda: None) -> None:
        self._timeout, self._renew = timeout, renew
        self._last = self._renewed = time.monotonic()

    def hear(self, *, anything: bool) -> None:
        now = time.monotonic()
        if anything:
            self._last = now
        elif now - self._last > self._timeout:
            raise TimeoutError
        if now - self._renewed > _RENEWAL:
            self._renew()
            self._renewed = now


@contextmanager
def _under_way(press: Press, timeout: float) -> Iterator[_News]:
    """An intake, which ends in any case."""
    intake.begin(press)
    try:
        yield _News(timeout, lambda: intake.begin(press))
    except TimeoutError:
        fail("the press has stopped answering: start the import again, it goes on from here; see `rotative status`")
    finally:
        intake.end(press)


def _files(folder: Path) -> dict[str, Path]:
    """What is to be uploaded, by inbox key: images first, so that no article has to wait for its own."""
    root = folder / "articles" if (folder / "articles").is_dir() else folder
    found = {keys.ARTICLES + as_key(name): root / name for name in sorted(files_below(f"{root}/", "", is_scratch))}
    if not found:
        fail(f"there is no file in {root}")
    return dict(sorted(found.items(), key=lambda item: kind_of(item[0]) != "image"))


def _upload(files: Mapping[str, Path], news: _News, progress: Progress) -> dict[str, str]:
    """Upload what the inbox does not have; the version of each."""
    s3, bucket = boto3.client("s3"), connection.inbox_bucket()
    pages = s3.get_paginator("list_objects_v2").paginate(Bucket=bucket)
    there = {each["Key"]: each["ETag"] for page in pages for each in page.get("Contents", ())}
    new = [(key, path) for key, path in files.items() if there.get(key) != etag_of(path.read_bytes())]
    versions: dict[str, str] = {}

    def put(item: tuple[str, Path]) -> tuple[str, str]:
        key, path = item
        return key, s3.put_object(Bucket=bucket, Key=key, Body=path.read_bytes())["VersionId"]

    for key, version in at_once(put, new):
        versions[key] = version
        news.hear(anything=True)
        progress("uploading", len(versions), len(new))
    return versions


def _receipts(press: Press, versions: Mapping[str, str], news: _News, progress: Progress) -> Iterator[Receipt]:
    """The receipts of some versions, as they come: mostly in the order of the uploads."""
    waiting = deque(keys.receipt(keys.id_of(key), version) for key, version in versions.items())
    while waiting:
        some = list(islice(waiting, _ASKED))
        found = {name: stored for name, stored in press.state.get_many(some).items() if stored}
        waiting = deque(name for name in waiting if name not in found)
        progress("taken in", len(versions) - len(waiting), len(versions))
        news.hear(anything=bool(found))
        yield from (Receipt.model_validate_json(stored.body) for stored in found.values())
        if not found:
            waiting.rotate(-_ASKED)
        if len(found) < len(some):
            time.sleep(_PAUSE)


def _wait_until_printed(press: Press, news: _News, progress: Progress) -> None:
    most = before = 0
    while (left := sum(1 for _ in press.state.list(keys.DIRTY))) or press.state.get(keys.INTAKE_KEY):
        most = max(most, left)
        progress("printing", most - left, most)
        try:
            news.hear(anything=left != before)
        except TimeoutError:
            fail(f"{left:,} groups of pages are still to be printed: ask `rotative status`, or look at the alarms")
        before = left
        time.sleep(_PAUSE)
    progress("printing", most, most)
