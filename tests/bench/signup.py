"""Sign-up: how many the handler takes, what it costs beside a bare resolver, and whether its time tells of an address.

`python -m tests.bench.signup` (make bench-signup), in one thread, on moto in this process. Seconds are CPU seconds of
this process, which other programs of the machine do not stretch.
"""

import os
import sys
import time
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from aws_lambda_powertools.event_handler import APIGatewayHttpResolver

from functions.core.newsletter.subscription import SignUp
from functions.handlers import newsletter
from infra.local.cloud import LocalCloud
from infra.local.template import load
from tests.bench.report import table, write_section
from tests.handlers.test_events import Context, lay_in
from tests.newsletter.fakes import Desk
from tests.newsletter.states import STATES, Requests, put_into

REQUESTS = 2_000
_EACH = 20  # addresses in each state
_ROUNDS, _ROUND = 20, 100

Handle = Callable[[dict[str, Any]], dict[str, Any]]


def through_our_handler(event: dict[str, Any]) -> dict[str, Any]:
    """A request to the handler of the newsletter."""
    return newsletter.handler(event, Context())  # type: ignore[arg-type] # as much of Lambda's context as is used


def bare() -> Handle:
    """The least that Powertools does for the same body: one route, and the fields validated."""
    app = APIGatewayHttpResolver(enable_validation=True)

    @app.post("/api/newsletter/subscriptions")
    def sign_up() -> dict[str, str]:
        SignUp.model_validate_json(app.current_event.body or "")
        return {"status": "accepted"}

    return lambda event: app.resolve(event, Context())  # type: ignore[arg-type] # likewise


def timed(handle: Handle, event: dict[str, Any]) -> float:
    """The CPU seconds of one request that is taken."""
    started = time.process_time()
    answer = handle(event)
    seconds = time.process_time() - started
    if answer["statusCode"] not in {200, 202}:
        raise RuntimeError(f"not taken: {answer['statusCode']}")
    return seconds


def times_by_state(requests: Requests, number: int) -> dict[str, list[float]]:
    """Half of the requests are of strangers, half of addresses in the other states, in an order drawn at random."""
    luck = Random(1)
    known = [(state, f"{state}{place}@example.org") for state in STATES[1:] for place in range(_EACH)]
    for state, email in known:
        put_into(state, email)
    drawn = [("new", f"new-of-{place}@example.org") for place in range(number // 2)]
    drawn += [known[place % len(known)] for place in range(number - number // 2)]
    luck.shuffle(drawn)
    found: dict[str, list[float]] = {state: [] for state in STATES}
    for state, email in drawn:
        trap = {"website": "x"} if state == "honeypot" else {}
        found[state].append(timed(through_our_handler, requests.of(email, **trap)))
    return found


def auc(one: Sequence[float], other: Sequence[float]) -> float:
    """How often a value of one is above a value of the other, ties counted by half: 0.5 if neither tells."""
    below = sorted(other)
    wins = sum(bisect_left(below, value) + bisect_right(below, value) for value in one)
    return wins / 2 / (len(one) * len(other))


def costs(requests: Requests) -> tuple[float, float]:
    """CPU seconds of a request: our handler with services that cost nothing, and the bare resolver, turn by turn."""
    real, desk = vars(newsletter)["counter"], Desk()
    free = desk.counter._replace(limits=desk.counter.limits._replace(unstamped=10**9, everybody=10**9))
    setattr(newsletter, "counter", lambda: free)  # noqa: B010 - fakes in the place of services that cost nothing
    least = bare()
    ours: list[float] = []
    theirs: list[float] = []
    for _ in range(_ROUNDS):
        for handle, found in ((through_our_handler, ours), (least, theirs)):
            found.append(sum(timed(handle, requests.of("naima@example.ma")) for _ in range(_ROUND)) / _ROUND)
        desk.outbox.invitations.clear()
    setattr(newsletter, "counter", real)  # noqa: B010 - and the services again
    return median(ours), median(theirs)


def main() -> int:
    """Measure and write the section of the report; 1 if the time tells of an address, or the handler costs too much."""
    with TemporaryDirectory() as folder, LocalCloud(load(), Path(folder)):
        lay_in()
        requests = Requests()
        for _ in range(_ROUND):
            timed(through_our_handler, requests.of("warm@example.org"))
        by_state = times_by_state(requests, REQUESTS)
        ours, theirs = costs(requests)
    times = sorted(seconds for found in by_state.values() for seconds in found)
    strangers = by_state["new"]
    known = [seconds for state in STATES[1:] for seconds in by_state[state]]
    tells = {"known or not": auc(known, strangers)} | {state: auc(by_state[state], strangers) for state in STATES[1:]}
    rows_: list[list[object]] = [
        ["requests", f"{len(times):,}"],
        ["taken a CPU second, moto's work included", f"{len(times) / sum(times):.0f}"],
        ["median, ms", f"{median(times) * 1000:.1f}"],
        ["p99, ms", f"{times[len(times) * 99 // 100] * 1000:.1f}"],
        ["the handler without services, ms", f"{ours * 1000:.2f}"],
        ["a bare resolver that validates the same body, ms", f"{theirs * 1000:.2f}"],
        ["the handler beside it", f"{ours / theirs:.2f} times"],
    ]
    rows_ += [[f"a classifier by time, {what} against strangers: AUC", f"{value:.3f}"] for what, value in tells.items()]
    text = table(["", "figure"], rows_)
    sys.stdout.write(f"{text}\n")
    write_section("Sign-up", "make bench-signup", text)
    return 0 if abs(tells["known or not"] - 0.5) <= 0.05 and ours <= 2 * theirs else 1


if __name__ == "__main__":
    os.environ["POWERTOOLS_LOG_LEVEL"] = "WARNING"
    sys.exit(main())
