"""`rotative presign KEY`."""

import mimetypes
import shlex
from pathlib import Path

import boto3
import click
from botocore.config import Config

from functions.core import keys
from functions.core.files import kind_of, max_bytes
from functions.core.picture import MAX_BYTES
from infra import connection
from infra.console import fail, notes, print_json

_OTHER = "application/octet-stream"
# In its older regions boto3 signs a form by version 2, which S3 takes for no bucket made since June 2020, and names the
# global endpoint, which knows a new bucket only hours later.
_NEW_BUCKET = Config(signature_version="s3v4", s3={"addressing_style": "virtual"})


@click.command(
    epilog="""
\b
Example:
  rotative presign 2024/03/al-omrane.md --minutes 30 --stack rotative-production
"""
)
@click.argument("key")
@connection.options
@click.option("--minutes", type=click.IntRange(1, 720), default=60, show_default=True, help="How long it is good for.")
def command(*, key: str, inbox: Path, stack: str | None, minutes: int) -> None:
    """Make a form by which somebody without an account may upload one file to one place of the inbox.

    It is good for that key alone, for a file of its kind and of no more bytes than the press accepts, and ends with the
    credentials that sign it: those of an SSO session sooner than --minutes may say. Prints JSON: post the fields, then
    the file in a field `file`, to the url.
    """
    connection.connect(inbox, stack)
    full = keys.ARTICLES + key.removeprefix(keys.ARTICLES)
    kind = kind_of(full)
    if not keys.is_natural(full) or kind == "other":
        fail(f"{key} is no article and no image: its end has to say what it is, as .md or .jpg does")
    content_type = mimetypes.guess_type(full)[0] or _OTHER
    fields = {"Content-Type": content_type}
    conditions: list[object] = [
        fields,
        ["content-length-range", 1, max_bytes(full) if kind == "article" else MAX_BYTES],
    ]
    form = boto3.client("s3", config=_NEW_BUCKET).generate_presigned_post(
        connection.inbox_bucket(), full, Fields=fields, Conditions=conditions, ExpiresIn=minutes * 60
    )
    print_json(form)
    # -F would read a semicolon in a name as the end of the field.
    posted = [part for name, value in form["fields"].items() for part in ("--form-string", f"{name}={value}")]
    notes.print(shlex.join(["curl", *posted, "-F", "file=@FILE", form["url"]]), markup=False)
