"""Install: the build in force becomes this code with the newest valid newsroom.toml, and sets out to all uploads."""

from collections.abc import Iterator
from contextlib import suppress

from functions.core import keys
from functions.core.build import Build, Installed
from functions.core.errors import NoSettings, NotSettled, SettingsRejected, StaleBuild, UnknownForm, WriteConflict
from functions.core.groups import standing_groups
from functions.core.objects import Condition, Stored
from functions.core.settings import MAX_BYTES, Settings, parse_settings
from functions.workflows.dirty import mark
from functions.workflows.ports import Press
from functions.workflows.walk import set_out

_PASSES = 10


def install(press: Press, *, deployed: bool = False) -> Build:
    """Make build.json say what is in force, and flag all that depends on it alone; no write when it says so already.

    Only a deployment (`deployed`) puts other code in force: an old worker that lives on for a while must not turn the
    press back. Raises StaleBuild for such a worker, and NoSettings while there are none.
    """
    for _ in range(_PASSES):
        stored = press.state.get(keys.BUILD_KEY)
        before = _before(stored, deployed=deployed)
        if before and before.build.code != press.code and not deployed:
            raise StaleBuild(f"this worker is {press.code}, the press is {before.build.code}")
        wanted = _wanted(press, before)
        if before and before.announced and before.build == wanted:
            return wanted
        # Then once more: settings may have come since ours were read, whose event found nothing left to do.
        with suppress(WriteConflict):
            _put_in_force(press, wanted, before, stored)
    raise NotSettled(keys.BUILD_KEY)


def _before(stored: Stored | None, *, deployed: bool) -> Installed | None:
    """The build that build.json tells. A deployment replaces one that cannot be read; who else finds it, raises."""
    try:
        return Installed.read(stored.body) if stored else None
    except UnknownForm:
        if deployed:
            return None
        raise


def settings_in_force(press: Press) -> Settings | None:
    """The newest valid newsroom.toml; None when there never was one."""
    return next(valid_settings(press), None)


def valid_settings(press: Press) -> Iterator[Settings]:
    """Every valid newsroom.toml that there ever was, newest first."""
    for version in press.inbox.versions(keys.SETTINGS_KEY):
        if not version.deleted:
            with suppress(SettingsRejected):
                yield parse_settings(press.inbox.read(keys.SETTINGS_KEY, version.ver, MAX_BYTES + 1))


def _wanted(press: Press, before: Installed | None) -> Build:
    settings = settings_in_force(press) or (before.build.settings if before else None)
    if settings is None:
        raise NoSettings("no valid newsroom.toml has been uploaded yet")
    if before and (before.build.code, before.build.settings) == (press.code, settings):
        return before.build
    return Build(code=press.code, settings=settings, nonce=press.nonce())


def _put_in_force(press: Press, build: Build, before: Installed | None, stored: Stored | None) -> None:
    """The build, then the flags and the walk, and only then the word that they are set: a stop between is made good."""
    groups = tuple(dict.fromkeys((*standing_groups(build.settings), *(before.groups if before else ()))))
    installed = Installed(build=build, groups=groups)
    press.state.put(keys.BUILD_KEY, installed.canonical(), Condition(stored.etag if stored else None))
    mark(press, groups)
    set_out(press)
    standing = press.state.get(keys.BUILD_KEY)
    if standing and standing.body == installed.canonical():
        done = installed.model_copy(update={"announced": True})
        press.state.put(keys.BUILD_KEY, done.canonical(), Condition(standing.etag))
