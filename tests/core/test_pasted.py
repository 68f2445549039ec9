"""What word processors, mailers and French keyboards put into a text: nothing of it is lost, none of it shows."""

import re
from datetime import UTC, datetime

import pytest

from functions.core.article import Article
from functions.core.header.front_matter import Scalar, Sequence, load
from functions.core.search.stems import stems
from functions.core.upload import read_upload
from tests.core.documents import PNG, STYLES, docx, footnotes, paragraph, picture, relation, run
from tests.core.uploads import HEADER, desk, problem, read, upload

META = "".join(f'<meta name="{name}" content="{value}">' for name, value in HEADER.items())


def page(html: str) -> str:
    """The body of an HTML page with this text."""
    return read_upload("articles/a.html", f"{META}\n{html}".encode(), desk()).body


def word(body: str) -> Article:
    return read_upload("articles/a.docx", docx(body), desk())


@pytest.mark.parametrize(
    "header",
    [
        "titre\u00a0: Un titre\ntags\u202f:\n  - eau",
        "titre:\u00a0Un titre\ntags:\n\u00a0\u00a0- eau",
        "titre:\tUn titre\ntags:\n\t- eau",
        "titre: Un titre\ntags:\n  -\u00a0eau",
    ],
)
def test_no_break_spaces_and_tabs_around_the_names_of_a_header_are_spaces(header: str) -> None:
    tree = load(header, [])
    assert tree is not None
    (title, text), (tags, items) = tree.entries
    assert (title.text, getattr(text, "text", None), tags.text) == ("titre", "Un titre", "tags")
    assert items == Sequence((Scalar("eau", 4),), 4)


def test_a_no_break_space_within_a_value_stays() -> None:
    assert read(titre='"«\u00a0Oui\u00a0» à l\u00a0an"').title == "«\u202fOui\u202f» à l\u00a0an"


def test_signs_that_nobody_sees_part_no_word_and_spoil_no_field() -> None:
    fields = {
        "titre": "Le déve\u00adloppe\u00adment\u200b",
        "date": "2024-03-29\u200b",
        "\u200bchapo": "Un\u2060 chapo",
    }
    article = read("Du\u200b dé\u00advelop\ufeffpement.", **fields)
    assert (article.title, article.standfirst, article.body) == (
        "Le développement",
        "Un chapo",
        "<p>Du développement.</p>\n",
    )
    assert stems(article.title)[-1] == "developpement"
    assert read(image="{file: grue.jpg\u200b, alt: Une grue}").images == ("articles/2024/03/grue.jpg",)


@pytest.mark.parametrize("name", ["catégorie", "categorie", "cate\u0301gorie"])
def test_a_french_header_may_call_a_category_so(name: str) -> None:
    assert read(rubrique=None, **{name: "Économie"}).category == "economie"


def test_marks_of_direction_spoil_no_field() -> None:
    fields = {
        "date": "\u200f29\u200f/03\u200f/2024 14:30",
        "lang": "ar\u200e",
        "\u200fchapo": "نص",
        "draft": "oui\u061c",
    }
    article = read(**fields, image="{file: \u200fgrue.jpg\u200e, alt: Une grue}")
    assert (article.published_at, article.lang) == (datetime(2024, 3, 29, 14, 30, tzinfo=UTC), "ar")
    assert (article.standfirst, article.draft, article.images) == ("نص", True, ("articles/2024/03/grue.jpg",))


@pytest.mark.parametrize(
    ("html", "body"),
    [
        ("<div>Un.</div><div>Deux.</div>", "<p>Un.</p><p>Deux.</p>"),
        ("<div><div dir=rtl>Un.</div><p>Deux.</p></div>", '<p dir="rtl">Un.</p><p>Deux.</p>'),
        ("<center>Un.</center>Deux<div>Trois.</div>", "<p>Un.</p>Deux<p>Trois.</p>"),
        ("<ul><li><div>Un.</div></li></ul>", "<ul><li><p>Un.</p></li></ul>"),
        ("<div><ul><li>Un.</li></ul></div>", "<ul><li>Un.</li></ul>"),
    ],
)
def test_a_div_that_holds_text_is_a_paragraph(html: str, body: str) -> None:
    assert page(html).strip() == body


def test_a_picture_in_a_div_of_a_figure_is_the_figures() -> None:
    html = '<figure><div class="wrap"><img src="a.jpg" alt="A"></div><figcaption>Une grue</figcaption></figure>'
    picture = '<img src="@articles/a.jpg" alt="A">'
    assert page(html).strip() == f"<figure>{picture}<figcaption>Une grue</figcaption></figure>"


@pytest.mark.parametrize(
    "empty", ["<p></p>", "<p>&nbsp;</p>", '<p class="c0"><span> </span><br></p>', "<p><b></b></p>"]
)
def test_an_empty_line_of_a_word_processor_is_no_paragraph(empty: str) -> None:
    assert page(f"<p>Un.</p>{empty}<p>Deux.</p>").strip() == "<p>Un.</p><p>Deux.</p>"


@pytest.mark.parametrize(
    ("body", "value", "line"),
    [
        ('Un.\n\n<iframe src="https://a.example/v"></iframe>', "https://a.example/v", 8),
        ("Un.\n\n<video controls></video>", "video", None),
        ('Un.\n\n<object data="a.swf"></object>', "a.swf", 8),
    ],
)
def test_a_video_or_a_frame_is_not_lost_in_silence(body: str, value: str, line: int | None) -> None:
    (notice,) = read(body).notices
    assert (notice.code, notice.severity, notice.value, notice.line) == ("embedded", "notice", value, line)


def test_a_video_that_code_or_a_comment_speaks_of_is_none() -> None:
    assert not read("`<video>` <!-- <iframe src=a></iframe> -->").notices


@pytest.mark.parametrize("wrapping", ['w:fldSimple w:instr=" DATE "', 'w:dir w:val="rtl"', 'w:bdo w:val="rtl"'])
def test_words_in_a_field_or_in_a_passage_of_one_direction_are_published(wrapping: str) -> None:
    inner = f"<{wrapping}>{run('le 29 mars')}</{wrapping.partition(' ')[0]}>"
    assert word(paragraph("Rabat, ", inner=inner + run(", fin."))).body == "<p>Rabat, le 29 mars, fin.</p>"


def test_words_under_ruby_stay_and_a_line_end_parts_two_words() -> None:
    ruby = f"<w:r><w:ruby><w:rt>{run('kan')}</w:rt><w:rubyBase>{run('漢')}</w:rubyBase></w:ruby></w:r>"
    assert word(paragraph("Un ", inner=f"{ruby}<w:r><w:cr/></w:r>{run('mot')}")).body == "<p>Un 漢<br>mot</p>"


def test_a_field_in_a_footnote_is_read_too() -> None:
    text = paragraph("Du texte", inner='<w:r><w:footnoteReference w:id="1"/></w:r>')
    part = footnotes("Note").replace(b"</w:p>", f"<w:fldSimple>{run(' citée')}</w:fldSimple></w:p>".encode())
    body = docx(text, [relation("f", "footnotes", "footnotes.xml")], footnotes_xml=part)
    assert "<p>Note citée " in read_upload("articles/a.docx", body, desk()).body


def test_an_equation_is_left_out_and_its_editor_told() -> None:
    namespace = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    article = word(paragraph("Soit ", inner=f"<m:oMath {namespace}><m:r><m:t>x</m:t></m:r></m:oMath>{run(' seul.')}"))
    assert [notice.code for notice in article.notices] == ["equation"]


@pytest.mark.parametrize("drawn", ["c:chart", "dgm:relIds"])
def test_a_chart_or_a_diagram_is_left_out_and_its_editor_told(drawn: str) -> None:
    space = f'xmlns:{drawn.partition(":")[0]}="a"'
    graphic = f"<a:graphic><a:graphicData><{drawn} {space}/></a:graphicData></a:graphic>"
    article = word(paragraph("Un", inner=f"<w:r><w:drawing><wp:inline>{graphic}</wp:inline></w:drawing></w:r>"))
    assert [notice.code for notice in article.notices] == ["drawing"]


def test_a_line_of_a_header_that_cannot_be_read_says_what_to_look_at() -> None:
    assert "retrait" in problem(upload(header="titre: a\n\trubrique: b")).reason


@pytest.mark.parametrize(
    ("link", "leads_to"),
    [
        (
            "https://www.google.com/url?q=https://www.hcp.ma/a?id%3D3%26x%3D1&sa=D&source=docs&usg=A",
            "https://www.hcp.ma/a?id=3&amp;x=1",
        ),
        ("https://www.google.co.ma/url?sa=t&q=&url=https%3A%2F%2Fwww.hcp.ma%2F&ved=2", "https://www.hcp.ma/"),
        ("https://l.facebook.com/l.php?u=https%3A%2F%2Fwww.hcp.ma%2F&h=AT0", "https://www.hcp.ma/"),
        # what is no such redirect, or leads nowhere that readers may be sent
        ("https://www.google.com/search?q=https://www.hcp.ma/", "https://www.google.com/search?q=https://www.hcp.ma/"),
        ("https://www.google.com/url?q=javascript:a()", "https://www.google.com/url?q=javascript:a()"),
        (
            "https://a.example/google.com/url?q=https://b.example",
            "https://a.example/google.com/url?q=https://b.example",
        ),
    ],
)
def test_a_link_through_a_counter_of_clicks_leads_to_where_it_was_meant_to(link: str, leads_to: str) -> None:
    for body in (page(f'<p><a href="{link.replace("&", "&amp;")}">ici</a></p>'), read(f"[ici]({link})").body):
        assert body.strip() == f'<p><a href="{leads_to}">ici</a></p>'


@pytest.mark.parametrize(
    ("text", "body"),
    [
        (
            "Voir https://a.ma/x?a=1&b=2.",
            'Voir <a href="https://a.ma/x?a=1&amp;b=2" dir="ltr">https://a.ma/x?a=1&amp;b=2</a>.',
        ),
        ("(http://a.ma/A_(b)), puis", '(<a href="http://a.ma/A_(b)" dir="ltr">http://a.ma/A_(b)</a>), puis'),
        ("«https://a.ma»", '«\u202f<a href="https://a.ma" dir="ltr">https://a.ma</a>\u202f»'),
        ("[https://a.ma](https://b.ma)", '<a href="https://b.ma">https://a.ma</a>'),
        ("<https://a.ma>", '<a href="https://a.ma" dir="ltr">https://a.ma</a>'),
        ("`https://a.ma`", "<code>https://a.ma</code>"),
        ("https:// et x", "https:// et x"),
    ],
)
def test_an_address_that_stands_in_a_text_can_be_followed(text: str, body: str) -> None:
    assert read(text).body.strip() == f"<p>{body}</p>"


@pytest.mark.parametrize(("place", "mention"), [("ftnt1", "ftnt_ref1"), ("_ftn1", "_ftnref1"), ("fn-1", "fnref-1")])
def test_the_footnotes_of_a_page_lead_to_their_mentions_and_back(place: str, mention: str) -> None:
    html = (
        f'<p>Un<a href="#{place}" id="{mention}">[1]</a>.</p><p><a href="#{mention}" name="{place}">[1]</a> Note.</p>'
    )
    back = '<p><a href="#fnref-1" id="fn-1">[1]</a> Note.</p>'
    assert page(html).strip() == f'<p>Un<a href="#fn-1" id="fnref-1">[1]</a>.</p>{back}'


def test_a_caption_below_a_picture_of_a_document_is_its_caption() -> None:
    caption = paragraph("Le port. ", "Caption", inner=run("AFP", marks="<w:b/>"))
    styles = STYLES.replace(
        "</w:styles>", '<w:style w:type="paragraph" w:styleId="Caption"><w:name w:val="caption"/></w:style></w:styles>'
    )
    body = docx(
        paragraph("", inner=picture("i")) + caption + paragraph("Du texte."),
        [relation("i", "image", "media/a.png")],
        media__a_png=PNG,
        styles_xml=styles.encode(),
    )
    found = read_upload("articles/a.docx", body, desk()).body
    assert re.sub('src="[^"]*"', "src", found).startswith(
        '<figure><img src alt="Une grue"><figcaption>Le port. <strong>AFP</strong></figcaption></figure>'
    )


@pytest.mark.parametrize(
    "tags", ["budget, \"TVA\", 'impôts'", "budget; TVA; impôts", "budget، TVA؛ impôts,", "[budget, TVA, impôts]"]
)
def test_tags_are_parted_by_commas_or_semicolons_and_quotation_marks_are_not_of_them(tags: str) -> None:
    assert [tag.label for tag in read(tags=tags).tags] == ["budget", "TVA", "impôts"]


@pytest.mark.parametrize("byline", ["A, B", "A; B", "A، B"])
def test_several_names_in_the_field_of_one_are_refused(byline: str) -> None:
    found = problem(upload(auteur=byline))
    assert (found.code, found.suggestion) == ("several_authors", "authors: [A, B]")


@pytest.mark.parametrize(
    "html",
    ["<h2> </h2>\n<p>Un.</p>\n<h3>Deux</h3>", "<h1><b><br></b></h1><p>Un.</p>\n<h4 lang='fr'></h4><h2>Deux</h2>"],
)
def test_a_heading_that_says_nothing_is_none(html: str) -> None:
    assert page(html).strip() == "<p>Un.</p>\n<h2>Deux</h2>"
