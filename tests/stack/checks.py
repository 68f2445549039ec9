"""What a trial looks at, said as it is seen, and what of it was not good."""

import time
from collections.abc import Callable
from typing import Any


class Trial:
    """The checks of one run; `failed` names those that were not good."""

    def __init__(self) -> None:
        self._began = time.monotonic()
        self.failed: list[str] = []

    def say(self, what: str) -> None:
        print(f"[{time.monotonic() - self._began:5.1f} s] {what}", flush=True)

    def check(self, what: str, good: object, found: object = "") -> None:
        """`found` is shown when it is not good."""
        self.say(f"ok   {what}" if good else f"FAIL {what} {found}")
        if not good:
            self.failed.append(what)

    def wait(self, what: str, look: Callable[[], Any], seconds: int = 40) -> Any:
        end = time.monotonic() + seconds
        while not (found := look()) and time.monotonic() < end:
            time.sleep(0.3)
        self.check(what, found, f"not within {seconds} s")
        return found
