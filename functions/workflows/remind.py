"""Remind: an upload whose hour is near sends itself word for that second, so that it need not wait for a tick."""

from datetime import datetime, timedelta
from math import ceil

from functions.workflows.ports import Press

SOON = timedelta(minutes=1)  # from one tick to the next


def remind(press: Press, key: str, due: datetime, now: datetime) -> None:
    """Let a key be ingested again at its hour if that is near. A hint like every message: a tick makes up for it."""
    left = due - now
    if left <= SOON:
        press.queues.ask_ingests([key], delay=ceil(left.total_seconds()))
