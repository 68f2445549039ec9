"""An article: an upload that was accepted, parsed once into a type that cannot be wrong."""

from datetime import date as Date
from typing import Literal, get_args

from pydantic import AwareDatetime

from functions.core.model import Frozen
from functions.core.problem import Problem

Language = Literal["fr", "en", "ar"]
LANGUAGES: tuple[Language, ...] = get_args(Language)


class Tag(Frozen):
    """A subject; two spellings with one slug are one tag."""

    slug: str
    label: str


class Author(Frozen):
    """A person (or desk) in the byline."""

    slug: str
    name: str


class Figure(Frozen):
    """An image as the article speaks of it; `key` is its inbox key, whether or not it has arrived."""

    key: str
    alt: str
    caption: str = ""
    credit: str = ""


class Correction(Frozen):
    """A notice to readers; `text` is typeset plain text. `at` is the hour on that day, where one was told."""

    date: Date
    text: str
    at: AwareDatetime | None = None


class RelatedWish(Frozen):
    """What the editor wants in, or never in, the related box: ids of other uploads, in the editor's order."""

    pin: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()


class Article(Frozen):
    """An accepted upload. Every string is typeset, unless `typography` is off; `body` is sanitised HTML.

    An image inside `body` is `<img src="@<inbox key>" alt=... title=...>`: where its bytes will live is known only once
    they have been read. `images` are the inbox keys of all figures, the lead first. `terms` are stems of the body by
    which search finds the article. `reason` tells the newsroom, and nobody else, why it was withdrawn; `moved_from` is
    the id of the upload whose addresses lead here once it has gone, `translation_of` that of the upload which says the
    same in another language; `aliases` are the paths that it had before it came here. `notices` are for its editor too.
    """

    title: str
    standfirst: str = ""
    category: str
    tags: tuple[Tag, ...] = ()
    authors: tuple[Author, ...] = ()
    published_at: AwareDatetime
    updated_at: AwareDatetime | None = None
    embargoed_until: AwareDatetime | None = None
    slug: str
    lang: Language = "fr"
    lead: Figure | None = None
    images: tuple[str, ...] = ()
    body: str
    words: int
    corrections: tuple[Correction, ...] = ()
    related: RelatedWish = RelatedWish()
    draft: bool = False
    typography: bool = True
    withdrawn: bool = False
    reason: str = ""
    moved_from: str | None = None
    translation_of: str | None = None
    duplicate: bool = False
    aliases: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    notices: tuple[Problem, ...] = ()

    @property
    def visible_from(self) -> AwareDatetime:
        """The instant before which not one byte of the article is public."""
        return max(self.published_at, self.embargoed_until) if self.embargoed_until else self.published_at
