"""What must never be seen, not even for a moment: a clock that goes back, an embargoed text before its hour."""

import json
import re
from collections.abc import Iterator
from datetime import datetime

from functions.core import keys
from tests.simulation.world import World

_SECRET = re.compile(rb"Secret (\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00)")


class Watch:
    """Looks at every object that was written, as soon as it was."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._hour = self._standing_hour()

    def breaches(self, key: str) -> Iterator[str]:
        """What is wrong now that there was a write at a key."""
        if key == keys.CLOCK_KEY:
            hour = self._standing_hour()
            if self._hour and hour and hour < self._hour:
                yield f"the clock went back to {hour}"
            self._hour = hour
        if key.startswith(keys.PREVIEWS):
            return  # an address that nobody can guess, for the editors' eyes
        stored = self._world.site.get(key)
        for secret in _SECRET.finditer(stored.body) if stored else ():
            if datetime.fromisoformat(secret[1].decode()) > self._world.now:
                yield f"{key} shows a secret of {secret[1].decode()}"

    def _standing_hour(self) -> datetime | None:
        stored = self._world.state.get(keys.CLOCK_KEY)
        return datetime.fromisoformat(json.loads(stored.body)["as_of"]) if stored else None
