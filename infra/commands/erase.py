"""`rotative erase ID --reason TEXT`."""

import time
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

import boto3
import click

from functions.core import keys
from functions.core.audit import Erasure
from functions.core.errors import NotSettled, WriteConflict
from functions.workflows.erase import erase, uploads_of
from functions.workflows.ports import Press
from functions.workflows.status import status_of
from infra import connection
from infra.console import fail, notes, print_json
from infra.local.mirrored import take_away

_TICK = 0.1  # seconds


@click.command(
    epilog="""
\b
Example:
  rotative erase 2024/03/al-omrane.md --reason "court order 2024/118"
"""
)
@click.argument("upload")
@connection.options
@click.option("--reason", required=True, help="Why, for the one line that remains. Put nothing private into it.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option("--timeout", type=float, default=120, show_default=True, help="Seconds to wait for its withdrawal.")
def command(*, upload: str, inbox: Path, stack: str | None, reason: str, yes: bool, timeout: float) -> None:
    """Withdraw an upload, then erase every version, record, receipt, image and page of it. It cannot be undone.

    Where the inbox is a folder that `serve` watches, its files of the upload are deleted too. What a mailbox or an
    editor's own folder holds is theirs to forget; the CDN has forgotten it at its withdrawal.
    """
    press = connection.connect(inbox, stack)
    upload_id = connection.upload_id(press, inbox, upload)
    found = status_of(press, upload_id)
    if found is None:
        fail(
            f"the press has no record of {upload}: `rotative status` lists what it knows; an image is erased with the"
            " article that alone shows it"
        )
    if not yes:
        click.confirm(f"Erase every version of {found.key} for good?", abort=True, err=True)
    if found.state != "withdrawn":
        boto3.client("s3").delete_object(Bucket=connection.inbox_bucket(), Key=found.key)
    by = connection.whoever()
    files = () if stack else uploads_of(press, upload_id)
    erasure = _erase_once_withdrawn(press, upload_id, by, reason, timeout)
    _take_away(inbox, files)
    if erasure:
        print_json(erasure.model_dump(mode="json"))
    notes.print(f"{upload} is erased; what remains is {keys.erasure(keys.code_of(upload_id))}")


def _erase_once_withdrawn(press: Press, upload_id: str, by: str, reason: str, timeout: float) -> Erasure | None:
    """Try until no page waits to be printed without the upload: its withdrawal is stored before those are flagged."""
    deadline = time.monotonic() + timeout
    while True:
        try:
            return erase(press, connection.shredder(), upload_id, by=by, reason=reason, now=datetime.now(UTC))
        except (NotSettled, WriteConflict):
            if time.monotonic() > deadline:
                fail(f"{upload_id} is not withdrawn everywhere yet: give the command again")
        time.sleep(_TICK)


def _take_away(inbox: Path, uploads: Iterable[str]) -> None:
    """Last, when the bucket holds nothing any more: whoever watches the folder has nothing left to delete there."""
    try:
        take_away(inbox, uploads)
    except OSError as error:
        fail(f"erased from the press, but {error.filename} cannot be deleted ({error.strerror}): delete it by hand")
