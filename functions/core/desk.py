"""A desk: what reading an upload needs to know of the newsroom."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from zoneinfo import ZoneInfo

from functions.core.mistakes import Phrases
from functions.core.receipt_page import ReceiptPages
from functions.core.settings import Category, Settings
from functions.core.slugs import slug


@dataclass(frozen=True)
class Desk:
    """The newsroom's settings, the words in which it is told of mistakes, and its receipts' pages if it gets any."""

    settings: Settings
    phrases: Phrases
    receipts: ReceiptPages | None = None

    @cached_property
    def categories(self) -> Mapping[str, Category]:
        """Categories by slug, by the slug of their name and by those that they had; a category's own slug wins."""
        by_former = {former: category for category in self.settings.category for former in category.formerly}
        by_name = {slug(category.name): category for category in self.settings.category}
        return by_former | by_name | {category.slug: category for category in self.settings.category}

    @cached_property
    def zone(self) -> ZoneInfo:
        """The newsroom's time zone."""
        return self.settings.newsroom.zone
