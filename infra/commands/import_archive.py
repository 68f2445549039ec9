"""`rotative import FOLDER`."""

import time
from collections import Counter, deque
from collections.abc import Callable, Container, Iterator, Mapping
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

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
from infra.bulk import at_once, client
from infra.console import bar, counted, fail, notes, print_json, print_receipt, shown
from infra.folder import as_key
from infra.processes import Progress
from infra.scratch import is_scratch
from infra.walk import MAX_FILE, files_below

_ASKED = 64  # receipts asked for at a time
_PAUSE = 0.5
_RENEWAL = 300.0  # seconds; an intake of which nobody has heard for 15 minutes counts as over
_AMISS = frozenset({"refused", "held"})


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
@click.option("--json", "as_json", is_flag=True, help="Print the counts, and the receipts of what is amiss, as JSON.")
def command(*, folder: Path, inbox: Path, stack: str | None, timeout: float, as_json: bool) -> None:
    """Bring in a whole archive: every article and image below FOLDER, or below the folder articles/ in it.

    Related boxes come last, once all articles are there, where as many uploads would print them again and again.
    What the press has already is not uploaded again, so an import that was interrupted can be started again; nor is
    what was erased from it. Exit 1 if any file is refused, or waits for an image, whenever it was uploaded.
    """
    press = connection.connect(inbox, stack)
    pages = desk_of(current_settings(press)).receipts
    files = _files(folder, erased={found.key for found in press.state.list(keys.ERASURES)})
    with bar() as progress, _under_way(press, timeout) as news:
        versions, new = _upload(files, news, progress)
        receipts = list(_receipts(press, versions, news, progress))
    with bar() as progress:
        _wait_until_printed(press, _News(timeout), progress)
    amiss = [each for each in receipts if each.outcome in _AMISS]
    counts = Counter(each.outcome for each in receipts if each.key in new)
    if as_json:
        told = [each.model_dump(mode="json") for each in amiss]
        print_json({"outcomes": counts, "already_there": len(files) - len(new), "receipts": told})
    else:
        for receipt in amiss:
            print_receipt(receipt, pages)
    said = ", ".join(f"{count:,} {outcome}" for outcome, count in counts.most_common()) or "nothing new"
    late = sum(each.key not in new for each in amiss)
    of_them = f", {late:,} of them refused or waiting" if late else ""
    notes.print(f"{said}; {len(files) - len(new):,} there already{of_them}")
    noticed = sum(bool(each.problems) for each in receipts if each.outcome not in _AMISS)
    if noticed:  # of a whole archive: too many to be told one by one, and nothing that keeps it from readers
        notes.print(
            f"{counted(noticed, 'file')} with notices, such as of what was left out: `rotative check` tells them"
        )
    raise SystemExit(1 if amiss else 0)


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
    except OSError as error:
        fail(f"cannot read {error.filename}: {error.strerror}: mend that and start the import again")
    finally:
        intake.end(press)


def _files(folder: Path, erased: Container[str]) -> dict[str, Path]:
    """What is to be uploaded, by inbox key: images first, so that no article has to wait for its own.

    What was erased is not: an archive is no way round the law. Nor are films and the like: nothing is made of them.
    """
    top = keys.ARTICLES if (folder / keys.ARTICLES).is_dir() else ""
    names = sorted(files_below(f"{folder}/", top, is_scratch))
    found = {keys.ARTICLES + as_key(name.removeprefix(top)): folder / name for name in names}
    if not found:
        fail(f"there is no file in {folder / top}")
    gone = {key for key in found if keys.erasure(keys.code_of(keys.id_of(key))) in erased}
    for key in sorted(gone):
        notes.print(
            f"{shown(key)}: erased from the press, not uploaded again: delete the file, or give it another name"
        )
    large = {key for key, path in found.items() if path.stat().st_size > MAX_FILE}
    for key in sorted(large):
        notes.print(f"{shown(key)}: larger than {MAX_FILE >> 20} MB, not uploaded")
    wanted = [(key, path) for key, path in found.items() if key not in gone | large]
    return dict(sorted(wanted, key=lambda item: kind_of(item[0]) != "image"))


def _upload(files: Mapping[str, Path], news: _News, progress: Progress) -> tuple[dict[str, str], set[str]]:
    """Upload what the inbox does not have; the version of each file there, and the keys of those that are new."""
    s3, bucket = client(), connection.inbox_bucket()
    pages = s3.get_paginator("list_object_versions").paginate(Bucket=bucket)
    newest = (each for page in pages for each in page.get("Versions", ()) if each["IsLatest"])
    there = {each["Key"]: (each["ETag"], each["VersionId"]) for each in newest}
    versions: dict[str, str] = {}

    def put(item: tuple[str, Path]) -> tuple[str, str]:
        key, body = item[0], item[1].read_bytes()
        etag, version = there.get(key, ("", ""))
        return key, version if etag == etag_of(body) else s3.put_object(Bucket=bucket, Key=key, Body=body)["VersionId"]

    for place, (key, version) in enumerate(at_once(put, files.items()), 1):
        versions[key] = version
        news.hear(anything=True)
        progress("uploading", place, len(files))
    return versions, {key for key, version in versions.items() if there.get(key, ("", ""))[1] != version}


def _receipts(press: Press, versions: Mapping[str, str], news: _News, progress: Progress) -> Iterator[Receipt]:
    """The receipts of some versions, as they come: mostly in the order of the uploads."""
    waiting = deque(keys.receipt(keys.id_of(key), version) for key, version in versions.items())
    while waiting:
        some = list(islice(waiting, _ASKED))
        found = {name: stored for name, stored in press.state.get_many(some).items() if stored}
        waiting = deque(name for name in waiting if name not in found)
        progress("taken in", len(versions) - len(waiting), len(versions))
        news.hear(anything=bool(found))
        yield from (Receipt.read(stored.body) for stored in found.values())
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
