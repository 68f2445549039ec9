"""Printing: a group's pages are compared with what stands, and only what differs is written."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from functions.core.build import Build
from functions.core.errors import WriteConflict
from functions.core.objects import Condition
from functions.core.page import Page
from functions.core.settings import Settings
from functions.core.site.house import House
from functions.workflows.now import current_build
from functions.workflows.ports import Press

HouseOf = Callable[[Settings], House]


def in_force(press: Press, house_of: HouseOf) -> tuple[Build, House]:
    """The build in force, and the house to print in.

    An input like any other, so it is read after the ETags of what stands: an old worker that went to sleep between the
    two would otherwise print over what newer code has printed, and nobody would be told.
    """
    build = current_build(press)
    return build, house_of(build.settings)


class Standing(NamedTuple):
    """The ETags of the pages at some keys, None for none. Those that were only `remembered` may be out of date."""

    etags: dict[str, str | None]
    remembered: frozenset[str] = frozenset()


def standing(press: Press, keys: Sequence[str]) -> Standing:
    """What stands at some keys; to be read before the pages' inputs.

    What this function remembers is taken as it is: older than the inputs it certainly is, and `put_changed` checks it.
    """
    known = press.memory.etags(keys)
    asked = [key for key in keys if key not in known]
    found = press.site.etags(asked) if asked else {}
    seen = {key: found.get(key) for key in asked}
    press.memory.learn_etags(seen)
    return Standing({**known, **seen}, frozenset(known))


def put_changed(press: Press, pages: Iterable[Page], have: Standing) -> bool:
    """Write the pages that differ from what stands, delete what is not wanted; True if anything had to be done.

    Raises WriteConflict when something else stands there than was thought: the inputs have to be read again.
    """
    wanted = {page.key: page for page in pages}
    changed = [page for key, page in wanted.items() if have.etags.get(key) != page.etag]
    vanished = [key for key, etag in have.etags.items() if etag is not None and key not in wanted]
    touched = {*(page.key for page in changed), *vanished}
    _check(press, {key: have.etags[key] for key in sorted(have.remembered - touched)})
    try:
        for page in changed:
            press.site.put(page, Condition(have.etags.get(page.key)))
        for key in vanished:
            press.site.delete(key, Condition(have.etags[key]))
    except BaseException:
        press.memory.forget_etags(touched)  # whatever went wrong, what stands there now is anybody's guess
        raise
    press.memory.learn_etags({**{page.key: page.etag for page in changed}, **dict.fromkeys(vanished)})
    return bool(touched)


def _check(press: Press, untouched: Mapping[str, str | None]) -> None:
    """A remembered page that needs no write is looked at all the same, lest it no longer stands there."""
    actual = press.site.etags(list(untouched)) if untouched else {}
    wrong = [key for key, etag in untouched.items() if actual.get(key) != etag]
    press.memory.learn_etags({key: actual.get(key) for key in wrong})
    if wrong:
        raise WriteConflict(", ".join(wrong))
