"""What reading an upload costs: `python -m tests.core.gauge` reads pickled uploads and writes what each took.

Each is read in a process of its own, forked from one that has everything imported, so that the peak of its memory is
its own and that of the interpreter.
"""

import json
import os
import pickle
import resource
import subprocess
import sys
import time
from collections.abc import Mapping
from typing import NamedTuple

from functions.core.errors import UploadRejected
from functions.core.files import kind_of
from functions.core.upload import check_image, read_upload
from tests.core.uploads import ROOT, desk


class Cost(NamedTuple):
    """CPU seconds, peak memory in MB, and the codes of the refusal; none if the upload was accepted."""

    seconds: float
    megabytes: float
    codes: list[str]


def costs(uploads: Mapping[str, tuple[str, bytes]]) -> dict[str, Cost]:
    """The cost of each upload: a key and its bytes, by a name."""
    asked = pickle.dumps(dict(uploads))
    done = subprocess.run(
        [sys.executable, "-m", "tests.core.gauge"], input=asked, capture_output=True, cwd=ROOT, check=True
    )
    return {name: Cost(*cost) for name, cost in json.loads(done.stdout).items()}


def _codes(key: str, body: bytes) -> list[str]:
    try:
        check_image(key, "v", body, desk()) if kind_of(key) == "image" else read_upload(key, body, desk())
    except UploadRejected as rejected:
        return [problem.code for problem in rejected.problems]
    return []


def _cost(key: str, body: bytes) -> Cost:
    reading, writing = os.pipe()
    started = time.perf_counter()
    if os.fork() == 0:
        codes = _codes(key, body)
        used = resource.getrusage(resource.RUSAGE_SELF)
        cost = (used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, codes)
        os.write(writing, json.dumps(cost).encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as answer:
        told = answer.read()
    os.wait()
    return Cost(*json.loads(told)) if told else Cost(time.perf_counter() - started, 0, ["died"])


def main() -> None:
    """Measure what comes in, answer in JSON."""
    _codes("articles/a.md", b"")
    from PIL import Image  # noqa: F401, PLC0415 - counts as imported, like all that uploads need

    uploads = pickle.load(sys.stdin.buffer)  # noqa: S301 - see above
    print(json.dumps({name: _cost(key, body) for name, (key, body) in uploads.items()}))


if __name__ == "__main__":
    main()
