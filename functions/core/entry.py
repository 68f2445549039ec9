"""An entry: one row of a list, all that a list needs to know of an article."""

from pydantic import AwareDatetime

from functions.core.article import Author, Correction, Language, Tag
from functions.core.model import Frozen


class Thumbnail(Frozen):
    """The lead image of an entry, as published; `width` and `height` in pixels of the file at `src`.

    Everything can show `src`; `webp` is a srcset of every width of it.
    """

    src: str
    alt: str
    width: int
    height: int
    webp: str = ""


class Entry(Frozen):
    """A live article as lists, feeds and related boxes show it; `path` is its canonical site path."""

    id: str
    path: str
    title: str
    standfirst: str
    category: str
    published_at: AwareDatetime
    updated_at: AwareDatetime | None = None
    lang: Language
    tags: tuple[Tag, ...] = ()
    authors: tuple[Author, ...] = ()
    thumbnail: Thumbnail | None = None
    corrections: tuple[Correction, ...] = ()
    terms: tuple[str, ...] = ()
