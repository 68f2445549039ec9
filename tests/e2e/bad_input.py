"""`make bad-input`: every bad file there is and can be made, through the press: a receipt for each, in time, and a site
whose bytes have not changed if it was refused.

The public lists come from the folder that ROTATIVE_SHARED names, or from beside the checkout; each case of a list is a
file, as text and, where a line of it may stand there, in the fields of a header.
"""

import json
import sys
import time
from collections import Counter
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import NamedTuple

from functions.bootstrap.desk import desk_of
from functions.core.keys import id_of
from functions.workflows.ingest import ingest
from functions.workflows.receipts import receipt_of
from tests.core.test_costs import MAX_MEGABYTES, MAX_SECONDS
from tests.core.test_costs import uploads as own_uploads
from tests.core.test_front_matter import yaml_test_suite
from tests.core.uploads import public_list, upload
from tests.newsroom import Newsroom
from tests.workflows.articles import article

_STEP = 1000
_STATUS, _CLEAR = Path("/proc/self/status"), Path("/proc/self/clear_refs")
_LISTS = ("isemail-tests.xml", "blns.json", "commonmark-spec.txt", "xss-payload-list.txt", "yaml-test-suite.json")


class Answer(NamedTuple):
    """What became of one bad file: its outcome (`none` without a receipt), CPU seconds, and megabytes at the most.

    These are what a function would have that takes in this file alone: what it weighs idle, and what the file adds. The
    run as a whole keeps thousands of files.
    """

    outcome: str
    seconds: float
    megabytes: float

    @property
    def is_good(self) -> bool:
        """Whether it was an answer, in time and in little room."""
        return self.outcome != "none" and self.seconds < MAX_SECONDS and self.megabytes < MAX_MEGABYTES


def files() -> Iterator[tuple[str, str, bytes]]:
    """The name, the key and the bytes of each."""
    yield from ((name, key, body) for name, (key, body) in own_uploads().items())
    vectors = public_list("xss-payload-list.txt").read_text(errors="replace").splitlines()
    for place, text in enumerate(vectors):
        yield f"xss {place}", "articles/a.md", upload(f"Du texte.\n\n{text}", chapo=json.dumps(text), tags=f"[{text}]")
        yield f"xss page {place}", "articles/a.html", text.encode(errors="replace")
    for place, text in enumerate(json.loads(public_list("blns.json").read_text())):
        yield f"naughty string {place}", "articles/a.md", upload(text, titre=json.dumps(text), auteur=text)
    for place, (text, _) in enumerate(yaml_test_suite()):
        yield f"yaml {place}", "articles/a.md", upload(header=text)
    for place, example in enumerate(public_list("commonmark-spec.txt").read_text().split("`" * 32)[1::2]):
        text = example.partition("\n")[2].partition("\n.\n")[0].replace("→", "\t")
        yield f"commonmark {place}", "articles/a.md", upload(text)
    for name, suffix in product(_LISTS, ("", ".md", ".txt", ".html", ".docx", ".png")):
        yield f"{name} as {suffix}", f"articles/{name}{suffix}", public_list(name).read_bytes()


class Bench:
    """A newsroom with an article that is live. Bad files come one by one; what was not refused goes again."""

    def __init__(self) -> None:
        self._newsroom = Newsroom()
        self._newsroom.upload("articles/sound.md", article("Al Omrane investit"))
        self._newsroom.drain()
        self._site = dict(self._newsroom.site.objects)
        self._idle = _memory("VmRSS")

    def take_in(self, key: str, body: bytes) -> Answer:
        """Take a file in, up to its receipt."""
        newsroom, asked = self._newsroom, len(self._newsroom.queues.renders)
        ver = newsroom.inbox.upload(key, body)
        _CLEAR.write_text("5")  # proc(5): the peak is what there is
        before, begun = _memory("VmRSS"), time.process_time()
        ingest(newsroom.press, desk_of, key, newsroom.now)
        seconds, megabytes = time.process_time() - begun, self._idle + _memory("VmHWM") - before
        receipt = receipt_of(newsroom.press, key, ver)
        if receipt is None or receipt.outcome != "refused":
            newsroom.inbox.erase(key)
            for name in [name for name in newsroom.state.objects if id_of(key) in name]:
                del newsroom.state.objects[name]
            del newsroom.queues.renders[asked:]
        return Answer(receipt.outcome if receipt else "none", seconds, megabytes)

    def is_touched(self) -> bool:
        """Whether the site is another, now that whatever asked for it is rendered."""
        self._newsroom.queues.renders = list(dict.fromkeys(self._newsroom.queues.renders))
        self._newsroom.drain()
        return self._newsroom.site.objects != self._site


def main() -> int:
    """Try them all; 1 if any was not answered, not in time, or changed the site."""
    bench, answers = Bench(), dict[str, Answer]()
    for name, key, body in files():
        answers[name] = bench.take_in(key.replace("articles/", f"articles/{len(answers)}/", 1), body)
        if len(answers) % _STEP == 0:
            print(f"{len(answers)} files", flush=True)
    bad = {name: answer for name, answer in answers.items() if not answer.is_good}
    for name, answer in bad.items():
        print(name, *answer)
    touched = bench.is_touched()
    print(f"{len(answers) - len(bad)} of {len(answers)} bad files answered in time and in little room:")
    print(*(f"{count} {outcome}" for outcome, count in Counter(each.outcome for each in answers.values()).items()))
    slowest = max(answers, key=lambda name: answers[name].seconds)
    largest = max(answers, key=lambda name: answers[name].megabytes)
    print(f"slowest: {answers[slowest].seconds:.2f} s ({slowest})")
    print(f"largest: {answers[largest].megabytes:.0f} MB ({largest})")
    print("the site is another" if touched else "not a byte of the site has changed by those that were refused")
    return 1 if bad or touched else 0


def _memory(what: str) -> float:
    """A figure of proc(5)'s status, in megabytes."""
    line = next(line for line in _STATUS.read_text().splitlines() if line.startswith(what))
    return int(line.split()[1]) / 1024


if __name__ == "__main__":
    sys.exit(main())
