"""What templates may say: one frozen, typed context a template, documented for the people who design the pages.

A context has its template's name; the template knows the context's fields by their names and nothing else.
Texts are plain and are escaped by the template; `Markup` is HTML made or sanitised by the press. An empty string is
"there is none". Every href is a site path or an address; every date is already a `Moment`.
"""

from typing import NamedTuple, TypeAlias

from functions.core.locale import Words
from functions.core.parts import (
    Alternate,
    Block,
    CorrectionNote,
    CorrectionRow,
    DayCell,
    DayOfRows,
    Link,
    Moment,
    Preview,
    Row,
    Section,
    Shell,
    SignUpForm,
    Site,
    YearOfMonths,
)
from functions.core.picture import Image
from functions.core.templates import Markup, Templates


class MastheadPart(NamedTuple):
    """The newspaper's name and its categories; `current` is the href of the category being read."""

    site: Site
    sections: tuple[Section, ...]
    current: str


class FooterPart(NamedTuple):
    """The foot of every page; the newsletter's `form` is in it unless the page has it already."""

    site: Site
    sections: tuple[Section, ...]
    corrections: str
    feed: str
    newsletter: str
    form: SignUpForm | None


class FigurePart(NamedTuple):
    """An image of an article: a figure with its legend, or bare inside a line of text. The lead is loaded at once."""

    image: Image
    caption: str
    credit: str
    words: Words
    bare: bool
    lead: bool


class ArticlePage(NamedTuple):
    """An article. `words`, `lang`, `dir`, `territory`, dates are in its own language, `site.words` in the newsroom's.

    `linked_data` are schema.org JSON texts, each for a script element. `related` is in rank order, `versions` is the
    text in all its languages, if there are several. `preview` is the picture for where the address is shared.
    """

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


class CategoryPage(NamedTuple):
    """The newest of a category; `archive` is the newest month's page, `years` are newest first."""

    site: Site
    shell: Shell
    section: Section
    rows: tuple[Row, ...]
    archive: str
    years: tuple[YearOfMonths, ...]


class MonthPage(NamedTuple):
    """A month of a category, or one part of it. `blanks` is the column of the month's first day, 0 is Monday.

    `older` is the part before this one; `newest` is the month's own page, empty when this is it.
    """

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


class ListPage(NamedTuple):
    """The newest articles of a tag or an author; `kicker` says which of the two, `older` searches for what follows."""

    site: Site
    shell: Shell
    kicker: str
    title: str
    rows: tuple[Row, ...]
    older: str


class FrontPage(NamedTuple):
    """The front page: the lead story, the newest of all categories, then a block a category."""

    site: Site
    shell: Shell
    lead: Row | None
    latest: tuple[Row, ...]
    blocks: tuple[Block, ...]


class CorrectionsPage(NamedTuple):
    """The newest corrections, or those of one year, newest first; `years` lead to the others, once there are many.

    `all` is the page of the newest, empty when this is it.
    """

    site: Site
    shell: Shell
    title: str
    rows: tuple[CorrectionRow, ...]
    years: tuple[Link, ...]
    all: str


class NoticePage(NamedTuple):
    """A page that says one thing: not found, withdrawn, check your mailbox; perhaps with the newsletter's `form`."""

    site: Site
    shell: Shell
    title: str
    text: str
    form: SignUpForm | None


class QuestionPage(NamedTuple):
    """A page with one button, which posts to the very address at which the page is read, its token included."""

    site: Site
    shell: Shell
    title: str
    text: str
    button: str


class SearchPage(NamedTuple):
    """Search, done by the browser: `parts` is the address of its list of parts. Without a script, the categories."""

    site: Site
    shell: Shell
    sections: tuple[Section, ...]
    parts: str


class RedirectPage(NamedTuple):
    """What stands at a former address, for servers that do not answer 301; `href` is the address now."""

    site: Site
    href: str


Context: TypeAlias = (
    MastheadPart
    | FooterPart
    | FigurePart
    | ArticlePage
    | CategoryPage
    | MonthPage
    | ListPage
    | FrontPage
    | CorrectionsPage
    | NoticePage
    | QuestionPage
    | SearchPage
    | RedirectPage
)


def filled(templates: Templates, context: Context) -> str:
    """The template of a context, filled with it: `ArticlePage` fills article.html, `FooterPart` footer.html."""
    name = type(context).__name__.removesuffix("Page").removesuffix("Part").lower()
    return templates.render(f"{name}.html", context._asdict())
