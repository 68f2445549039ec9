"""A rebuild into S3: by the clients that functions have, and in bulk; and what a PUT alone costs either of them.

`make bench-rebuild` (SIZE=1000). The server is moto, in a process of its own, whose work is not counted.
"""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import NamedTuple

import boto3
from botocore.exceptions import BotoCoreError

from functions.adapters.s3 import S3Inbox, S3Site
from functions.bootstrap.desk import desk_of
from functions.bootstrap.files import code
from functions.bootstrap.house import house_of
from functions.core.build import Build
from functions.core.objects import Condition
from functions.core.page import Page
from functions.core.settings import parse_settings
from functions.workflows.editing import Editor
from functions.workflows.rebuild import Basis, Each, Rebuilt, compare, rebuild
from infra.bulk import BulkInbox, BulkSite, at_once, store
from tests.bench import corpus
from tests.bench.report import FOLDER, table, write_section
from tests.e2e.test_serve import free_port

SIZE = 1_000
_PUTS = 500
_INBOX, _HOUR = "inbox", datetime(2030, 1, 1, tzinfo=UTC)


class Way(NamedTuple):
    """How a rebuild asks S3."""

    name: str
    inbox: S3Inbox
    site: S3Site
    each: Each


class Spent(NamedTuple):
    """What one needed here, the server aside."""

    cpu: float
    wall: float


def main(size: int) -> None:
    """Measure and write."""
    with _server():
        _upload(size)
        rows = [_row(way, size) for way in _ways()]
    head = ["clients", "CPU ms an article", "articles a s", "again: CPU ms an article", "a PUT alone: CPU µs"]
    text = f"{size:,} articles. moto's part, in a process of its own on the same two cores, is in the seconds alone."
    write_section("Rebuild into S3", f"make bench-rebuild SIZE={size}", f"{table(head, rows)}\n\n{text}")


def _ways() -> Iterator[Way]:
    client = boto3.client("s3")
    for name, bulk in (("of functions: botocore", False), ("of the command: in bulk", True)):
        site = name.split()[-1]
        client.create_bucket(Bucket=site)
        if bulk:
            yield Way(name, BulkInbox(client, _INBOX, store(_INBOX)), BulkSite(client, site, store(site)), at_once)
        else:
            yield Way(name, S3Inbox(client, _INBOX), S3Site(client, site), map)


def _row(way: Way, size: int) -> list[object]:
    full, written = _rebuilt(way)
    again, rewritten = _rebuilt(way)
    if written.written < size or rewritten.written:
        sys.exit(f"{way.name}: {written}, then {rewritten}")
    alone = _spent(lambda: _put_some(way.site))
    return [
        way.name,
        f"{full.cpu / size * 1000:.2f}",
        f"{size / full.wall:,.0f}",
        f"{again.cpu / size * 1000:.2f}",
        f"{alone.cpu / _PUTS * 1e6:.0f}",
    ]


def _put_some(site: S3Site) -> None:
    for number in range(_PUTS):
        site.put(Page(f"put/{number}", b"x" * 15_000), Condition(None))


def _rebuilt(way: Way) -> tuple[Spent, Rebuilt]:
    settings = parse_settings((FOLDER / "newsroom.toml").read_bytes())
    editor = Editor(way.inbox, desk_of(settings), Build(code=code(), settings=settings))
    done: list[Rebuilt] = []

    def run() -> None:
        compared = compare(way.site, lambda: Basis(editor, house_of(settings), _HOUR))
        done.append(rebuild(way.site, compared, way.each))

    return _spent(run), done[0]


def _spent(do: Callable[[], object]) -> Spent:
    cpu, wall = time.process_time(), time.perf_counter()
    do()
    return Spent(time.process_time() - cpu, time.perf_counter() - wall)


def _upload(size: int) -> None:
    client = boto3.client("s3")
    client.create_bucket(Bucket=_INBOX)
    client.put_bucket_versioning(Bucket=_INBOX, VersioningConfiguration={"Status": "Enabled"})
    for name, text in map(corpus.article, range(size)):
        client.put_object(Bucket=_INBOX, Key=f"articles/{name}", Body=text.encode())


@contextmanager
def _server() -> Iterator[None]:
    port = free_port()
    values = {"AWS_ACCESS_KEY_ID": "any", "AWS_SECRET_ACCESS_KEY": "any", "AWS_DEFAULT_REGION": "us-east-1"}
    os.environ.update(values, AWS_ENDPOINT_URL=f"http://127.0.0.1:{port}")
    command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            _wait()
            yield
        finally:
            process.terminate()


def _wait() -> None:
    for _ in range(100):
        try:
            boto3.client("s3").list_buckets()
        except BotoCoreError:
            time.sleep(0.1)
        else:
            return
    sys.exit("moto's server does not answer")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else SIZE)
