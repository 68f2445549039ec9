"""Load: many uploads at once into one category, through moto's server, with real threads.

`python -m tests.bench.load [UPLOADS]` (make bench-load) loses none of them, or exits 1.
"""

import os
import re
import sys
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NamedTuple

import boto3

from functions.bootstrap.press import press
from functions.workflows import render
from infra.commands.verify import differences
from infra.local.press import LocalPress
from tests.bench.report import table, write_section
from tests.newsroom import SETTINGS
from tests.workflows.articles import article

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

UPLOADS = 1_000
_EDITORS = 32
_PATIENCE = 3_600
_SYLLABLES = [f"{consonant}{vowel}" for consonant in "bdfglmnprstv" for vowel in "aeiou"]
_LISTED = re.compile(r'<ol class="[^"]*entries.*?</ol>', re.DOTALL)


class Load(NamedTuple):
    """What came of it: `asked` counts flags that were set, `printed` the times that a group was printed."""

    published: int
    listed: Counter[str]
    differing: int
    asked: int
    printed: int
    seconds: float


def run(uploads: int) -> Load:
    """Upload so many articles at once to a local press, and wait until it has nothing left to do."""
    with TemporaryDirectory() as folder, counted_prints() as prints:
        inbox = Path(folder) / "inbox"
        (inbox / "articles").mkdir(parents=True)
        (inbox / "newsroom.toml").write_bytes(SETTINGS)
        with LocalPress(inbox, Path(folder) / "data", 0, 0) as running:
            running.wait_until_quiet(_PATIENCE)
            prints.clear()
            asked, paths = Counter[str](), dict[str, str]()
            running.cloud.on_object("StateBucket", "dirty/", lambda key, _: asked.update([key]))
            running.on_outcome(lambda receipt: paths.update({receipt["id"]: receipt["url"] or ""}))
            started = time.perf_counter()
            _upload(running.endpoint, uploads)
            running.wait_until_quiet(_PATIENCE)
            seconds = time.perf_counter() - started
            differing = list(differences(press()))
            return Load(len(paths), _listed(), len(differing), asked.total(), prints.total(), seconds)


def _upload(endpoint: str, uploads: int) -> None:
    s3: S3Client = boto3.client("s3", endpoint_url=endpoint)

    def save(number: int) -> None:
        key = f"articles/essai-{number}.md"
        s3.put_object(Bucket=os.environ["INBOX_BUCKET"], Key=key, Body=_text(number).encode())

    with ThreadPoolExecutor(_EDITORS) as editors:
        list(editors.map(save, range(uploads)))


def _text(number: int) -> str:
    """An article of the category, with a title and tags of its own."""
    luck = Random(number)
    words = ["".join(luck.choices(_SYLLABLES, k=3)) for _ in range(6)]
    tags = ", ".join({_SYLLABLES[luck.randrange(8)] * 2, _SYLLABLES[luck.randrange(30)] * 3})
    title, date = f"Essai {' '.join(words)}", f"2024-03-{1 + number % 28:02d}"
    return article(title, tags=tags, date=date, slug=f"essai-{number}")


def _listed() -> Counter[str]:
    """How often the category's months list each article."""
    s3 = boto3.client("s3")
    found: Counter[str] = Counter()
    for each in press().site.list("economie/2024/"):
        body = s3.get_object(Bucket=os.environ["SITE_BUCKET"], Key=each.key)["Body"].read().decode()
        found.update(path for rows in _LISTED.findall(body) for path in re.findall(r'href="([^"]*essai-[^"]*)"', rows))
    return found


@contextmanager
def counted_prints() -> Iterator[Counter[str]]:
    """Counts how often each kind of group is printed."""
    prints: Counter[str] = Counter()
    inner = render._print

    def counted(*arguments: object, again: bool) -> bool:
        prints[arguments[2].kind] += 1  # type: ignore[attr-defined] # the third argument is a group
        return inner(*arguments, again=again)  # type: ignore[arg-type] # whatever render passes on

    setattr(render, "_print", counted)  # noqa: B010 - a meter in the place of the function
    try:
        yield prints
    finally:
        setattr(render, "_print", inner)  # noqa: B010 - and the function again


def main(uploads: int) -> int:
    """Run it and write the section of the report; 1 if anything was lost, listed twice or differs from a rebuild."""
    load = run(uploads)
    once = sum(times == 1 for times in load.listed.values())
    rows: list[list[object]] = [
        ["uploads at once", f"{uploads:,}"],
        ["published", f"{load.published:,}"],
        ["lost", uploads - load.published],
        ["listed exactly once by the category's months", f"{once:,}"],
        ["differences from a rebuild", load.differing],
        ["renders asked for", f"{load.asked:,}"],
        ["renders saved by coalescing", f"{load.asked - load.printed:,}"],
        ["seconds, two cores", f"{load.seconds:.0f}"],
    ]
    text = table(["", "figure"], rows)
    sys.stdout.write(f"{text}\n")
    healthy = load.published == once == len(load.listed) == uploads and not load.differing
    if healthy and uploads == UPLOADS:
        write_section("Load", "make bench-load", text)
    return 0 if healthy else 1


if __name__ == "__main__":
    os.environ["POWERTOOLS_LOG_LEVEL"] = "WARNING"
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else UPLOADS))
