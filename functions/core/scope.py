"""Scope: the part of a site that a category and a span of days concern; and which site keys belong to which groups."""

from collections.abc import Callable, Collection, Iterable
from datetime import date
from typing import NamedTuple
from zoneinfo import ZoneInfo

from functions.core import keys
from functions.core.claims import SITE
from functions.core.groups import Group, article_group, category_group, groups_of, owned, related_group
from functions.core.record import Record


class Scope(NamedTuple):
    """A category's slug, the first and the last day of publication in the newsroom's zone; None for any."""

    category: str | None = None
    since: date | None = None
    until: date | None = None

    def groups(self, records: Iterable[Record], zone: ZoneInfo) -> frozenset[str]:
        """Every group with a page that shows, or has shown, one of the articles; and the category's own."""
        concerned = [record for record in records if self._concerns(record, zone)]
        names = {name for record in concerned for name in groups_of(record)}
        names -= {related_group(record.id) for record in concerned}
        return frozenset(names | ({category_group(self.category)} if self.category else set()))

    def _concerns(self, record: Record, zone: ZoneInfo) -> bool:
        place = ("cat", self.category) if self.category else ("all", SITE)
        return any(claim[:2] == place and self._takes(claim.at.astimezone(zone).date()) for claim in record.ever)

    def _takes(self, day: date) -> bool:
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


def belonging_to(groups: Collection[str], records: Iterable[Record]) -> Callable[[str], bool]:
    """Whether a site key is one that these groups write, wanted or not; `records` are those of the whole press."""
    lists = [owned(Group.parse(name)) for name in groups]
    articles = [record for record in records if article_group(record.id) in groups]
    exact = {key for mine in lists for key in mine.exact}
    exact.update(keys.site_key(path) for record in articles for path in record.owned_paths)
    images = {keys.image_prefix(record.id) for record in articles}
    numbered = [mine for mine in lists if mine.prefix]

    def belongs(key: str) -> bool:
        folder = key[: key.rfind("/") + 1]
        return (
            key in exact
            or folder in images
            or any(key.startswith(mine.prefix or "") and mine.pattern.search(key) for mine in numbered)
        )

    return belongs
