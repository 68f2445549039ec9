"""Translations: articles that say the same in several languages. One says of which other it is the translation."""

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from functions.core.article import Language
from functions.core.record import Record
from functions.core.spelling import spellings

MOST = 30  # uploads looked at for one page, so that the work stays constant


class Translation(NamedTuple):
    """A live article as its versions in other languages know it; `of` is the id of what it says to translate."""

    id: str
    lang: Language
    path: str
    of: str | None


Family = Mapping[str, Translation | None]
"""By id, None for what is not live: live articles may have it in common that they translate what has gone."""


def translation_of(record: Record) -> Translation | None:
    """A record as a version of its text; None unless it is live."""
    article = record.article
    if article is None or record.path is None:
        return None
    return Translation(record.id, article.lang, record.path, article.translation_of)


def family(
    ids: Iterable[str],
    of_id: Callable[[str], Translation | None],
    translators: Callable[[str], Iterable[Translation]],
    most: int | None = MOST,
) -> Family:
    """Whoever can be reached from some uploads, themselves first, over what live articles say to translate.

    `of_id` knows an upload, `translators` those who say to translate it, in the order of their markers.
    """
    found: dict[str, Translation | None] = {}
    asked = dict.fromkeys(ids)
    while asked and len(found) != most:
        id_ = next(iter(asked))
        del asked[id_]
        own = found[id_] = of_id(id_)
        linked = spellings(own.of) if own and own.of else ()
        asked |= dict.fromkeys(each for each in (*linked, *(each.id for each in translators(id_))) if each not in found)
    return found


def versions_in(found: Family) -> tuple[Translation, ...]:
    """The members of a family that stand for a language, the first of each, by language; none if there is but one."""
    by_lang: dict[str, Translation] = {}
    for each in filter(None, found.values()):
        by_lang.setdefault(each.lang, each)
    return tuple(by_lang[lang] for lang in sorted(by_lang)) if len(by_lang) > 1 else ()
