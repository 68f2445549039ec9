"""Letters: what the newsletter's mails say, in the reader's language, set as the site is."""

from collections.abc import Mapping, Sequence
from datetime import date as Date
from datetime import datetime
from typing import Literal, NamedTuple
from urllib.parse import quote, urljoin

from functions.core import places
from functions.core.article import LANGUAGES, Language
from functions.core.entry import Entry
from functions.core.locale import Locale, parse_locale
from functions.core.newsletter.mime import Mail, Parts, mail
from functions.core.newsletter.phrases import MailWords, Phrases, parse_phrases
from functions.core.settings import Settings
from functions.core.templates import Templates

MAX_HTML = 90_000  # bytes: mail readers on the web cut off at about 100 kB
_MOST_SHOWN = 60  # articles; nobody reads more, and few more would fit
_ACCENTS = 8  # as many category colours as the site has
Link = Literal["confirm", "unsubscribe"]


class Letterhead(NamedTuple):
    """What every letter of a newsroom shares."""

    settings: Settings
    locales: Mapping[Language, Locale]
    phrases: Mapping[Language, Phrases]
    templates: Templates

    def link(self, purpose: Link, token: str) -> str:
        """The address behind a button or a header of a letter."""
        return f"{self.settings.newsroom.base_url}/api/newsletter/{purpose}?token={quote(token, safe='')}"


class Piece(NamedTuple):
    """An article in an issue. `lang` and `dir` are its own; `accent` is the number of its category's colour."""

    href: str
    title: str
    standfirst: str
    category: str
    accent: int
    lang: str
    dir: str


class Paper(NamedTuple):
    """What every letter shows: the newsroom's name and pages, the reader's language and its words."""

    name: str
    home: str
    privacy: str  # empty without a notice
    lang: str
    dir: str
    words: MailWords


class InviteLetter(NamedTuple):
    """The mail that asks to confirm; templates invite.html and invite.txt. `unsubscribe` is for a reader, or empty."""

    paper: Paper
    title: str
    text: str
    button: str
    link: str
    note: str
    unsubscribe: str


class IssueLetter(NamedTuple):
    """The daily issue; templates issue.html and issue.txt. `more` says how many articles are only on the site.

    `choose` is the page where other categories can be asked for; empty where there is only one.
    """

    paper: Paper
    date: str
    pieces: tuple[Piece, ...]
    more: str
    why: str
    choose: str
    unsubscribe: str


def invite(head: Letterhead, to: str, language: Language, token: str, now: datetime) -> Mail:
    """The mail that asks to confirm a sign-up. `token` is the confirmation's; its last part names the mail."""
    words = head.phrases[language].mail
    name = head.settings.newsroom.name
    letter = InviteLetter(
        paper=_paper(head, language),
        title=words.invite_title,
        text=words.invite_text.format(name=name),
        button=words.invite_button,
        link=head.link("confirm", token),
        note=words.invite_note,
        unsubscribe="",
    )
    return _invitation(head, letter, to, words.invite_subject.format(name=name), token, now)


def change(head: Letterhead, envelope: "Envelope", wanted: Sequence[str], token: str, now: datetime) -> Mail:
    """The mail that asks a reader to confirm a sign-up for other categories, or for the same; as `invite` otherwise."""
    words = head.phrases[envelope.language].mail
    name = head.settings.newsroom.name
    names = [category.name for category in head.settings.chosen(wanted)]
    letter = InviteLetter(
        paper=_paper(head, envelope.language),
        title=words.change_title,
        text=words.change_text.format(name=name, categories=" · ".join(names) or words.change_all),
        button=words.change_button,
        link=head.link("confirm", token),
        note=words.change_note,
        unsubscribe=head.link("unsubscribe", envelope.token),
    )
    return _invitation(head, letter, envelope.to, words.change_subject.format(name=name), token, now)


def _invitation(head: Letterhead, letter: InviteLetter, to: str, subject: str, token: str, now: datetime) -> Mail:
    html, text = _render(head, "invite", letter)
    parts = Parts(
        name=head.settings.newsroom.name,
        sender=head.settings.sender,
        to=to,
        subject=subject,
        html=html,
        text=text,
        unique=f"invite.{token.rpartition('.')[2][:24]}",
        unsubscribe=letter.unsubscribe,
    )
    return mail(parts, now, (("kind", "invite"),))


class Envelope(NamedTuple):
    """A reader to be written to. `token` is the unsubscription's; `subscriber` comes back with SES's events."""

    to: str
    subscriber: str
    language: Language
    token: str


def issue(head: Letterhead, date: str, entries: Sequence[Entry], envelope: Envelope, now: datetime) -> Mail:
    """The issue of a day for one reader; `entries`, at least one, are in the order to be read."""
    html, text = issue_body(head, date, entries, envelope.language, envelope.token)
    words = head.phrases[envelope.language].mail
    name = head.settings.newsroom.name
    parts = Parts(
        name=name,
        sender=head.settings.sender,
        to=envelope.to,
        subject=words.issue_subject.format(name=name, date=_day(head, date, envelope.language)),
        html=html,
        text=text,
        unique=f"issue.{date}.{envelope.subscriber[:24]}",
        unsubscribe=head.link("unsubscribe", envelope.token),
    )
    return mail(parts, now, (("kind", "issue"), ("issue", date), ("reader", envelope.subscriber)))


def issue_body(
    head: Letterhead, date: str, entries: Sequence[Entry], language: Language, token: str
) -> tuple[str, str]:
    """An issue as HTML, under 90 kB however many articles there are, and as text."""
    words = head.phrases[language].mail
    shown = min(len(entries), _MOST_SHOWN)
    while True:
        hidden = len(entries) - shown
        letter = IssueLetter(
            paper=_paper(head, language),
            date=_day(head, date, language),
            pieces=tuple(_piece(head, entry) for entry in entries[:shown]),
            more=words.more.format(count=hidden) if hidden else "",
            why=words.why.format(name=head.settings.newsroom.name),
            choose=head.settings.newsroom.base_url + places.NEWSLETTER if len(head.settings.category) > 1 else "",
            unsubscribe=head.link("unsubscribe", token),
        )
        html, text = _render(head, "issue", letter)
        if len(html.encode()) < MAX_HTML or not shown:
            return html, text
        shown = shown * 3 // 4


def _paper(head: Letterhead, language: Language) -> Paper:
    newsroom = head.settings.newsroom
    direction = head.locales[language].direction
    home, privacy = newsroom.base_url + "/", head.settings.privacy
    address = urljoin(home, privacy) if privacy else ""
    return Paper(newsroom.name, home, address, language, direction, head.phrases[language].mail)


def _render(head: Letterhead, name: str, letter: InviteLetter | IssueLetter) -> tuple[str, str]:
    html, text = (head.templates.render(f"{name}.{kind}", letter._asdict()) for kind in ("html", "txt"))
    return html, text


def _day(head: Letterhead, date: str, language: Language) -> str:
    return head.locales[language].date(Date.fromisoformat(date))


def _piece(head: Letterhead, entry: Entry) -> Piece:
    names = {category.slug: category.name for category in head.settings.category}
    order = list(names)
    return Piece(
        href=head.settings.newsroom.base_url + places.encoded(entry.path),
        title=entry.title,
        standfirst=entry.standfirst,
        category=names.get(entry.category, entry.category),
        accent=order.index(entry.category) % _ACCENTS + 1 if entry.category in names else 1,
        lang=entry.lang,
        dir=head.locales[entry.lang].direction,
    )


def make_letterhead(settings: Settings, files: Mapping[str, bytes]) -> Letterhead:
    """A letterhead from the settings and the files of templates/; raises what `make_house` raises for a mistake."""
    templates = Templates(
        {name.removeprefix("mail/"): body.decode() for name, body in files.items() if name.startswith("mail/")}
    )
    templates.compile_all()
    return Letterhead(
        settings=settings,
        locales={each: parse_locale(files[f"locales/{each}.toml"]) for each in LANGUAGES},
        phrases={each: parse_phrases(files[f"locales/newsletter.{each}.toml"]) for each in LANGUAGES},
        templates=templates,
    )
