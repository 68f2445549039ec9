"""An entry: one row of a list, all that a list needs to know of an article."""

from pydantic import AwareDatetime

from functions.core.article import Author, Correction, Language, Tag
from functions.core.model import Frozen
from functions.core.picture import Image


class Entry(Frozen):
    """A live article as lists, feeds and related boxes show it; `path` is its canonical site path.

    `opening`: the first words of a text without a standfirst, for programs that show no page.
    """

    id: str
    path: str
    title: str
    standfirst: str
    opening: str | None = None
    category: str
    published_at: AwareDatetime
    updated_at: AwareDatetime | None = None
    lang: Language
    tags: tuple[Tag, ...] = ()
    authors: tuple[Author, ...] = ()
    thumbnail: Image | None = None
    corrections: tuple[Correction, ...] = ()
    terms: tuple[str, ...] = ()
