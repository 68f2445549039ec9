"""The pure functions, remembered: a schedule asks them for the same values over and over.

And a house that is quick to print in: a page is its context, so that whatever a template may say is in its bytes.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

import pytest

from functions.bootstrap.desk import desk_of
from functions.bootstrap.house import house_of
from functions.core import groups, images, upload
from functions.core.article import Article
from functions.core.build import Build, Installed
from functions.core.contexts import Context
from functions.core.desk import Desk
from functions.core.document import Document
from functions.core.errors import UploadRejected
from functions.core.keys import content_hash
from functions.core.picture import Picture, Variant
from functions.core.record import Record
from functions.core.related import archive
from functions.core.settings import Settings
from functions.core.site import months
from functions.core.site.house import House
from functions.workflows import editing, intake, lists, pictures, print_article, walk

_CACHE = 2_000  # a schedule asks for what it has itself; more would keep a gigabyte of other schedules
_READ = (Record, Document, Installed)
# Let the press think that four articles are many: lists, parts, LIST pages and boxes run over.
_SMALL = (
    (groups, "LIST_SIZE", 2),
    (groups, "LABELLED_LIST_SIZE", 3),
    (groups, "FRONT_SIZE", 2),
    (groups, "FEED_SIZE", 3),
    (months, "PART_SIZE", 2),
    (lists, "_PAGE", 2),
    (lists, "_SPARE", 0),
    (walk, "_PART", 2),
    (walk, "_NEWEST", 1),
    (intake, "_PART", 2),
    (archive, "SHORTLIST", 2),
    (archive, "PARTITIONS", 2),
)
_SAME_ON_EVERY_PAGE = frozenset({"site", "words"})


@dataclass(frozen=True)
class PlainHouse(House):
    """A house whose pages are their contexts, less what follows from settings and code, which it names once."""

    imprint: str = ""

    def render(self, context: Context) -> bytes:
        said = {name: value for name, value in context._asdict().items() if name not in _SAME_ON_EVERY_PAGE}
        return f"{type(context).__name__} {self.imprint} {said!r}".encode()


@cache
def plain_house(settings: Settings, code: str) -> House:
    """A plain house; another code prints other bytes."""
    real = house_of(settings)
    headers = {slug: type(header)(slug) for slug, header in real.headers.items()}
    short = {"headers": headers, "footer": type(real.footer)("form"), "footer_without_form": type(real.footer)("")}
    return PlainHouse(**{**vars(real), **short}, imprint=f"{code} {settings.canonical().decode()}")


def remember(patch: pytest.MonkeyPatch) -> None:
    """Let the workflows use the remembering variants, and small lists, until the patch is undone."""
    for module, name, remembering in (
        (editing, "read_upload", _read_upload),
        (pictures, "check_image", _check_image),
        (print_article, "encode", _encode),
        (Build, "id", property(lru_cache(_CACHE)(_id_of))),
        *((model, "read", lru_cache(_CACHE)(model.read)) for model in _READ),
        *_SMALL,
    ):
        patch.setattr(module, name, remembering)


def remember_always() -> None:
    """The same for a process that does nothing else."""
    remember(pytest.MonkeyPatch())


def _id_of(build: Build) -> str:
    return content_hash(build.canonical())[:16]


def _read_upload(key: str, body: bytes, desk: Desk) -> Article:
    found = _read(key, body, desk.settings)
    if isinstance(found, UploadRejected):
        raise UploadRejected(found.problems)
    return found


@lru_cache(_CACHE)
def _read(key: str, body: bytes, settings: Settings) -> Article | UploadRejected:
    try:
        return upload.read_upload(key, body, desk_of(settings))
    except UploadRejected as rejected:
        return rejected


def _encode(body: bytes, wanted: Sequence[Variant]) -> Iterator[bytes]:
    return iter(_encoded(body, tuple(wanted)))


def _check_image(key: str, ver: str, body: bytes, desk: Desk) -> Picture:
    found = _check(key, ver, body, desk.settings)
    if isinstance(found, UploadRejected):
        raise UploadRejected(found.problems)
    return found


@lru_cache(_CACHE)
def _check(key: str, ver: str, body: bytes, settings: Settings) -> Picture | UploadRejected:
    try:
        return upload.check_image(key, ver, body, desk_of(settings))
    except UploadRejected as rejected:
        return rejected


@lru_cache(_CACHE)
def _encoded(body: bytes, wanted: tuple[Variant, ...]) -> tuple[bytes, ...]:
    return tuple(images.encode(body, wanted))
