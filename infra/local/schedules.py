"""Fires the template's schedules by a clock."""

import json
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from infra.local.lambda_runtime import InvocationFailed, Invoke
from infra.local.resources import Schedule
from infra.local.schedule_expression import Next, parse_expression

Now = Callable[[], datetime]


@dataclass
class _Due:
    schedule: Schedule
    following: Next
    moment: datetime


class Scheduler:
    """`now` answers aware moments. A firing missed while the machine slept happens once, late.

    Raises TemplateError on an expression that it cannot read.
    """

    def __init__(self, schedules: Iterable[Schedule], invoke: Invoke, now: Now = lambda: datetime.now(UTC)) -> None:
        self._invoke = invoke
        self._now = now
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None
        started = now()
        self._due: list[_Due] = []
        for schedule in schedules:
            following = parse_expression(schedule.expression, schedule.time_zone)
            self._due.append(_Due(schedule, following, following(started)))

    def fire_due(self) -> list[str]:
        """Calls the functions whose moment has come; the names of their schedules, in the template's order."""
        now = self._now()
        fired = [each for each in self._due if each.moment <= now]
        for each in fired:
            each.moment = each.following(now)
            try:
                self._invoke(each.schedule.function, json.loads(each.schedule.input))
            except InvocationFailed:
                continue  # the runtime has logged it; the next firing comes anyway
        return [each.schedule.name for each in fired]

    def seconds_to_next(self) -> float:
        """How long nothing is due; never negative. Without schedules, an hour."""
        moments = [each.moment for each in self._due]
        return max(0.0, (min(moments) - self._now()).total_seconds()) if moments else 3600.0

    def start(self) -> None:
        self._thread = threading.Thread(target=self._run, name="schedules", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        self._stopping.set()

    def _run(self) -> None:
        # Waits at most a second at a time: a laptop's clock jumps when it wakes.
        while not self._stopping.wait(min(1.0, self.seconds_to_next())):
            self.fire_due()
