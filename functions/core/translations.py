"""Translations: articles that say the same in several languages. One says of which other it is the translation."""

from collections.abc import Iterable
from typing import NamedTuple

from functions.core.article import Language
from functions.core.record import Record

MOST = 30  # uploads looked at for one page, so that the work stays constant


class Version(NamedTuple):
    """A live article as its versions in other languages name it; `of` is the id of what it says to translate."""

    id: str
    lang: Language
    path: str
    of: str | None

    @property
    def original(self) -> str:
        """The id of what it translates: its own where it says nothing of that kind."""
        return self.of or self.id


def version_of(record: Record) -> Version | None:
    """A record as a version of its text; None unless it is live."""
    article = record.article
    if article is None or record.path is None:
        return None
    return Version(record.id, article.lang, record.path, article.translation_of)


def family(own: Version, others: Iterable[Version | None]) -> tuple[Version, ...]:
    """The versions of an article's text, itself included, one a language; none when there is no other.

    `others`: the original, then whoever has said to translate it, in the order of their markers; not all say so still.
    """
    found = {own.lang: own}
    for other in others:
        if other and own.original in {other.id, other.of}:
            found.setdefault(other.lang, other)
    return tuple(found[lang] for lang in sorted(found)) if len(found) > 1 else ()
