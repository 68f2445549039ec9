"""Letters as mail readers show them, whatever these take away, and whatever the newsroom is called."""

from datetime import UTC, datetime
from html.parser import HTMLParser
from typing import get_args

import pytest

from functions.core.article import Language
from functions.core.newsletter import letter
from functions.core.newsletter.letter import Envelope, Letterhead
from functions.core.newsletter.mime import Mail
from tests.newsletter.mail import body, parsed, text
from tests.site import samples

NOW = datetime(2026, 11, 29, 7, tzinfo=UTC)
TAKEN_AWAY = {"html", "head", "meta", "title", "style", "body"}  # by Gmail among others: a letter stands in their page


class Outermost(HTMLParser):
    """The attributes of the first element that is left."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.attributes: dict[str, str | None] | None = None
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self.attributes is None and tag not in TAKEN_AWAY:
            self.attributes = dict(attrs)


def letters(language: Language, name: str = "La Quotidienne", privacy: str | None = None) -> tuple[Mail, Mail]:
    settings = samples.settings(language, privacy, name=name)
    head: Letterhead = letter.make_letterhead(settings, samples.template_files())
    envelope = Envelope("naima@example.ma", "0" * 40, language, "token")
    return (
        letter.invite(head, "naima@example.ma", language, "v1.token", NOW),
        letter.issue(head, "2026-11-29", samples.entries(2), envelope, NOW),
    )


@pytest.mark.parametrize("language", get_args(Language))
def test_a_letter_keeps_its_language_and_its_direction_where_its_html_element_is_taken_away(language: Language) -> None:
    for mail in letters(language):
        left = Outermost(body(mail, "html")).attributes or {}
        assert (left.get("lang"), left.get("dir")) == (language, "rtl" if language == "ar" else "ltr")


class Seen(HTMLParser):
    """The text of a body, in order, and every width that an attribute names outside of Outlook's comments."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.text, self.widths = "", set[str]()
        self.feed(html.partition("<body")[2].partition(">")[2])

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.widths |= {value or "" for name, value in attrs if name == "width"}


def test_what_a_mailbox_shows_beside_the_subject_is_the_news_and_not_the_newsroom_s_name_again() -> None:
    invitation, issue = (Seen(body(mail, "html")).text.split() for mail in letters("fr"))
    assert " ".join(issue).startswith("Article numéro 1 · Article numéro 2 La Quotidienne")
    assert " ".join(invitation).startswith("Cette adresse a été inscrite")


def test_outlook_which_knows_no_greatest_width_gets_a_column_of_its_own() -> None:
    for mail in letters("ar"):
        html = body(mail, "html")
        start, end = html.index("<!--[if mso]><table"), html.index("<!--[if mso]></td></tr></table><![endif]-->")
        assert 'dir="rtl" align="center" width="600"' in html[start : html.index("<![endif]-->")]
        assert start < html.index(">La Quotidienne<", start) < end
        assert Seen(html).widths == {"100%"}


@pytest.mark.parametrize(
    ("language", "name", "subject", "named"),
    [
        ("fr", "Le Matin", "Le Matin : confirmez votre inscription", "newsletter «\u202fLe Matin\u202f»"),
        ("fr", "Aujourd’hui", "Aujourd’hui : confirmez votre inscription", "newsletter «\u202fAujourd’hui\u202f»"),
        ("ar", "الصباح", "أكّد اشتراكك في الصباح", "النشرة البريدية «الصباح»"),
    ],
)
def test_no_article_or_preposition_runs_into_the_newsroom_s_name(
    language: Language, name: str, subject: str, named: str
) -> None:
    invitation, issue = letters(language, name)
    assert parsed(invitation)["Subject"] == subject
    for mail in (invitation, issue):
        assert named in text(mail)


@pytest.mark.parametrize(
    ("language", "choice", "all_of_them"),
    [
        ("fr", "Changer de rubriques", "toutes les rubriques."),
        ("en", "Change categories", "all categories."),
        ("ar", "تغيير الأقسام", "كل الأقسام."),
    ],
)
def test_a_reader_is_asked_about_categories_by_their_names_and_led_to_their_choice(
    language: Language, choice: str, all_of_them: str
) -> None:
    settings = samples.settings(language)
    renamed = settings.category[1].model_copy(update={"formerly": ("before",)})
    settings = settings.model_copy(update={"category": (settings.category[0], renamed, *settings.category[2:])})
    head = letter.make_letterhead(settings, samples.template_files())
    envelope = Envelope("naima@example.ma", "0" * 40, language, "token")
    names = [category.name for category in settings.category]
    for wanted, told in (
        ([category.slug for category in reversed(settings.category)], " · ".join(names)),
        (["<b>", settings.category[1].slug], names[1]),
        (["before"], names[1]),
        ([], all_of_them),
        (["gone"], all_of_them),
    ):
        mail = letter.change(head, envelope, wanted, "v1.token", NOW)
        assert f": {told}" in text(mail).replace("\u00a0", " ")
        assert told in body(mail, "html")
    _, issue = letters(language)
    assert f"\r\n{choice}\r\n{settings.newsroom.base_url}/newsletter/\r\n" in text(issue)
    alone = head._replace(settings=settings.model_copy(update={"category": settings.category[:1]}))
    assert choice not in text(letter.issue(alone, "2026-11-29", samples.entries(2), envelope, NOW)), "one is no choice"


@pytest.mark.parametrize(
    ("language", "more"),
    [
        ("fr", "Autres articles sur le site\u00a0: 1"),
        ("en", "More articles on the site: 1"),
        ("ar", "مقالات أخرى على الموقع: 1"),
    ],
)
def test_a_letter_shows_sixty_articles_and_counts_the_others(language: Language, more: str) -> None:
    head = letter.make_letterhead(samples.settings(language), samples.template_files())
    html, as_text = letter.issue_body(head, "2026-11-29", samples.entries(61), language, "token")
    assert html.count("<h2") == 60
    assert more in html
    assert more in as_text
    assert more[:-1] not in letter.issue_body(head, "2026-11-29", samples.entries(60), language, "token")[1]


@pytest.mark.parametrize(
    ("language", "words"),
    [("fr", "Politique de confidentialité"), ("en", "Privacy notice"), ("ar", "سياسة الخصوصية")],
)
def test_every_letter_leads_to_the_privacy_notice_if_there_is_one(language: Language, words: str) -> None:
    for mail in letters(language):
        assert words not in body(mail, "html") + text(mail)
    for privacy, address in (
        ("/vie-privee/", "https://www.example.ma/vie-privee/"),
        ("https://example.org/p?q=1&r", "https://example.org/p?q=1&r"),
    ):
        for mail in letters(language, privacy=privacy):
            assert f"\r\n{words}\r\n{address}\r\n" in text(mail)
            assert f'href="{address.replace("&", "&amp;")}"' in body(mail, "html")
