"""The two inputs of the site that are not uploads: the hour, and the build."""

import json
from datetime import datetime

from functions.core import keys
from functions.core.build import Build, Installed
from functions.core.errors import NoSettings, NotSettled, StaleBuild, WriteConflict
from functions.core.model import canonical_json
from functions.core.objects import Condition, Stored
from functions.core.settings import Settings
from functions.workflows.ports import Press

_PASSES = 10


def as_of(press: Press) -> datetime | None:
    """The hour that the site stands at; None before the first tick."""
    return _hour(press.state.get(keys.CLOCK_KEY))


def advance(press: Press, now: datetime) -> datetime:
    """Move the press's clock to `now`, never backwards; the hour it stands at. NotSettled if too many others do."""
    for _ in range(_PASSES):
        stored = press.state.get(keys.CLOCK_KEY)
        if (standing := _hour(stored)) and standing >= now:
            return standing
        body = canonical_json({"as_of": now.isoformat(), "nonce": press.nonce()})
        try:
            press.state.put(keys.CLOCK_KEY, body, Condition(stored.etag if stored else None))
        except WriteConflict:
            continue
        return now
    raise NotSettled(keys.CLOCK_KEY)


def _hour(stored: Stored | None) -> datetime | None:
    """The hour that clock.json tells; None also where it cannot be read: the next tick writes it anew."""
    try:
        return datetime.fromisoformat(json.loads(stored.body)["as_of"]) if stored else None
    except (ValueError, KeyError, TypeError):
        return None


def current_build(press: Press) -> Build:
    """The build in force; StaleBuild when it is not that of the running code, or when none has been set yet."""
    build = _installed(press)
    if build.code != press.code:
        raise StaleBuild(f"this worker is {press.code}, the press is {build.code}")
    return build


def current_settings(press: Press) -> Settings:
    """The settings in force, for whoever only tells what stands: any code may. StaleBuild while there are none."""
    return _installed(press).settings


def _installed(press: Press) -> Build:
    stored = press.state.get(keys.BUILD_KEY)
    if stored is None:
        raise NoSettings("no newsroom.toml has been uploaded yet")
    return Installed.read(stored.body).build
