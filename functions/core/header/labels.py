"""Labels: the tags and authors that a header names, each with the slug of its page."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache

from functions.core.article import Author, Tag
from functions.core.header.form import Form, Text, parted
from functions.core.slugs import slug
from functions.core.typography import Hand, typeset

MAX_NAME, MAX_TAGS, MAX_AUTHORS = 80, 20, 10
# After a letter these say something: C++ and C# are not C, Canal+ is no canal. "#logement" is logement.
_SPOKEN = re.compile(r"(?<=\w)[+#]+")
_HASH = re.compile(r"^#+(?=\w)")
_WORDS = str.maketrans({"+": " plus ", "#": " sharp "})
# The page says it before the names: "Par Par Salma Idrissi" otherwise.
_BYLINE = re.compile(r"(?:par|by|بقلم)\s*(?::\s*|\s)(?=\S)", re.IGNORECASE)
_FULL_NAME = r"[^\W\d_a-zß-öø-ÿ][\w’'.-]*(?: [^\W\d_a-zß-öø-ÿ][\w’'.-]*)+"
_TWO_NAMES = re.compile(rf"{_FULL_NAME} (?:et|and|&) {_FULL_NAME}")
_WITHIN_WORDS = "-'’\u2010\u2011"  # however they are written, the words are the same


def read_tags(form: Form, hand: Hand) -> tuple[Tag, ...]:
    """The tags, one for each slug; of a hashtag, the word."""
    written = form.texts("tags", MAX_NAME, MAX_TAGS)
    labels = _by_slug(form, "tags", (each._replace(text=_HASH.sub("", each.text)) for each in written))
    return tuple(_tag(name, label, hand) for name, label in labels)


def read_authors(form: Form, hand: Hand) -> tuple[Author, ...]:
    """The authors: a list of them, or one alone."""
    return tuple(_author(name, label, hand) for name, label in _authors(form))


@lru_cache(maxsize=4096)
def _tag(name: str, label: str, hand: Hand) -> Tag:
    return Tag(slug=name, label=typeset(label, hand))


@lru_cache(maxsize=1024)
def _author(name: str, label: str, hand: Hand) -> Author:
    return Author(slug=name, name=typeset(label, hand))


def _by_slug(form: Form, name: str, labels: Iterable[Text]) -> list[tuple[str, str]]:
    """Slug and label, the first label of each slug; of another that differs in more than its spelling, a notice."""
    found: dict[str, str] = {}
    for label in labels:
        short = _slug(label.text)
        if not short:
            form.note("no_letters", name, label.line, value=label.text)
        first = found.setdefault(short, label.text)
        if short and first != label.text and _signs(first) != _signs(label.text):
            form.note("same_address", name, label.line, value=label.text, suggestion=first)
    return list(found.items())


@lru_cache(maxsize=4096)
def _slug(label: str) -> str:
    """The slug of a tag or a name."""
    return slug(_SPOKEN.sub(lambda signs: signs[0].translate(_WORDS), label))


def _signs(label: str) -> str:
    """All that a slug leaves out of a label but accents, vowel signs and what words are joined by."""
    return "".join(sign for sign in label if unicodedata.category(sign)[0] in "SP" and sign not in _WITHIN_WORDS)


def _authors(form: Form) -> list[tuple[str, str]]:
    author = form.node("author")
    if author is None:
        return _by_slug(form, "authors", _names(form, "authors", form.texts("authors", MAX_NAME, MAX_AUTHORS)))
    if form.node("authors"):
        form.note("duplicate_field", "authors", author.line, value="author")
    one = form.text("author", MAX_NAME)
    if one and (names := parted(one.text))[1:]:
        form.note("several_authors", "author", one.line, value=one.text, suggestion=f"authors: [{', '.join(names)}]")
    return _by_slug(form, "author", _names(form, "author", [one] if one else []))


def _names(form: Form, name: str, bylines: Iterable[Text]) -> Iterator[Text]:
    """The bylines without the word that a page puts before them; a notice of one that is two people's."""
    for byline in bylines:
        if _TWO_NAMES.fullmatch(byline.text):
            form.note("two_authors", name, byline.line, value=byline.text)
        yield byline._replace(text=_BYLINE.sub("", byline.text, count=1)) if _BYLINE.match(byline.text) else byline
