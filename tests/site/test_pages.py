import gzip
from xml.etree.ElementTree import Element

import pytest

from functions.core.article import LANGUAGES, Author, Correction, Figure, Language, Tag
from functions.core.page import Page
from functions.core.site.fixed import static_pages
from functions.core.site.house import make_house
from functions.core.site.lists import author_pages, category_pages, corrections_pages, front_pages, tag_pages
from functions.core.site.months import month_pages
from tests.site import samples
from tests.site.dom import one, parse, select, text, words
from tests.site.kinds import all_pages, html_pages

HOSTILE = [
    "</script><script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>' onload='x",
    "<!--<script>",
    "😀 & <b>gras</b> {{ 7*7 }} {% raw %} ${x}",
    "نص عربي ثم latin ثم 123",
]


def names_of(page: Page) -> list[str]:
    return [element.tag for element in parse(page).iter()]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_is_html_that_no_browser_has_to_mend(language: Language) -> None:
    for page in html_pages(language):
        parse(page)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_shell_speaks_the_newsrooms_language(language: Language) -> None:
    locale = samples.house(language).locale
    for page in html_pages(language):
        html = parse(page)
        assert (html.get("lang"), html.get("dir")) == (language, locale.direction)
        assert all(form.get("action") == "/api/newsletter/subscriptions" for form in select(page, "form.newsletter"))


def test_every_page_has_one_h1_and_one_form_at_most() -> None:
    for page in html_pages():
        if b"http-equiv" not in page.body:
            assert len(select(page, "h1")) == 1, page.key
            assert len(select(page, "form.newsletter")) == 1, page.key


def test_ids_are_unique_on_every_page() -> None:
    for page in html_pages():
        ids = [element.get("id") for element in parse(page).iter() if element.get("id")]
        assert len(ids) == len(set(ids)), page.key


def test_the_one_script_is_our_own_file_and_nothing_is_inline() -> None:
    own = samples.house().site.script
    for page in html_pages():
        for element in parse(page).iter():
            assert element.tag != "style"
            assert element.tag != "script" or _is_data(element) or element.get("src") == own
            assert not [name for name in element.keys() if name == "style" or str(name).startswith("on")]


def _is_data(script: Element) -> bool:
    return script.get("type") == "application/ld+json"


@pytest.mark.parametrize("leak", [b">None<", b'"None"', b"Undefined", b"Markup("])
def test_no_page_shows_a_value_of_the_program(leak: bytes) -> None:
    assert not [page.key for page in all_pages() if leak in page.body]


def test_equal_inputs_give_equal_bytes() -> None:
    before = all_pages()
    samples.house.cache_clear()
    assert all_pages() == before


def test_no_two_pages_share_a_key() -> None:
    keys = [page.key for page in all_pages()]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("evil", HOSTILE)
def test_hostile_words_change_nothing_but_words(evil: str) -> None:
    tame_article, evil_article = (
        samples.article_page(
            title=title,
            standfirst=title,
            tags=(Tag(slug="t", label=title),),
            authors=(Author(slug="a", name=title),),
            lead=Figure(key=samples.IMAGE, alt=title, caption=title, credit=title),
            corrections=(Correction(date=samples.NOON.date(), text=title),),
        )
        for title in ("Titre", evil)
    )
    assert names_of(evil_article) == names_of(tame_article)
    assert text(one(evil_article, "main article h1")) == evil
    assert one(evil_article, "figure.lead img").get("alt") == evil


@pytest.mark.parametrize("evil", HOSTILE)
def test_hostile_words_in_a_list_change_nothing_but_words(evil: str) -> None:
    def pages(title: str) -> list[Page]:
        entry = samples.entry(
            1,
            title=title,
            standfirst=title,
            tags=(Tag(slug="logement", label=title),),
            authors=(Author(slug="a", name=title),),
            thumbnail=samples.thumbnail()._replace(alt=title),
            corrections=(Correction(date=samples.NOON.date(), text=title),),
        )
        house = samples.house()
        return [
            category_pages("economie", [entry], [], house)[0],
            *month_pages("economie", "2024-03", [entry], house),
            *tag_pages("logement", [entry], house),
            *author_pages("a", [entry], house),
            *front_pages({"economie": [entry]}, house),
            *corrections_pages([entry], house),
        ]

    for tame, hostile in zip(pages("Titre"), pages(evil), strict=True):
        assert names_of(hostile) == names_of(tame), tame.key
        assert evil in words(hostile, "ol.entries > li a")


@pytest.mark.parametrize("evil", HOSTILE)
def test_a_hostile_newsroom_name_changes_nothing_but_words(evil: str) -> None:
    tame, hostile = (make_house(samples.settings(name=name), samples.template_files()) for name in ("Journal", evil))
    for one_page, other in zip(static_pages(tame), static_pages(hostile), strict=True):
        if one_page.key.endswith(".html"):
            assert names_of(one_page) == names_of(other)


def test_the_sign_up_form_asks_what_the_law_asks() -> None:
    page = samples.article_page()
    fields = {field.get("name"): field for field in select(page, "form.newsletter input")}
    assert set(fields) == {"email", "consent", "consent_version", "locale", "website"}
    assert fields["email"].get("required") == ""
    assert fields["consent"].get("required") == ""
    assert fields["consent"].get("checked") is None
    assert fields["locale"].get("value") == "fr"
    assert fields["website"].get("tabindex") == "-1"
    assert one(page, "form.newsletter p.trap").get("aria-hidden") == "true"
    assert "* champ obligatoire" in words(page, "form.newsletter p.note")
    assert one(page, "form.newsletter").get("method") == "post"


@pytest.mark.parametrize(
    ("language", "words"),
    [("fr", "Politique de confidentialité"), ("en", "Privacy notice"), ("ar", "سياسة الخصوصية")],
)
def test_every_form_leads_to_the_privacy_notice_if_there_is_one(language: Language, words: str) -> None:
    with_notice = make_house(samples.settings(language, "/vie-privee/"), samples.template_files())
    for house, expected in ((with_notice, [("/vie-privee/", words)]), (samples.house(language), [])):
        static = {page.key: page for page in static_pages(house)}
        for key in ("404.html", "newsletter/index.html"):  # at the foot of a page, and on its own
            links = select(static[key], "form.newsletter a")
            assert [(link.get("href"), text(link)) for link in links] == expected


def test_the_newsletters_pages_are_where_the_form_leads() -> None:
    static = {page.key: page for page in static_pages(samples.house())}
    assert words(static["newsletter/index.html"], "h1") == ["S’inscrire à la Newsletter"]
    assert words(static["newsletter/pending/index.html"], "h1") == ["Consultez votre boîte aux lettres"]
    assert words(static["newsletter/already-confirmed/index.html"], "h1") == ["Adresse déjà confirmée"]
    assert words(static["newsletter/expired/index.html"], "h1") == ["Ce lien n’est plus valable"]
    assert b"noindex" in static["404.html"].body


@pytest.mark.parametrize(
    ("language", "way_out"),
    [("fr", "pour vous désinscrire, prenez"), ("en", "to unsubscribe, use"), ("ar", "ولإلغاء الاشتراك استعمل")],
)
def test_who_would_leave_by_a_link_that_is_no_good_is_told_how(language: Language, way_out: str) -> None:
    static = {page.key: page for page in static_pages(samples.house(language))}
    assert way_out in words(static["newsletter/expired/index.html"], "p.standfirst")[0]


def test_a_page_that_may_be_found_may_be_found_with_its_picture_and_no_other_may() -> None:
    for page in (each for each in html_pages() if "redirect" not in each.metadata):
        found = any(link.get("rel") == "canonical" for link in select(page, "link"))
        said = [meta.get("content") for meta in select(page, "meta") if meta.get("name") == "robots"]
        assert (page.key, said) == (page.key, ["max-image-preview:large" if found else "noindex"])


def test_a_reader_chooses_categories_on_the_newsletters_own_page_and_the_foot_stays_small() -> None:
    static = {page.key: page for page in static_pages(samples.house())}
    boxes = select(static["newsletter/index.html"], "form.newsletter fieldset.choices input")
    assert {box.get("name") for box in boxes} == {"categories"}
    assert [box.get("value") for box in boxes] == [each.slug for each in samples.house().settings.category]
    assert not select(static["404.html"], "form.newsletter fieldset.choices")


def test_an_article_and_its_style_sheet_fit_in_the_first_flight() -> None:
    """14 kB compressed: what a server may send before it hears from the reader (RFC 6928)."""
    sheet = samples.house().assets["site.css"].body
    page = samples.article_page(body=samples.BODY * 4).body
    assert len(gzip.compress(page, 6)) + len(gzip.compress(sheet, 6)) < 14_000
