"""`rotative restore ID VERSION`."""

import time
from collections.abc import Sequence
from pathlib import Path

import boto3
import click

from functions.core import keys
from functions.workflows.history import history_of
from infra import connection
from infra.answers import tell, wait_for
from infra.console import fail
from infra.local.inbox import MARK
from infra.local.mirrored import place_of, put_back


@click.command(
    epilog="""
\b
Example:
  rotative restore 2024/03/al-omrane.md 3HL4kqtJvjVBH40Nrjfkd       a version that `rotative history` lists,
                                                                    or its beginning, if no other begins so
"""
)
@click.argument("upload")
@click.argument("version")
@connection.options
@click.option("--timeout", type=float, default=60, show_default=True, help="Seconds to wait for the receipt.")
def command(*, upload: str, version: str, inbox: Path, stack: str | None, timeout: float) -> None:
    """Upload an older version of an article again, wait until it is live, and print its receipt.

    It may be one of newsroom.toml or front.yaml, too. Nothing is taken back: it is a new version, with the bytes of the
    old one. Where the inbox is a folder that `serve` watches, its file gets these bytes too.
    """
    press = connection.connect(inbox, stack)
    upload_id = connection.upload_id(press, inbox, upload)
    version = _whole(version, [past.ver for past in history_of(press, upload_id) if not past.deleted], upload)
    key, s3 = keys.named(upload_id), boto3.client("s3")
    old = s3.get_object(Bucket=connection.inbox_bucket(), Key=key, VersionId=version)["Body"].read()
    file = None if stack else place_of(inbox, key)
    ver = s3.put_object(Bucket=connection.inbox_bucket(), Key=key, Body=old, Metadata=MARK if file else {})["VersionId"]
    uploaded = time.monotonic()
    if file:
        _put_back(file, old)
    receipt = wait_for(press, key, ver, uploaded + timeout)
    tell(press, receipt, time.monotonic() - uploaded)
    raise SystemExit(receipt.outcome == "refused")


def _whole(begun: str, versions: Sequence[str], upload: str) -> str:
    """The one version that begins so."""
    found = [begun] if begun in versions else [version for version in versions if begun and version.startswith(begun)]
    if not found:
        fail(f"{upload} has no version {begun} that could be uploaded: see `rotative history {upload}`")
    if len(found) > 1:
        fail(f"{begun} may be any of these versions of {upload}: {', '.join(found)}")
    return found[0]


def _put_back(file: Path, body: bytes) -> None:
    """After the upload, so that whoever watches the folder finds nothing new in it."""
    try:
        put_back(file, body)
    except OSError as error:
        fail(f"restored, but {file} cannot be written ({error.strerror}): the next start of `serve` undoes it")
