"""What templates may say: one frozen, typed context a template, documented for the people who design the pages.

A context names its template in `template`; the template knows the context's fields by their names and nothing else.
Texts are plain and are escaped by the template; `Markup` is HTML made or sanitised by the press. An empty string is
"there is none". Every href is a site path or an address; every date is already a `Moment`.
"""

from dataclasses import dataclass
from typing import ClassVar

from functions.core.locale import Words
from functions.core.parts import (
    Alternate,
    Block,
    Choice,
    CorrectionNote,
    CorrectionRow,
    DayCell,
    DayOfRows,
    Image,
    Link,
    Moment,
    Preview,
    Row,
    Section,
    Shell,
    Site,
    YearOfMonths,
)
from functions.core.templates import Markup


@dataclass(frozen=True)
class Context:
    """The base of whatever a template is filled with."""

    template: ClassVar[str]


@dataclass(frozen=True)
class MastheadPart(Context):
    """The newspaper's name and its categories; `current` is the href of the category being read."""

    template = "masthead.html"
    site: Site
    sections: tuple[Section, ...]
    current: str


@dataclass(frozen=True)
class FooterPart(Context):
    """The foot of every page; `form` says whether the newsletter form is in it (not where the page has it already)."""

    template = "footer.html"
    site: Site
    sections: tuple[Section, ...]
    corrections: str
    feed: str
    newsletter: str
    form: bool


@dataclass(frozen=True)
class FigurePart(Context):
    """An image of an article: a figure with its legend, or bare inside a line of text. The lead is loaded at once."""

    template = "figure.html"
    image: Image
    caption: str
    credit: str
    words: Words
    bare: bool
    lead: bool


@dataclass(frozen=True)
class ArticlePage(Context):
    """An article. `words`, `lang`, `dir`, `territory`, dates are in its own language, `site.words` in the newsroom's.

    `linked_data` are schema.org JSON texts, each for a script element. `related` is in rank order, `versions` is the
    text in all its languages, if there are several. `preview` is the picture for where the address is shared.
    """

    template = "article.html"
    site: Site
    shell: Shell
    words: Words
    lang: str
    dir: str
    territory: str
    title: str
    standfirst: str
    section: Section
    archives: str
    authors: tuple[Link, ...]
    published: Moment
    updated: Moment | None
    lead: Markup
    body: Markup
    corrections: tuple[CorrectionNote, ...]
    tags: tuple[Link, ...]
    related: tuple[Row, ...]
    preview: Preview | None
    modified: str  # the instant of the last change, corrections included
    linked_data: tuple[Markup, ...]
    versions: tuple[Alternate, ...]


@dataclass(frozen=True)
class CategoryPage(Context):
    """The newest of a category; `archive` is the newest month's page, `years` are newest first."""

    template = "category.html"
    site: Site
    shell: Shell
    section: Section
    rows: tuple[Row, ...]
    archive: str
    years: tuple[YearOfMonths, ...]


@dataclass(frozen=True)
class MonthPage(Context):
    """A month of a category, or one part of it. `blanks` is the column of the month's first day, 0 is Monday.

    `older` is the part before this one; `newest` is the month's own page, empty when this is it.
    """

    template = "month.html"
    site: Site
    shell: Shell
    section: Section
    month: str
    initials: tuple[str, ...]
    blanks: int
    calendar: tuple[DayCell, ...]
    days: tuple[DayOfRows, ...]
    older: str
    newest: str


@dataclass(frozen=True)
class ListPage(Context):
    """The newest articles of a tag or an author; `kicker` says which of the two."""

    template = "list.html"
    site: Site
    shell: Shell
    kicker: str
    title: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class FrontPage(Context):
    """The front page: the lead story, the newest of all categories, then a block a category."""

    template = "front.html"
    site: Site
    shell: Shell
    lead: Row | None
    latest: tuple[Row, ...]
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class CorrectionsPage(Context):
    """Every correction, newest first."""

    template = "corrections.html"
    site: Site
    shell: Shell
    rows: tuple[CorrectionRow, ...]


@dataclass(frozen=True)
class NoticePage(Context):
    """A page that says one thing: not found, withdrawn, check your mailbox. `choices` are the form's categories."""

    template = "notice.html"
    site: Site
    shell: Shell
    title: str
    text: str
    form: bool
    choices: tuple[Choice, ...] = ()


@dataclass(frozen=True)
class QuestionPage(Context):
    """A page with one button, which posts to the very address at which the page is read, its token included."""

    template = "question.html"
    site: Site
    shell: Shell
    title: str
    text: str
    button: str


@dataclass(frozen=True)
class SearchPage(Context):
    """Search, done by the browser: `index` is the address of its list of parts. Without a script, the categories."""

    template = "search.html"
    site: Site
    shell: Shell
    sections: tuple[Section, ...]
    index: str


@dataclass(frozen=True)
class RedirectPage(Context):
    """What stands at a former address, for servers that do not answer 301; `href` is the address now."""

    template = "redirect.html"
    site: Site
    href: str
