"""Pictures: what an image's name stands for, by the versions in the inbox. Reads, writes nothing."""

from collections.abc import Callable, Mapping, Sequence
from itertools import takewhile
from typing import NamedTuple

from functions.core.desk import Desk
from functions.core.errors import UploadRejected
from functions.core.files import kind_of, max_bytes
from functions.core.keys import file_around
from functions.core.picture import MAX_BYTES, Picture
from functions.core.problem import Problem
from functions.core.reading import Version
from functions.core.spelling import spellings
from functions.core.upload import check_image, embedded_images, missing_image, unfit_image
from functions.workflows.ports import Inbox

Shown = Picture | tuple[Problem, ...]
_LOOK_BACK = 20  # versions of an image that are read for one that can be shown, so that the work stays constant


class Seen(NamedTuple):
    """What a name of an image stands for: the picture, or what is wrong with it.

    `newest` is the newest version of each key that was looked at, None where there never was one: of the name as it is
    written, and of its other spellings as far as it took. A version that is no image leaves the one before it to be
    shown: the picture may be of an older version.
    """

    newest: dict[str, str | None]
    shown: Shown


Look = Callable[[Sequence[str]], Mapping[str, Seen]]


def look_at_images(inbox: Inbox, desk: Desk, images: Sequence[str], known: Sequence[Picture] = ()) -> dict[str, Seen]:
    """What each image's name stands for now: a picture, or what is wrong with it. No known version is read again."""
    pictures = {(picture.inbox_key, picture.ver): picture for picture in known}
    found = _look_inside(inbox, desk, [key for key in images if file_around(key)])
    for key in images:
        if key not in found:
            found[key] = _look_at(inbox, desk, key, pictures)
    return found


def _look_at(inbox: Inbox, desk: Desk, image: str, known: Mapping[tuple[str, str], Picture]) -> Seen:
    """The first spelling of an image's name under which there is a picture; else what is wrong with the first one."""
    newest: dict[str, str | None] = {}
    wrong: tuple[Problem, ...] = ()
    for key in spellings(image):
        versions = inbox.versions(key)
        newest[key] = versions[0].ver if versions else None
        shown = _newest_fit(inbox, desk, key, versions, known)
        if isinstance(shown, Picture):
            return Seen(newest, shown.known_as(image))
        wrong = wrong or shown
    return Seen(newest, wrong or (missing_image(image, desk),))


def _newest_fit(
    inbox: Inbox, desk: Desk, key: str, versions: Sequence[Version], known: Mapping[tuple[str, str], Picture]
) -> Shown:
    """The newest version that can be shown, unless it was deleted since; else what is wrong with the newest, if any."""
    wrong: tuple[Problem, ...] = ()
    for version in takewhile(lambda each: not each.deleted, versions[:_LOOK_BACK]):
        shown = known.get((key, version.ver)) or read_image(inbox, desk, key, version.ver)
        if isinstance(shown, Picture):
            return shown
        wrong = wrong or unfit_image(key, shown)
    return wrong


def _look_inside(inbox: Inbox, desk: Desk, images: Sequence[str]) -> dict[str, Seen]:
    """Images that came inside their article's file: in the newest version that has them. No image key has a version."""
    found: dict[str, Seen] = {}
    for file in sorted({file for key in images if (file := file_around(key))}):
        for version in inbox.versions(file):
            wanted = [key for key in images if file_around(key) == file and key not in found]
            if wanted and not version.deleted:
                body = inbox.read(file, version.ver, max_bytes(file) + 1)
                inside = embedded_images(body, wanted, version.ver, desk)
                found.update({key: Seen({key: None}, shown) for key, shown in inside.items()})
    return found


def read_image(inbox: Inbox, desk: Desk, key: str, ver: str) -> Shown:
    """One version of an image, decoded once; what is wrong with it when it cannot be shown."""
    body = inbox.read(key, ver, MAX_BYTES + 1) if kind_of(key) == "image" else b""
    try:
        return check_image(key, ver, body, desk)
    except UploadRejected as rejected:
        return rejected.problems
