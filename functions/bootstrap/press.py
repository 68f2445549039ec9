"""What the press's functions work with, from their environment; made once a warm environment."""

import os
import uuid
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import boto3
from aws_lambda_powertools import Logger

import functions
from functions.adapters.s3 import S3Inbox, S3Site, S3State
from functions.adapters.sqs import SqsQueues
from functions.core.build import code_of_files
from functions.workflows.ports import Press

_ROOT = Path(functions.__file__).parent.parent


@cache
def press() -> Press:
    """The buckets and queues that the environment names."""
    s3, sqs = boto3.client("s3"), boto3.client("sqs")
    return Press(
        code=code(),
        inbox=S3Inbox(s3, os.environ["INBOX_BUCKET"]),
        state=S3State(s3, os.environ["STATE_BUCKET"]),
        site=S3Site(s3, os.environ["SITE_BUCKET"]),
        queues=SqsQueues(sqs, os.environ["INGEST_QUEUE_URL"], os.environ["RENDER_QUEUE_URL"]),
        nonce=lambda: uuid.uuid4().hex,
    )


@cache
def code() -> str:
    """The name of this code and its templates: what the build stamped on each zip, else computed from the files."""
    stamp = _ROOT / "CODE_VERSION"
    if stamp.exists():
        return stamp.read_text(encoding="utf-8")
    return code_of_files({**template_files(), **_files(_ROOT / "functions" / "core")})


@cache
def template_files() -> Mapping[str, bytes]:
    """The files of templates/, by their path below it."""
    return _files(_ROOT / "templates")


def _files(folder: Path) -> dict[str, bytes]:
    found = (path for path in sorted(folder.rglob("*")) if path.is_file() and "__pycache__" not in path.parts)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


@cache
def logger() -> Logger:
    """Structured lines on stdout; POWERTOOLS_SERVICE_NAME and LOG_LEVEL are Powertools' own to read."""
    return Logger()
