"""How much a fixed piece of work takes, counted where no other program of the machine can disturb.

`python -m tests.gates.work` prints the counts as JSON: calls of functions, Python's own included, in a build of 200
articles in one process; requests to S3 in the day of a small press. work.toml keeps what they were.
"""

import cProfile
import json
import pstats
import re
import shutil
import sys
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from infra.build import build
from infra.chunks import Plan
from infra.newsroom import read_settings
from tests.bench import corpus
from tests.bench.meter import Meter
from tests.bench.report import FOLDER
from tests.newsroom import Newsroom

ARTICLES, WARMED_UP_BY = 200, 5
_CATEGORY = re.compile("^category: .*$", re.MULTILINE)
_AS_OF = datetime(2030, 1, 1, tzinfo=UTC)


def calls_of_a_build() -> int:
    """Calls of functions in a build, once everything is imported and compiled."""
    with TemporaryDirectory() as folder:
        few, many = (_plan(Path(folder) / str(count), count) for count in (WARMED_UP_BY, ARTICLES))
        build(few, _silent)
        profile = cProfile.Profile()
        profile.runcall(build, many, _silent)
    return int(pstats.Stats(profile).total_calls)  # type: ignore[attr-defined] # typeshed leaves it out


def requests_of_a_day() -> int:
    """Requests to S3 while 20 articles come, 5 of them change, and 5 go."""
    newsroom = Newsroom()
    meter = Meter(newsroom)
    articles = [corpus.article(number) for number in range(20)]
    texts = {f"articles/{path}": _CATEGORY.sub("category: economie", text) for path, text in articles}
    for key, text in texts.items():
        newsroom.upload(key, text)
        newsroom.drain()
    for changed, gone in zip(list(texts)[:5], list(texts)[5:10], strict=True):
        newsroom.upload(changed, texts[changed].replace("slug: ", "slug: new-"))
        newsroom.remove(gone)
        newsroom.drain()
    return sum(count.calls for count in meter.counts().values())


def _plan(folder: Path, count: int) -> Plan:
    inbox = folder / "inbox"
    corpus.write(inbox / "articles", range(count))
    shutil.copy(FOLDER / "newsroom.toml", inbox / "newsroom.toml")
    return Plan(inbox, folder / "site", read_settings(None, inbox), _AS_OF, jobs=1)


def _silent(what: str, done: int, of: int) -> None:
    """Nobody watches."""


if __name__ == "__main__":
    json.dump({"calls_of_a_build": calls_of_a_build(), "requests_of_a_day": requests_of_a_day()}, sys.stdout)
