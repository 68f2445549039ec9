"""Groups: the set of pages that one render writes, and what each is made from."""

import re
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import NamedTuple

from functions.core import keys, places
from functions.core.claims import BEFORE, SITE, Claim
from functions.core.record import Record
from functions.core.settings import Settings
from functions.core.spelling import spellings

LIST_SIZE = 20
LABELLED_LIST_SIZE = 50
FRONT_SIZE = 5
FEED_SIZE = 30
NEWS_SIZE = 1000
NEWS_SPAN = timedelta(hours=48)
FRONT, FEEDS, CORRECTIONS, STATIC = "front", "feeds", "corrections", "static"
WAITING = "lists"  # `lists:x`, of messages alone: the lists that wait for the page of x
HOURLY = (FEEDS, FRONT)  # groups whose pages change with the hour too: news ages, pins run out


class Group(NamedTuple):
    """A group, parsed: `cat:economie:2024-03` is kind `cat` and value `economie:2024-03`."""

    kind: str
    value: str

    @classmethod
    def parse(cls, name: str) -> "Group":
        """The group with a name such as `front` or `art:2024/03/al-omrane.md`."""
        kind, _, value = name.partition(":")
        return cls(kind, value)


class Need(NamedTuple):
    """A list that a group is made from: its newest `limit` entries, or all of them.

    With `since` also what was published after that instant, as far as a news sitemap may go.
    """

    kind: str
    value: str
    limit: int | None = None
    since: datetime | None = None

    def takes(self, place: int, published_at: datetime) -> bool:
        """Whether the entry at a place of the list, counted from 0, is wanted."""
        if self.limit is None or place < self.limit:
            return True
        return self.since is not None and place < NEWS_SIZE and published_at > self.since


def article_group(upload_id: str) -> str:
    return f"art:{upload_id}"


def related_group(upload_id: str) -> str:
    return f"rel:{upload_id}"


def preview_group(upload_id: str) -> str:
    return f"pre:{upload_id}"


def category_group(category: str) -> str:
    return f"cat:{category}"


def waiting_group(upload_id: str) -> str:
    return f"{WAITING}:{upload_id}"


def is_list(name: str) -> bool:
    """Whether a group is of no one article."""
    return Group.parse(name).kind not in {"art", "rel", "pre", WAITING}


def line_of(name: str) -> str:
    """The group behind whose messages a group's come: behind the article's where lists wait for it, else its own."""
    kind, upload_id = Group.parse(name)
    return article_group(upload_id) if kind == WAITING else name


def groups_of(record: Record) -> tuple[str, ...]:
    """Every group that may show the upload, or have shown it, the related one first: the box follows from it."""
    listed = groups_of_claims((*record.ever, *record.left_behind))
    former = (article_group(id_) for name in record.moved_from for id_ in spellings(name))
    return (related_group(record.id), article_group(record.id), *former, *listed, FRONT, FEEDS)


def groups_of_claims(claims: Iterable[Claim]) -> tuple[str, ...]:
    """The groups of the lists in which these are places."""
    return tuple(dict.fromkeys(name for claim in claims if (name := _group_of_list(claim.kind, claim.value))))


def _group_of_list(kind: str, value: str) -> str | None:
    if kind in {"cat", "tag", "author", BEFORE}:
        return f"{kind}:{value}"
    return {"month": f"sitemap:{value}", "corrections": CORRECTIONS}.get(kind)


def standing_groups(settings: Settings) -> tuple[str, ...]:
    """The groups that exist in an empty newsroom too."""
    slugs = (slug for category in settings.category for slug in (category.slug, *category.formerly))
    addresses = (f"{BEFORE}:{places.listed(address)}" for address, _ in settings.moved)
    return (STATIC, FRONT, FEEDS, CORRECTIONS, *map(category_group, slugs), *addresses)


def ages_out(record: Record, as_of: datetime) -> datetime | None:
    """When the news sitemap has to do without an article: None if it is not in there at that hour."""
    if record.article is None or record.article.published_at <= as_of - NEWS_SPAN:
        return None
    return record.article.published_at + NEWS_SPAN


def needs(group: Group, settings: Settings, as_of: datetime | None = None) -> tuple[Need, ...]:
    """The lists that a group's pages are made from; `as_of` is the hour, which the feeds need to know."""
    if group.kind == "cat":
        return (Need("cat", group.value, None if ":" in group.value else LIST_SIZE),)
    if group.kind in {"tag", "author"}:
        return (Need(group.kind, group.value, LABELLED_LIST_SIZE),)
    if group.kind == BEFORE:
        return (Need(BEFORE, group.value, 1),)
    if group.kind == "sitemap":
        return (Need("month", group.value),)
    if group.kind == CORRECTIONS:
        return (Need("corrections", SITE),)
    if group.kind == FEEDS:
        return (Need("all", SITE, FEED_SIZE, as_of - NEWS_SPAN if as_of else None),)
    if group.kind == FRONT:
        return tuple(Need("cat", category.slug, FRONT_SIZE) for category in settings.category)
    return ()


class Months(NamedTuple):
    """The months that a group's pages link to: what follows `prefix` in the values of a kind."""

    kind: str
    prefix: str


def months_listed(group: Group) -> Months | None:
    """Which months a group's pages link to; None when they link to none, or to their own alone."""
    if group.kind == "cat" and ":" not in group.value:
        return Months("cat", f"{group.value}:")
    return Months("month", "") if group.kind == FEEDS else None


def own_month(group: Group) -> str | None:
    """The month that a group's pages are about; None for a group of no one month."""
    is_month = group.kind == "sitemap" or (group.kind == "cat" and ":" in group.value)
    return group.value.rpartition(":")[2] if is_month else None


class Owned(NamedTuple):
    """The site keys that only this group writes: exact ones, and those below `prefix` that `pattern` matches."""

    exact: tuple[str, ...] = ()
    prefix: str | None = None
    pattern: re.Pattern[str] = re.compile("")


def owned(group: Group) -> Owned:
    """What a list's group owns; nothing for a group that knows it from its record or its house."""
    if group.kind == "cat":
        category, _, month = group.value.partition(":")
        if month:
            path = keys.month_path(category, month)
            return Owned((keys.site_key(path),), keys.site_key(path + "page-"), _PART)
        paths = keys.category_path(category), places.category_feed(category), places.category_json_feed(category)
        return Owned(tuple(map(keys.site_key, paths)))
    if group.kind == "sitemap":
        path = keys.site_key(keys.search_path(group.value))
        return Owned((keys.site_key(keys.sitemap_path(group.value)),), path.removesuffix(".json"), _SHARD)
    if group.kind == CORRECTIONS:
        path = keys.site_key(places.CORRECTIONS)
        return Owned((path,), path.removesuffix("index.html"), _YEAR)
    paths_of = _PATHS.get(group.kind)
    return Owned(tuple(map(keys.site_key, paths_of(group.value)))) if paths_of else Owned()


_PART = re.compile(r"/page-\d+/index\.html$")
_YEAR = re.compile(r"/\d{4}/index\.html$")
_SHARD = re.compile(r"\d(-\d+)?\.json$")
_PATHS: dict[str, Callable[[str], tuple[str, ...]]] = {
    "tag": lambda tag: (keys.tag_path(tag),),
    "author": lambda author: (keys.author_path(author),),
    BEFORE: lambda value: (places.before(value),),
    FRONT: lambda _: (places.FRONT,),
    FEEDS: lambda _: (places.FEED, places.JSON_FEED, places.SITEMAP, places.NEWS_SITEMAP, places.SEARCH_MONTHS),
}
