"""A newsroom's settings: the one file newsroom.toml, parsed into a type."""

import re
import tomllib
from collections.abc import Collection, Iterator, Mapping
from typing import Annotated, Any
from urllib.parse import quote, urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, reset_tzpath

from pydantic import AfterValidator, BeforeValidator, Field, ValidationError, field_validator

from functions.core import keys
from functions.core.addresses import path_of
from functions.core.article import LANGUAGES, Language
from functions.core.errors import SettingsRejected
from functions.core.mistakes import Mistake, Phrases
from functions.core.model import Frozen
from functions.core.problem import Problem
from functions.core.slugs import slug

ZoneInfo.clear_cache()
reset_tzpath(())  # tzdata's rules alone: a system's own may be older, and hours then differ from one machine to another
_MAX_KIB = 256
MAX_BYTES = _MAX_KIB * 1024
_LINE = re.compile(r"at line (\d+)")
_NO_TOML = (ValueError, RecursionError)  # tomllib's own error is a ValueError; so is what Python says of a long number
_MOST_DOTS = 200  # in a line: tomllib keeps every beginning of a dotted name, a.a and a.a.a and so on
_CODES = {"missing": "missing_setting", "extra_forbidden": "unknown_setting"}
_LABEL = "[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?"
_HOST = rf"{_LABEL}(?:\.{_LABEL})*(?::[0-9]{{1,5}})?"
_ADDRESS = rf"^https?://{_HOST}/?$"
_PAGE = rf"""^(?:https://{_HOST})?(?:/(?:[^\s/\\"'<>][^\s\\"'<>]*)?)?$"""  # of a site, or a path of ours
_OF_OURS = re.compile(r"""/(?:[^\s/\\"'<>?#][^\s\\"'<>?#]*)?""")
_ASCII_OF_URL = "!#$%&()*+,/:;=?@[]~"
# Names that mean another zone, or another clock, on another machine.
_NO_ZONES = frozenset({"localtime", "posixrules", "posix", "right"})
_EXAMPLES: Mapping[tuple[str, ...], str] = {
    ("newsroom", "base_url"): "https://www.example.ma",
    ("newsroom", "language"): "fr",
    ("newsroom", "time_zone"): "Africa/Casablanca",
    ("category", "slug"): "developpement-durable",
    ("category", "formerly"): '["environnement"]',
    ("moved",): '"/feed/" = "/feed.xml"',
    ("site", "cards"): "true",
    ("site", "search"): "true",
    ("newsletter", "hour"): "7",
    ("newsletter", "sender"): "newsletter@example.ma",
    ("newsletter", "privacy"): "https://www.example.ma/confidentialite",
}
# One line, and nothing in it that turns round what follows: it stands in every page, feed and mail.
_NAME = r"^[^\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]+$"
_SLUG = r"^[a-z0-9\u0621-\u064a]+(?:-[a-z0-9\u0621-\u064a]+)*$"


class Newsroom(Frozen):
    """Who publishes, where, in which language and zone."""

    name: str = Field(pattern=_NAME, max_length=80)
    base_url: str = Field(pattern=_ADDRESS)
    language: Language = "fr"
    time_zone: str = "Africa/Casablanca"

    @field_validator("base_url")
    @classmethod
    def _without_slash(cls, url: str) -> str:
        return url.rstrip("/")

    @field_validator("time_zone")
    @classmethod
    def _known_zone(cls, name: str) -> str:
        try:
            ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError, OSError) as error:
            raise ValueError(f"unknown time zone {name!r}") from error
        if name.partition("/")[0] in _NO_ZONES:
            raise ValueError(f"{name!r} is another time zone on another machine")
        return name

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)


def _not_reserved(address: str) -> str:
    if address in keys.RESERVED_CATEGORIES:
        raise ValueError(f"{address!r} is a path of the site itself")
    return address


Slug = Annotated[str, Field(pattern=_SLUG, max_length=80), AfterValidator(_not_reserved)]


class Category(Frozen):
    """A place in the navigation. `formerly` are slugs that it had: addresses lead from there, headers may name them."""

    slug: Slug
    name: str = Field(pattern=_NAME, max_length=80)
    formerly: tuple[Slug, ...] = Field(default=(), max_length=20)


def _moves(table: object) -> object:
    """A table of addresses as pairs, sorted."""
    return tuple(sorted(table.items())) if isinstance(table, dict) else table


def _move(pair: tuple[str, str]) -> tuple[str, str]:
    old, new = path_of(pair[0]), pair[1]
    if old is None:
        raise ValueError(f"nobody can be led on from {pair[0]!r}")
    if not _OF_OURS.fullmatch(new) or new == old:
        raise ValueError(f"{new!r} is not another path of the site")
    return old, new


class Site(Frozen):
    """Switches of the readers' site."""

    cards: bool = True
    search: bool = True


class Newsletter(Frozen):
    """The daily issue: from five past which hour (0 to 23, in the newsroom's zone) it is made, and who sends it.

    Without a sender it comes from newsletter@ the host of base_url. `privacy` is where readers are told what becomes of
    their data, an https address or a path of the site: the form and the mails link to it.
    """

    hour: int = Field(default=7, ge=0, le=23)
    sender: str = Field(default="", pattern=r"^([A-Za-z0-9._+-]{1,64}@[A-Za-z0-9.-]{1,190})?$")
    # None, not empty: what is not set is not stored, and code of before it can read build.json.
    privacy: str | None = Field(default=None, max_length=300, pattern=_PAGE)


class Settings(Frozen):
    """All of newsroom.toml; categories in the order of the navigation.

    `moved` are addresses of an earlier site that were no article's, each with the path of this one that it leads to.
    """

    newsroom: Newsroom
    category: tuple[Category, ...] = Field(min_length=1)
    site: Site = Site()
    newsletter: Newsletter = Newsletter()
    moved: Annotated[
        tuple[Annotated[tuple[str, str], AfterValidator(_move)], ...], BeforeValidator(_moves), Field(max_length=500)
    ] = ()

    @property
    def sender(self) -> str:
        """The address that mails come from."""
        host = urlsplit(self.newsroom.base_url).hostname or "localhost"
        return self.newsletter.sender or f"newsletter@{host.removeprefix('www.')}"

    def chosen(self, slugs: Collection[str]) -> tuple[Category, ...]:
        """The categories that a reader has chosen, by the slugs that they have or had."""
        return tuple(each for each in self.category if not {each.slug, *each.formerly}.isdisjoint(slugs))

    def former_slugs(self, category: str) -> tuple[str, ...]:
        """The slugs that a category had."""
        return next((each.formerly for each in self.category if each.slug == category), ())

    @property
    def privacy(self) -> str:
        """Where the privacy notice is, in ASCII, as a path if it is on the site; empty without one."""
        return quote(self.newsletter.privacy or "", safe=_ASCII_OF_URL)

    @field_validator("category")
    @classmethod
    def _distinct(cls, categories: tuple[Category, ...]) -> tuple[Category, ...]:
        taken = [address for category in categories for address in (category.slug, *category.formerly)]
        if len(set(taken)) < len(taken):
            raise ValueError("two categories have one slug")
        return categories


def parse_settings(text: bytes) -> Settings:
    """Settings from the bytes of a newsroom.toml; SettingsRejected tells every mistake, in English."""
    if len(text) > MAX_BYTES:
        reason = f"newsroom.toml has more than {_MAX_KIB} KiB"
        raise SettingsRejected((Problem(code="file_too_long", reason=reason),))
    try:
        return Settings.model_validate(_table(text))
    except ValidationError as error:
        raise SettingsRejected(tuple(_problem(dict(detail)) for detail in error.errors())) from error
    except UnicodeDecodeError as error:
        above = text.count(b"\n", 0, error.start)
        problem = Problem(code="not_utf8", reason="newsroom.toml is not UTF-8", line=above + 1)
        raise SettingsRejected((problem,)) from error
    except _NO_TOML as error:
        found = _LINE.search(str(error))
        line = int(found[1]) if found else None
        raise SettingsRejected((Problem(code="bad_toml", reason=f"newsroom.toml: {error}", line=line),)) from error


def _table(text: bytes) -> dict[str, Any]:
    """What a text says; one of _NO_TOML for a text that says nothing."""
    lines = text.decode("utf-8-sig")
    for number, line in enumerate(lines.split("\n"), 1):
        if line.count(".") > _MOST_DOTS and not line.lstrip().startswith("#"):
            raise ValueError(f"Too many dots (at line {number})")
    return tomllib.loads(lines)


def told(text: bytes, phrases: Phrases) -> tuple[Problem, ...]:
    """All that is wrong with a newsroom.toml, in a newsroom's words."""
    try:
        parse_settings(text)
    except SettingsRejected as rejected:
        return phrases.put(
            Mistake(each.code, each.field, each.line, each.value, each.suggestion, _MAX_KIB)
            for each in rejected.problems
        )
    return ()


def given_up(now: Settings, before: Settings | None = None) -> Iterator[Mistake]:
    """A notice for each category whose address, or whose name, is known no more, with the way to keep its articles."""
    addresses = {address for category in now.category for address in (category.slug, *category.formerly)}
    known = addresses | {slug(category.name) for category in now.category}
    for category in before.category if before else ():
        lost = {category.slug} - addresses | {slug(category.name)} - known
        if lost:
            yield Mistake("category_gone", "category", value=category.name, suggestion='", "'.join(sorted(lost)))


def language_of(text: bytes) -> Language:
    """The language that a newsroom.toml names, whatever else is wrong with it; French where it names none."""
    try:
        told = _table(text)["newsroom"]["language"]
    except (*_NO_TOML, LookupError, TypeError):
        return "fr"
    return next((language for language in LANGUAGES if language == told), "fr")


def _problem(detail: dict[str, object]) -> Problem:
    where = detail["loc"] if isinstance(detail["loc"], tuple) else ()
    where = where[:1] if where[:1] == ("moved",) else where  # which of them, the reason says
    field = ".".join(map(str, where))
    code = "repeated_category" if field == "category" else _CODES.get(str(detail["type"]), "bad_setting")
    value = None if code == "missing_setting" else str(detail.get("input", ""))[:120]
    names = tuple(name for name in where if isinstance(name, str))
    like = _EXAMPLES.get(names) if code == "bad_setting" else None
    reason = f"{field}: {str(detail['msg']).removeprefix('Value error, ')}"
    return Problem(
        code=code, field=field, reason=f"{reason}; such as {like}" if like else reason, value=value, suggestion=like
    )
