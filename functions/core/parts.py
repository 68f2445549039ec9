"""Parts that several pages share: what templates find inside their contexts."""

from typing import NamedTuple

from functions.core.locale import Words
from functions.core.picture import Image
from functions.core.templates import Markup


class Link(NamedTuple):
    """A place to go."""

    href: str
    text: str


class Alternate(NamedTuple):
    """The article in a language, perhaps its own; `text` invites to read it, in that language."""

    lang: str
    dir: str
    territory: str
    href: str
    url: str
    text: str


class Section(NamedTuple):
    """A category as a place; `accent` is the CSS class of its colour (`c1` to `c8`)."""

    href: str
    text: str
    accent: str


class Choice(NamedTuple):
    """A box to tick in a form: `value` is what is sent."""

    value: str
    text: str


class SignUpForm(NamedTuple):
    """The newsletter's form; one that was refused has what was typed and ticked, and names its `wrong` fields."""

    choices: tuple[Choice, ...] = ()
    email: str = ""
    consent: bool = False
    chosen: tuple[str, ...] = ()
    wrong: tuple[str, ...] = ()


class Moment(NamedTuple):
    """An instant or a day: `iso` for `<time datetime>`, `text` in the house style of the page's language."""

    iso: str
    text: str


class CorrectionNote(NamedTuple):
    """One correction inside its article."""

    date: Moment
    text: str


class Preview(NamedTuple):
    """A picture that stands for a page elsewhere: `url` is absolute, `type` its media type, sizes are in pixels."""

    url: str
    type: str
    width: int
    height: int
    alt: str


class Row(NamedTuple):
    """An entry in a list. `lang` and `dir` are set only when they differ from the page's."""

    href: str
    title: str
    standfirst: str
    published: Moment
    section: Section
    image: Image | None
    lang: str
    dir: str


class Site(NamedTuple):
    """What is the same on every page of a newsroom; all but names and words are hrefs. The last two may be empty."""

    name: str
    url: str
    language: str
    direction: str
    territory: str
    words: Words
    stylesheet: str
    script: str
    icon: str
    icon_png: str
    touch_icon: str
    manifest: str
    search: str
    privacy: str


class Shell(NamedTuple):
    """What surrounds the content of one page.

    `header` and `footer` are rendered once a build (masthead.html, footer.html). `canonical` is an absolute address,
    empty on pages that search engines must not keep. `feed` is the RSS feed that tells of this page, `json_feed` the
    address of the same as JSON Feed. `accent` is as in Section.
    """

    title: str
    description: str
    canonical: str
    feed: Link
    json_feed: str
    accent: str
    header: Markup
    footer: Markup


class YearOfMonths(NamedTuple):
    """The months of one year that have articles, newest first."""

    year: str
    months: tuple[Link, ...]


class DayCell(NamedTuple):
    """One day of the calendar; `href` is empty when nothing was published."""

    number: str
    href: str
    label: str


class DayOfRows(NamedTuple):
    """The articles of one day, newest first; `anchor` is the id that the calendar points at."""

    anchor: str
    label: str
    rows: tuple[Row, ...]


class Block(NamedTuple):
    """A category on the front page."""

    section: Section
    rows: tuple[Row, ...]


class CorrectionRow(NamedTuple):
    """One correction in the list of all, with the article that it mends."""

    date: Moment
    text: str
    article: Row
