"""HTML: a whole page or a fragment. The article is taken out of it, and its fields from wherever they are said.

The fields stand either in front matter (at the top, or in a comment there), and then nowhere else; or in the head:
`<meta name="rubrique" content="...">` with the contract's names (`image.file`, `corrections.1.text`), and for what is
not said in that way the page's own headline, description, keywords, author, language and first `<time>`.
"""

import html as entities
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import islice
from typing import NamedTuple

from functions.core.article import LANGUAGES
from functions.core.files import image_beside
from functions.core.formats.hidden import Gap, without_hidden
from functions.core.formats.loose import with_paragraphs
from functions.core.formats.manuscript import (
    MAX_TAGS,
    Manuscript,
    Mention,
    Row,
    Source,
    is_same_line,
    line_at,
    line_ends,
    note_controls,
    title_of,
    tree_of,
)
from functions.core.formats.markup import Element, Tag, element_at, tags, text_of
from functions.core.formats.pasted import as_meant
from functions.core.header import front_matter
from functions.core.header.fields import contract_name, is_field
from functions.core.mistakes import MAX_PROBLEMS, Mistake, Unreadable

_COMMENTED = re.compile(r"\s*(?:<!doctype[^>]*>\s*)?<!--[ \t]*\n?(?=---[ \t]*\n)", re.IGNORECASE)
_COMMENT_END = re.compile(r"\s*-->")
# Furniture of a page that is nobody's text.
_CUT = frozenset("head nav form footer button select textarea dialog title".split())
_ALSO_SAID = {
    "og:title": "title",  # without the site's name, which <title> has
    "description": "standfirst",
    "og:description": "standfirst",
    "author": "authors",
    "keywords": "tags",
    "article:published_time": "published_at",
    "article:modified_time": "updated_at",
    "article:section": "category",
}
_FOOTNOTE = re.compile(r"(?:ftnt_?|_ftn|fn)(ref)?-?([0-9]{1,4})")  # of Google Docs, of Word, and ours
_NAMING = ("name", "property", "itemprop")


class _Page(NamedTuple):
    """A page's text, its tags, the part that is the article, and its headline, if it has one."""

    text: str
    tags: Sequence[Tag]
    article: Element
    headline: Element | None
    ends: list[int]
    begins: int

    def inner(self, element: Element) -> str:
        """The HTML inside an element."""
        end = self.tags[element.last].start if element.last < len(self.tags) else len(self.text)
        return self.text[self.tags[element.first].end : end]

    @property
    def range(self) -> tuple[int, int]:
        """Where the article's text begins and ends."""
        first, last = self.article
        start = self.begins if first < 0 else self.tags[first].end
        return start, self.tags[last].start if last < len(self.tags) else len(self.text)

    def row(self, name: str, value: str, tag: Tag) -> Row:
        return Row(name, value, line_at(self.ends, tag.start))


def read_page(key: str, text: str, mistakes: list[Mistake], notices: list[Mistake]) -> Manuscript:
    """The manuscript of an HTML text; Unreadable if its front matter never ends or it is all tags.

    What the page hides is left out, and noted if it stood in the article.
    """
    tree, begins = _front_matter(text, mistakes)
    shown, gaps = without_hidden(as_meant(text[begins:]))
    text = text[:begins] + shown
    page = _page(text, begins)
    notices += _hidden(page, gaps)
    headline = text_of(page.inner(page.headline)) if page.headline else ""
    if begins == 0:
        tree = tree_of(_rows(page, headline))
    note_controls(text[begins:], line_at(page.ends, begins), mistakes)
    skipped = page.headline if is_same_line(headline, title_of(tree)) else None
    return Manuscript(
        header=tree,
        html=with_paragraphs(_body(page, skipped)),
        first_line=line_at(page.ends, page.tags[page.article.first].start if page.article.first >= 0 else begins),
        source=Source(lambda: _mentions(page)),
        place=partial(image_beside, key),
    )


def _front_matter(text: str, mistakes: list[Mistake]) -> tuple[front_matter.Mapping | None, int]:
    """The header's tree and where the page begins after it; 0 for a page that has none."""
    comment = _COMMENTED.match(text)
    if not comment and not text.startswith("---"):
        return None, 0
    start = comment.end() if comment else 0
    split = front_matter.split(text[start:])
    above = text.count("\n", 0, start)
    tree = front_matter.load(split.header, mistakes, above)
    begins = len(text) - len(split.body)
    closing = _COMMENT_END.match(text, begins) if comment else None
    return tree, closing.end() if closing else begins


def _page(text: str, begins: int) -> _Page:
    found = [tag for tag in islice(tags(text), MAX_TAGS + 1) if tag.start >= begins]
    if len(found) > MAX_TAGS:
        raise Unreadable(Mistake("too_many_tags", limit=MAX_TAGS))
    article = _article(found)
    inside = (place for place in _opened(found, "h1") if article.first < place < article.last)
    headline = next(inside, None)
    return _Page(
        text, found, article, None if headline is None else element_at(found, headline), line_ends(text), begins
    )


def _opened(found: Sequence[Tag], name: str) -> list[int]:
    return [place for place, tag in enumerate(found) if tag.name == name and not tag.closing]


def _article(found: Sequence[Tag]) -> Element:
    """The element that holds the article: <article>, unless there are several, <main>, <body>, or the whole text."""
    for name in ("article", "main", "body"):
        opened = _opened(found, name)
        if opened:
            element = element_at(found, opened[0])
            if opened[-1] < element.last:
                return element
    return Element(-1, len(found))


def _rows(page: _Page, headline: str) -> list[Row]:
    """The fields as the page says them: by the contract's names first, then as pages say them anyway."""
    metas = [(tag, tag.attributes) for tag in page.tags if tag.name == "meta"][:MAX_PROBLEMS]
    said = [
        page.row(name, has["content"].strip(), tag)
        for tag, has in metas
        if "content" in has and (name := next((has[each].strip().casefold() for each in _NAMING if each in has), ""))
    ]
    own = [row for row in said if row.name not in _ALSO_SAID and is_field(row.name.partition(".")[0])]
    also: dict[str, Row] = {}
    for row in _also_said(page, headline, said):
        also.setdefault(row.name, row)
    known = {contract_name(row.name.partition(".")[0]) for row in own}
    return own + [row for name, row in also.items() if name not in known and row.value]


def _also_said(page: _Page, headline: str, metas: Sequence[Row]) -> Iterator[Row]:
    if page.headline:
        yield page.row("title", headline, page.tags[page.headline.first])
    yield from (row._replace(name=_ALSO_SAID[row.name]) for row in metas if row.name in _ALSO_SAID)
    if labels := [row for row in metas if row.name == "article:tag"]:  # of Open Graph, one for each
        yield labels[0]._replace(name="tags", value=", ".join(row.value for row in labels))
    for place in _opened(page.tags, "title")[:1]:
        yield page.row("title", text_of(page.inner(element_at(page.tags, place))), page.tags[place])
    for place, tag in enumerate(page.tags):
        if tag.closing or tag.name not in {"html", "time"}:
            continue
        if tag.name == "html":
            lang = tag.attributes.get("lang", "").casefold().partition("-")[0]
            yield page.row("lang", lang if lang in LANGUAGES else "", tag)
        elif page.article.first < place < page.article.last:
            yield page.row("published_at", tag.attributes.get("datetime", ""), tag)


def _hidden(page: _Page, gaps: Iterable[Gap]) -> list[Mistake]:
    """A notice, if anything of the article was hidden that would have been published: at the line of the first gap."""
    start, end = page.range
    found = (page.begins + gap.at for gap in gaps if gap.name not in _CUT)
    return [Mistake("hidden_text", "body", line_at(page.ends, at)) for at in found if start <= at <= end][:1]


def _body(page: _Page, headline: Element | None) -> str:
    """The article's HTML without the page's furniture and the headline, every link written the same way."""
    at, end = page.range
    pieces: list[str] = []
    place = page.article.first + 1
    while place < page.article.last:
        tag = page.tags[place]
        if not tag.closing and (tag.name in _CUT or (headline and place == headline.first)):
            pieces.append(page.text[at : tag.start])
            place = element_at(page.tags, place).last
            at = page.tags[place].end if place < len(page.tags) else len(page.text)
        elif tag.name == "a" and not tag.closing:
            pieces += page.text[at : tag.start], _anchor(tag)
            at = tag.end
        place += 1
    return "".join([*pieces, page.text[at:end]])


def _anchor(tag: Tag) -> str:
    has = tag.attributes
    named = _note(has.get("id") or has.get("name", ""))
    place = f' id="{named}"' if named else ""
    if "href" not in has:
        return f"<a{place}>"
    href = has["href"].strip()
    noted = _note(href[1:]) if href.startswith("#") else ""
    return f'<a href="{f"#{noted}" if noted else entities.escape(href)}"{place}>'


def _note(name: str) -> str:
    """Our name of the place of a footnote, or of its mention, as Word and Google Docs name it in a page."""
    match = _FOOTNOTE.fullmatch(name)
    return f"fn{'ref' if match[1] else ''}-{match[2]}" if match else ""


def _mentions(page: _Page) -> Iterator[Mention]:
    for tag in page.tags:
        if tag.name in {"a", "img"} and not tag.closing:
            has = tag.attributes
            yield Mention((has.get("href") or has.get("src") or "").strip(), line_at(page.ends, tag.start))
