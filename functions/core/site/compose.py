"""From values to pages: all that the workflows need of the site. Every function is pure: equal inputs, equal bytes."""

from functions.core.site.articles import ArticleInputs, article_pages
from functions.core.site.fixed import static_pages
from functions.core.site.house import House, make_house
from functions.core.site.lists import (
    FRONT_SIZE,
    LABEL_SIZE,
    LIST_SIZE,
    author_pages,
    category_pages,
    corrections_pages,
    front_pages,
    tag_pages,
)
from functions.core.site.machines import FEED_SIZE, feed_pages, month_index_pages
from functions.core.site.months import PART_SIZE, month_pages

__all__ = [
    "FEED_SIZE",
    "FRONT_SIZE",
    "LABEL_SIZE",
    "LIST_SIZE",
    "PART_SIZE",
    "ArticleInputs",
    "House",
    "article_pages",
    "author_pages",
    "category_pages",
    "corrections_pages",
    "feed_pages",
    "front_pages",
    "make_house",
    "month_index_pages",
    "month_pages",
    "static_pages",
    "tag_pages",
]
