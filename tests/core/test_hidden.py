"""What an editor has hidden in a file is not published, and the receipt says that it was left out."""

import time

import pytest

from functions.core.article import Article
from functions.core.formats.hidden import without_hidden
from functions.core.formats.manuscript import MAX_TAGS
from functions.core.upload import read_upload
from tests.core.documents import (
    FIELDS,
    PNG,
    STYLES,
    docx,
    footnotes,
    paragraph,
    parts_of,
    picture,
    relation,
    run,
    table,
    zipped,
)
from tests.core.uploads import KEY, desk, problem, upload

HIDDEN = "<w:vanish/>"


def word(body: str, styles: str = "") -> Article:
    """The article of a document with this body, and more styles."""
    with_styles = STYLES.replace("</w:styles>", f"{styles}</w:styles>").encode()
    return read_upload("articles/a.docx", docx(body, styles_xml=with_styles), desk())


def page(html: str) -> Article:
    return read_upload("articles/a.html", upload(html), desk())


def codes(article: Article) -> list[str]:
    return [notice.code for notice in article.notices]


@pytest.mark.parametrize("mark", [HIDDEN, "<w:webHidden/>", '<w:vanish w:val="true"/>', "<w:b/><w:vanish w:val='1'/>"])
def test_a_run_that_word_hides_is_left_out_and_its_editor_told(mark: str) -> None:
    article = word(paragraph("Du texte", inner=run(" secret", marks=mark) + run(".")))
    assert article.body == "<p>Du texte.</p>"
    (notice,) = article.notices
    assert (notice.code, notice.severity, notice.field, notice.line) == ("hidden_text", "notice", "body", None)


@pytest.mark.parametrize("mark", ['<w:vanish w:val="0"/>', '<w:vanish w:val="false"/>', '<w:webHidden w:val="off"/>'])
def test_a_run_that_says_it_is_not_hidden_stays(mark: str) -> None:
    article = word(paragraph("Du texte", inner=run(" clair", marks=mark)))
    assert (article.body, article.notices) == ("<p>Du texte clair</p>", ())


STYLED = (
    f'<w:style w:type="character" w:styleId="Off"><w:rPr>{HIDDEN}</w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="Based"><w:basedOn w:val="Off"/></w:style>'
    '<w:style w:type="character" w:styleId="Back"><w:basedOn w:val="Off"/>'
    '<w:rPr><w:vanish w:val="0"/></w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="Ring"><w:basedOn w:val="Ring"/></w:style>'
    f'<w:style w:type="paragraph" w:styleId="Whole"><w:rPr>{HIDDEN}</w:rPr></w:style>'
)


@pytest.mark.parametrize(
    ("hidden", "shown"),
    [
        (run("b", marks='<w:rStyle w:val="Off"/>'), ""),
        (run("b", marks='<w:rStyle w:val="Based"/>'), ""),
        (run("b", marks='<w:rStyle w:val="Back"/>'), "b"),
        (run("b", marks='<w:rStyle w:val="Ring"/>'), "b"),
        (run("b", marks='<w:rStyle w:val="Unknown"/>'), "b"),
        (run("b", marks='<w:rStyle w:val="Off"/><w:vanish w:val="0"/>'), "b"),
    ],
)
def test_a_style_hides_and_what_the_run_itself_says_goes_before_it(hidden: str, shown: str) -> None:
    article = word(paragraph("a", inner=hidden), STYLED)
    assert article.body == f"<p>a{shown}</p>"
    assert codes(article) == ([] if shown else ["hidden_text"])


def test_a_paragraph_may_be_hidden_by_its_style_by_the_default_one_or_by_the_defaults_of_all() -> None:
    text = paragraph("secret", "Whole") + paragraph("Du texte.")
    assert word(text, STYLED).body == "<p>Du texte.</p>"
    default = f'<w:style w:type="paragraph" w:default="1" w:styleId="N"><w:rPr>{HIDDEN}</w:rPr></w:style>'
    shown = paragraph("Du texte.", marks='<w:vanish w:val="0"/>')
    body = table(FIELDS).replace("<w:rPr></w:rPr>", '<w:rPr><w:vanish w:val="0"/></w:rPr>') + paragraph("non") + shown
    defaults = f"<w:docDefaults><w:rPrDefault><w:rPr>{HIDDEN}</w:rPr></w:rPrDefault></w:docDefaults>"
    for more in (default, defaults):
        styles = STYLES.replace("</w:styles>", f"{more}</w:styles>").encode()
        found = read_upload("articles/a.docx", zipped({**parts_of(body), "word/styles.xml": styles}), desk())
        assert found.body == "<p>Du texte.</p>"


def test_hidden_rows_notes_and_pictures_go_too() -> None:
    row = "<w:tr><w:trPr><w:hidden/></w:trPr><w:tc><w:p><w:r><w:t>secret</w:t></w:r></w:p></w:tc></w:tr>"
    rows = table({"2023": "12"}).replace("</w:tbl>", f"{row}</w:tbl>")
    drawn = picture("i1").replace('name="x"', 'name="x" hidden="1"')
    note = '<w:r><w:footnoteReference w:id="1"/></w:r>'
    article = read_upload(
        "articles/a.docx",
        docx(
            rows + paragraph("Du texte.", inner=drawn + note),
            [relation("i1", "image", "media/a.png"), relation("f", "footnotes", "footnotes.xml")],
            media__a_png=PNG,
            footnotes_xml=footnotes("La note").replace(b"</w:p>", run(" secret", marks=HIDDEN).encode() + b"</w:p>"),
        ),
        desk(),
    )
    assert "secret" not in article.body
    assert "La note" in article.body
    assert article.images == ()
    assert codes(article) == ["hidden_text"]


def test_a_field_whose_ends_are_hidden_still_ends_and_nobody_is_told_of_nothing() -> None:
    ends = [f'<w:r><w:rPr>{HIDDEN}</w:rPr><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "end")]
    code = f'<w:r><w:rPr>{HIDDEN}</w:rPr><w:instrText>HYPERLINK "https://a.example/"</w:instrText></w:r>'
    middle = '<w:r><w:fldChar w:fldCharType="separate"/></w:r>' + run("lien")
    article = word(paragraph("Un ", inner=ends[0] + code + middle + ends[1] + run(" et la suite.")))
    assert article.body == '<p>Un <a href="https://a.example/">lien</a> et la suite.</p>'
    assert article.notices == ()


def test_a_document_with_hidden_text_is_held_to_the_same_limits() -> None:
    parts = parts_of(paragraph("a", marks=HIDDEN))
    unbound = parts["word/document.xml"].replace(b"<w:body>", b"<w:body><x:y/>")
    assert problem(zipped({**parts, "word/document.xml": unbound}), "articles/a.docx").code == "not_a_docx"
    assert (
        problem(zipped(parts_of(table(FIELDS) + paragraph("a", marks=HIDDEN))), "articles/a.docx").code == "empty_body"
    )


@pytest.mark.parametrize(
    ("html", "shown"),
    [
        ("<p hidden>a</p><p>b</p>", "<p>b</p>"),
        ("<P HIDDEN=''>a</P><p>b</p>", "<p>b</p>"),
        ('<p hidden="until-found">a</p><p>b</p>', "<p>b</p>"),
        ("<p hidden>a<p>b</p>", "<p>b</p>"),
        ("<p hidden>a<b>a<p>b</p>", "<p>b</p>"),
        ("<ul><li>x</li><li hidden><p>a<li>b</li></ul>", "<ul><li>x</li><li>b</li></ul>"),
        ("<ul><li hidden><ul><li>a</li></ul></li><li>b</li></ul>", "<ul><li>b</li></ul>"),
        ("<p>b<span style='display:none'>a<b>a</b></span></p>", "<p>b</p>"),
        ("<p>b<span style='color: red; DISPLAY : none !important'>a</p><p>c</p>", "<p>b</p><p>c</p>"),
        ("<p>b</p><div style='visibility:hidden'><div>a</div>a</div>", "<p>b</p>"),
        ("<b><p hidden></b>a</p><p>b</p>", "<b><p>b</p>\n</b>"),
        ("<p>b<img hidden src=a.jpg alt=a></p>", "<p>b</p>"),
        ("<p>b</p></b><section hidden>a", "<p>b</p>"),
    ],
)
def test_an_element_that_a_page_hides_is_left_out_and_nothing_else(html: str, shown: str) -> None:
    article = page(html)
    assert article.body.strip() == shown
    assert codes(article) == ["hidden_text"]


@pytest.mark.parametrize(
    "html",
    ['<p style="color:red">a</p>', "<p data-x=hidden>a</p>", "<p>hidden style</p>", "<body hidden><p>a</p></body>"],
)
def test_what_only_looks_hidden_stays(html: str) -> None:
    article = page(html)
    assert "<p>" in article.body
    assert article.notices == ()


def test_nobody_is_told_of_what_would_not_have_been_published_anyway() -> None:
    html = "<div hidden>a</div><main><div hidden><br></div><nav hidden>a</nav><p>b</p></main><div hidden>a</div>"
    assert (page(html).body, page(html).notices) == ("<p>b</p>", ())


def test_the_notice_names_the_line_and_later_lines_keep_theirs() -> None:
    (notice,) = page("<p>a</p>\n<div hidden>\na\n</div>\n<p>b</p>").notices
    assert (notice.code, notice.line) == ("hidden_text", 7)
    found = problem(upload("<p hidden>\n</p>\n<a href='javascript:a'>b</a>"), "articles/a.html")
    assert (found.code, found.line) == ("bad_link", 8)


def test_hidden_words_stay_out_of_the_fields_too() -> None:
    head = '<meta name="rubrique" content="Économie"><meta name="date" content="2024-03-29">'
    html = f"{head}<h1>Un titre<span hidden> secret</span></h1><p>a</p>"
    assert read_upload("articles/a.html", html.encode(), desk()).title == "Un titre"


def test_html_inside_markdown_may_hide_as_well() -> None:
    article = read_upload(KEY, upload("Du <b hidden>secret</b>texte.\n\n<p hidden>Non</p>\n"), desk())
    assert article.body.strip() == "<p>Du texte.</p>"
    assert codes(article) == ["hidden_text"]


@pytest.mark.parametrize("html", ["<b>" * 24_000 + "<p>" * 24_000, "<div hidden>" * 24_000, "<p hidden>" * 24_000])
def test_looking_for_the_hidden_takes_no_longer_for_a_hostile_text(html: str) -> None:
    begun = time.process_time()
    without_hidden("<i hidden>a</i>" + html)
    assert time.process_time() - begun < 2


def test_a_text_of_too_many_tags_is_refused_not_looked_through() -> None:
    html = "<b hidden>" * (MAX_TAGS + 1)
    assert without_hidden(html) == (html, ())
    assert problem(upload(html), "articles/a.html").code == "too_many_tags"
