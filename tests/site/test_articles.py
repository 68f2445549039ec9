import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.core import keys
from functions.core.article import Figure
from functions.core.html.sanitize import sanitize
from functions.core.picture import Picture
from functions.core.site.articles import article_pages
from functions.core.site.wide import with_reachable_boxes
from tests.core.uploads import read
from tests.site import samples
from tests.site.dom import one, select, text, words


def test_an_article_has_the_hooks_of_the_contract() -> None:
    page = samples.article_page()
    assert text(one(page, "main article h1")) == "Investissements : Al Omrane accélère"
    assert [time.get("datetime") for time in select(page, "main article header time")] == [
        "2024-03-29T12:30:00+00:00",
        "2024-04-01T12:30:00+00:00",
    ]
    canonical = [link for link in select(page, "link") if link.get("rel") == "canonical"]
    assert [link.get("href") for link in canonical] == ["https://www.example.ma" + samples.PATH]
    assert words(page, "aside.related li a") == ["Article numéro 1", "Article numéro 2", "Article numéro 3"]
    assert words(page, "aside.related h2") == ["Articles qui pourraient vous intéresser"]
    assert words(page, "aside.related li time")[0] == "Vendredi 29 Mars 2024"
    assert len(select(page, "nav.categories a")) == len(samples.CATEGORIES)
    assert words(page, "form.newsletter button") == ["S’inscrire"]


def test_an_article_leads_to_its_category_and_to_all_of_it() -> None:
    category, everything = select(samples.article_page(), "p.crumb a")
    assert (text(category), category.get("href")) == ("Économie", "/economie/")
    assert (text(everything), everything.get("href")) == ("Tout voir", "/economie/#archives")


def test_the_byline_names_authors_and_dates_in_the_house_style() -> None:
    page = samples.article_page()
    assert words(page, "div.byline p.by") == ["Par Salma Idrissi et Youssef Benali"]
    assert words(page, "div.byline time") == ["Vendredi 29 Mars 2024", "Lundi 1er Avril 2024"]
    assert select(page, "div.byline p.by a")[0].get("href") == "/auteurs/salma-idrissi/"


@pytest.mark.parametrize("hours", [0, 1])
def test_an_update_before_the_publication_or_with_it_is_not_an_update(hours: int) -> None:
    page = samples.article_page(updated_at=samples.NOON - timedelta(hours=hours))
    assert words(page, "div.byline time") == ["Vendredi 29 Mars 2024"]


@pytest.mark.parametrize(
    ("lang", "expected"),
    [
        ("fr", "Vendredi 29 Mars 2024 à 15:30"),
        ("en", "Friday 29 March 2024, 15:30"),
        ("ar", "الجمعة 29 مارس 2024 على الساعة 15:30"),
    ],
)
def test_an_update_on_the_day_of_the_publication_tells_its_hour(lang: str, expected: str) -> None:
    page = samples.article_page(lang=lang, updated_at=samples.NOON + timedelta(hours=3))
    published, updated = words(page, "div.byline time")
    assert (updated, updated.startswith(published)) == (expected, True)


def test_the_day_is_the_newsrooms_not_the_worlds() -> None:
    # Casablanca is an hour ahead of UTC outside Ramadan.
    page = samples.article_page(published_at=datetime(2024, 5, 31, 23, 30, tzinfo=UTC), updated_at=None)
    assert words(page, "div.byline time") == ["Samedi 1er Juin 2024"]
    assert one(page, "div.byline time").get("datetime") == "2024-06-01T00:30:00+01:00"


def test_the_lead_image_comes_with_its_files_its_size_caption_and_credit() -> None:
    figure = one(samples.article_page(), "figure.lead")
    image, source = one(figure, "img"), one(figure, "source")
    assert (image.get("width"), image.get("height")) == ("1600", "1067")
    assert image.get("alt") == "Des grues au-dessus du port"
    assert image.get("loading") is None
    assert (source.get("srcset") or "").count(".webp ") == 3
    assert text(one(figure, "figcaption")) == "Le port de Nador Crédit\u00a0: L. Amrani"
    assert text(one(figure, "figcaption span.credit")).endswith("L. Amrani")


def test_an_image_of_the_body_becomes_a_lazy_figure_with_its_title_as_caption() -> None:
    figure = one(samples.article_page(lead=None), "div.text figure")
    assert one(figure, "img").get("alt") == "Le chantier, vu du port"
    assert one(figure, "img").get("loading") == "lazy"
    assert text(one(figure, "figcaption")) == "Le chantier en mars"


def test_an_image_inside_a_line_stays_in_the_line() -> None:
    body = f'<p>Voici <em><img alt="a &gt; b" src="@{samples.IMAGE}"></em> le plan.</p>'
    page = samples.article_page(body=body, lead=None)
    assert one(page, "div.text p picture img").get("alt") == "a > b"
    assert not select(page, "div.text figure")


def test_an_image_that_has_not_arrived_leaves_no_broken_picture() -> None:
    body = '<p><img alt="A" src="@articles/x.jpg" title="B"></p><p>Le <img alt="plan" src="@articles/y.jpg">.</p>'
    page = samples.article_page(body=body, lead=Figure(key="articles/z.jpg", alt="Z"))
    assert not select(page, "main img")
    assert text(one(page, "div.text")) == "Le plan."


def test_a_small_image_is_shown_at_its_own_size() -> None:
    small = Picture(key=samples.IMAGE, ver="1", content="0" * 16, width=300, height=200, opaque=False)
    page = article_pages(samples.inputs(pictures={samples.IMAGE: small}), samples.house())[0]
    image = one(page, "figure.lead img")
    assert (image.get("width"), image.get("height"), image.get("srcset")) == ("300", "200", None)
    assert (image.get("src") or "").endswith(".png")


@pytest.mark.parametrize(
    ("lang", "name"),
    [("fr", "Retour à l’appel de note 1"), ("en", "Back to reference 1"), ("ar", "العودة إلى الإحالة 1")],
)
def test_the_way_back_from_a_footnote_has_a_name_in_the_article_s_language(lang: str, name: str) -> None:
    page = samples.article_page(lang=lang, body=read("A[^1].\n\n[^1]: Une note.").body)
    back = one(page, "ol.footnotes a")
    assert (back.get("href"), back.get("aria-label"), text(back)) == ("#fnref-1", name, "↩\ufe0e")


@pytest.mark.parametrize(
    ("lang", "names"),
    [
        ("fr", ["Tableau", "Texte préformaté"]),
        ("en", ["Table", "Preformatted text"]),
        ("ar", ["جدول", "نص كما كُتب"]),
    ],
)
def test_whatever_may_scroll_is_a_stop_of_the_keyboard_with_a_name_in_the_article_s_language(
    lang: str, names: list[str]
) -> None:
    page = samples.article_page(lang=lang, body=read("| A | B |\n|---|---|\n| 1 | 2 |\n\n```\nx\n```\n").body)
    stops = [one(page, "div.text > div.wide"), one(page, "div.text > pre")]
    told = [(each.get("role"), each.get("tabindex"), each.get("aria-label")) for each in stops]
    assert told == [("group", "0", name) for name in names]
    assert words(page, "div.wide > table td") == ["1", "2"]


@given(
    st.text() | st.lists(st.sampled_from("<table> <tr> <td> <pre> </td> </table> </pre> x <em>".split())).map("".join)
)
def test_a_box_goes_around_each_table_and_nothing_else_changes(html: str) -> None:
    body, said = sanitize(html), samples.house().locale.words
    boxed = with_reachable_boxes(body, said)
    box, stop = f'<div class="wide" role="group" tabindex="0" aria-label="{said.table}"><table', "</table></div>"
    assert boxed.count(box) == boxed.count(stop) == body.count("<table")
    kept = boxed.replace(box, "<table").replace(stop, "</table>")
    assert kept.replace(f' role="group" tabindex="0" aria-label="{said.preformatted}"', "") == body


def test_former_paths_lead_to_the_current_one() -> None:
    former = ("/economie/2024/03/ancien-k3j5qa/", "/sport/2024/03/al-omrane-k3j5qa/")
    _, *stubs = article_pages(samples.inputs(former=(*former, samples.PATH)), samples.house())
    assert [stub.key for stub in stubs] == [keys.site_key(path) for path in former]
    for stub in stubs:
        assert stub.metadata == {"redirect": samples.PATH}
        assert stub.freshness == "moments"
        assert one(stub, "body a").get("href") == "https://www.example.ma" + samples.PATH


def test_an_arabic_path_is_ascii_wherever_ascii_is_asked_for() -> None:
    path = "/ثقافة/2024/03/مهرجان-k3j5qa/"
    page, stub = article_pages(samples.inputs(path=path, former=("/sport/x-k3j5qa/",)), samples.house())
    assert page.key == "ثقافة/2024/03/مهرجان-k3j5qa/index.html"
    assert stub.metadata["redirect"].isascii()
    canonical = next(link for link in select(page, "link") if link.get("rel") == "canonical")
    assert (canonical.get("href") or "").startswith("https://www.example.ma/%D8%AB")


def test_a_withdrawn_article_leaves_a_tombstone_that_tells_nothing_of_it() -> None:
    inputs = samples.inputs(article=None, former=("/sport/2024/03/al-omrane-k3j5qa/",), gone=True)
    pages = article_pages(inputs, samples.house())
    assert [page.key for page in pages] == [keys.site_key(path) for path in (samples.PATH, *inputs.former)]
    for page in pages:
        assert page.metadata == {"gone": "1"}
        assert b"noindex" in page.body
        assert b"omrane" not in page.body.lower()


@pytest.mark.parametrize("path", [None, samples.PATH])
def test_an_article_that_never_was_live_has_no_page(path: str | None) -> None:
    assert article_pages(samples.inputs(article=None, path=path), samples.house()) == ()


def test_search_engines_read_the_article_as_schema_org_says() -> None:
    data = json.loads(text(select(samples.article_page(), "script")[1]))
    assert data["@type"] == "NewsArticle"
    assert data["headline"] == "Investissements : Al Omrane accélère"
    assert data["mainEntityOfPage"] == "https://www.example.ma" + samples.PATH
    assert data["datePublished"] == "2024-03-29T12:30:00+00:00"
    assert data["dateModified"] == "2024-04-02T00:00:00+00:00"
    assert [author["name"] for author in data["author"]] == ["Salma Idrissi", "Youssef Benali"]
    assert data["articleSection"] == "Économie"
    assert data["publisher"]["name"] == "La Quotidienne"
    assert data["image"][0].startswith("https://www.example.ma/images/")
    assert [correction["text"] for correction in data["correction"]] == ["Le budget est de 12 milliards."]


def test_an_article_without_standfirst_is_described_by_its_first_words() -> None:
    page = samples.article_page(standfirst="", body="<p>Un &amp; deux.</p>" + "<p>encore un peu</p>" * 40)
    description = next(meta for meta in select(page, "meta") if meta.get("name") == "description").get("content") or ""
    assert description.startswith("Un & deux. encore")
    assert len(description) <= 161
    assert description.endswith("…")


def test_an_arabic_article_reads_from_the_right_inside_a_french_shell() -> None:
    page = samples.article_page(lang="ar", title="مهرجان فاس")
    article, html = one(page, "main article"), one(page, "head")
    assert (article.get("lang"), article.get("dir")) == ("ar", "rtl")
    assert words(page, "main article header time")[0] == "الجمعة 29 مارس 2024"
    assert words(page, "p.crumb a")[1] == "Tout voir"
    assert html is not None


def test_a_related_title_in_another_language_says_which() -> None:
    related = samples.house().rows([samples.entry(1, lang="ar", title="مهرجان"), samples.entry(2)])
    page = article_pages(samples.inputs(related=related), samples.house())[0]
    assert [link.get("dir") for link in select(page, "aside.related li a")] == ["rtl", None]


def test_an_article_with_nothing_related_has_no_box() -> None:
    page = article_pages(samples.inputs(related=()), samples.house())[0]
    assert not select(page, "aside.related")
