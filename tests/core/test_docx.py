"""Word documents: their fields, their text and images, and whatever is not opened at all."""

import contextlib

import pytest

from functions.core.article import Article, Figure
from functions.core.errors import UploadRejected
from functions.core.formats.weight import MAX_ELEMENTS
from functions.core.keys import file_around
from functions.core.upload import embedded_images, read_upload
from tests.core.documents import (
    FIELDS,
    PNG,
    STYLES,
    docx,
    footnotes,
    link,
    paragraph,
    parts_of,
    picture,
    relation,
    run,
    table,
    zipped,
)
from tests.core.test_images import bomb
from tests.core.uploads import desk, problem, problems

KEY = "articles/2024/03/depeche.docx"


def read(body: bytes) -> Article:
    return read_upload(KEY, body, desk())


def laid_out(body: str) -> Article:
    """The article of a document that is just this."""
    return read(zipped(parts_of(body)))


def test_the_table_at_the_top_holds_the_fields() -> None:
    fields = {
        **FIELDS, "Chapo :": "Un chapo", "MOTS-CLÉS": "eau, Oujda", "Auteur": "Salma Idrissi", "image.file": "a.jpg",
        "image.alt": "Une grue", "corrections.1.date": "2024-03-30", "corrections.1.text": "Un.", "": "",
    }  # fmt: skip
    article = laid_out(table(fields) + paragraph("Du texte ?"))
    assert (article.title, article.standfirst, article.category) == ("Un titre", "Un chapo", "economie")
    assert [tag.slug for tag in article.tags] == ["eau", "oujda"]
    assert article.authors[0].slug == "salma-idrissi"
    assert article.lead == Figure(key="articles/2024/03/a.jpg", alt="Une grue")
    assert [each.text for each in article.corrections] == ["Un."]
    assert article.body == "<p>Du texte\u202f?</p>"


FEW = table({"Rubrique": "Économie", "Date": "2024-03-29"})


@pytest.mark.parametrize(
    "body",
    [
        paragraph("Un titre", "Title") + paragraph("Un chapo", "Subtitle") + FEW + paragraph("Du texte."),
        FEW + paragraph("Un titre", "Title") + paragraph("Un chapo", "Subtitle") + paragraph("Du texte."),
        FEW + paragraph("Un titre") + paragraph("Un chapo", marks="<w:b/>") + paragraph("Du texte."),
        paragraph("Un titre", "heading1") + paragraph("Un chapo", marks="<w:i/>") + FEW + paragraph("Du texte."),
        table({**FIELDS, "Chapo": "Un chapo"}) + paragraph("Un titre", "Title") + paragraph("Du texte."),
    ],
)
def test_title_and_standfirst_are_known_by_their_styles_or_as_the_first_lines(body: str) -> None:
    article = laid_out(body)
    assert (article.title, article.standfirst, article.body) == ("Un titre", "Un chapo", "<p>Du texte.</p>")


def test_an_ordinary_second_line_stays_in_the_text() -> None:
    assert laid_out(FEW + paragraph("Un titre") + paragraph("Un.") + paragraph("Deux.")).standfirst == ""


def test_a_table_of_figures_stays_in_the_text() -> None:
    article = laid_out(table(FIELDS) + table({"2023": "12", "2024": "13"}) + paragraph("Fin."))
    assert "<td>2023</td>" in article.body.replace("<p>", "").replace("</p>", "")


def test_the_text_keeps_its_meaning_and_loses_its_looks() -> None:
    body = (
        paragraph("Intertitre", "heading1")
        + paragraph("Du ", inner=run("gras", marks="<w:b/>") + run(" et ") + link("l1", "un lien"))
        + paragraph("Une citation", "Quote")
        + paragraph("<script>alert(1)</script> & [a](javascript:b)")
    )
    article = read(docx(body, [relation("l1", "hyperlink", "https://a.example/", outside=True)]))
    assert article.body.split("\n") == [
        "<h2>Intertitre</h2>",
        '<p>Du <strong>gras</strong> et <a href="https://a.example/">un lien</a></p>',
        "<blockquote><p>Une citation</p></blockquote>",
        "<p>&lt;script&gt;alert(1)&lt;/script&gt; &amp; [a](javascript:b)</p>",
    ]


@pytest.mark.parametrize(
    ("style", "shown"),
    [("Intertitre", "<h2>Un</h2>"), ("Exergue", "<blockquote><p>Un</p></blockquote>"), ("Texte", "<p>Un</p>")],
)
def test_the_styles_of_a_french_newsroom_say_what_they_are_called(style: str, shown: str) -> None:
    own = STYLES.replace('w:val="heading 2"', f'w:val="{style}"').encode()
    assert read(docx(paragraph("Un", "heading2") + paragraph("Deux."), styles_xml=own)).body == f"{shown}\n<p>Deux.</p>"


@pytest.mark.parametrize("kind", ["", "page", "column"])
def test_a_break_within_a_paragraph_parts_its_words(kind: str) -> None:
    inner = f'<w:r><w:br w:type="{kind}"/><w:t>Deux.</w:t></w:r>' if kind else "<w:r><w:br/><w:t>Deux.</w:t></w:r>"
    assert read_upload("articles/a.docx", docx(paragraph("Un.", inner=inner)), desk()).body == "<p>Un.<br>Deux.</p>"


def test_footnotes_are_those_of_any_article() -> None:
    text = paragraph("Du texte", inner='<w:r><w:footnoteReference w:id="1"/></w:r>')
    part = footnotes("La note")
    article = read(docx(text, [relation("f", "footnotes", "footnotes.xml")], footnotes_xml=part))
    assert '<sup class="footnote"><a href="#fn-1" id="fnref-1">1</a></sup>' in article.body
    assert '<ol class="footnotes"><li id="fn-1"><p>La note <a href="#fnref-1">↩</a></p></li></ol>' in article.body


def with_image(alt: str = "Une grue", content: bytes = PNG, target: str = "media/image1.png") -> bytes:
    text = paragraph("Du texte.") + paragraph("", inner=picture("i1", alt))
    return docx(text, [relation("i1", "image", target)], media__image1_png=content)


def test_an_image_inside_has_a_key_that_no_upload_can_have() -> None:
    (key,) = read(with_image()).images
    assert file_around(key) == KEY
    assert key.endswith(".png")
    assert f'<img src="@{key}" alt="Une grue">' in read(with_image()).body
    found = embedded_images(with_image(), [key, "articles/x.docx//0.png"], "v1", desk())
    assert list(found) == [key]
    assert getattr(found[key], "width", None) == 60


def test_an_image_inside_is_checked_like_any_other() -> None:
    assert problem(with_image(alt=""), KEY).code == "picture_alt"
    assert problem(with_image(content=b"no image"), KEY).code == "not_an_image"
    assert problem(with_image(content=PNG[:-40]), KEY).code == "broken_image"
    gif = docx(paragraph("", inner=picture("i1")), [relation("i1", "image", "media/a.gif")], media__a_gif=b"GIF89a")
    assert (problem(gif, KEY).code, problem(gif, KEY).value) == ("unknown_image_suffix", "image 1 (gif)")


def test_a_picture_without_alternative_text_is_named_by_its_number() -> None:
    text = "".join(paragraph("", inner=picture("i1", alt)) for alt in ("Une grue", "Une vue", ""))
    found = problem(docx(text, [relation("i1", "image", "media/a.png")], media__a_png=PNG), KEY)
    assert (found.code, found.value) == ("picture_alt", "3")
    assert found.reason == "l’image n° 3 du document n’a pas de texte de remplacement"


def test_forty_images_are_enough() -> None:
    names = [f"i{number}" for number in range(41)]
    text = "".join(paragraph("", inner=picture(name)) for name in names)
    media = {f"media__{name}_png": PNG + name.encode() for name in names}
    found = problem(docx(text, [relation(name, "image", f"media/{name}.png") for name in names], **media), KEY)
    assert (found.code, found.value) == ("too_many_images", "41")


@pytest.mark.parametrize(("count", "code"), [(5, "too_many_pixels_inside"), (4, "broken_image")])
def test_images_that_are_large_only_once_they_are_decoded_are_refused_before(count: int, code: str) -> None:
    names = [f"i{number}" for number in range(count)]
    text = "".join(paragraph("", inner=picture(name)) for name in names)
    media = {f"media__{name}_png": bomb(7000, 7000) + name.encode() for name in names}
    relations = [relation(name, "image", f"media/{name}.png") for name in names]
    assert problems(docx(text, relations, **media), KEY)[0].code == code


def test_problems_name_the_field_and_no_line() -> None:
    found = problems(zipped(parts_of(table({"Titre": "T", "Rubrique": "Sport", "Autheur": "x"}) + paragraph("a"))), KEY)
    assert [(one.code, one.field, one.line) for one in found] == [
        ("unknown_field", "autheur", None),
        ("unknown_category", "category", None),
        ("missing_field", "published_at", None),
    ]


def spoiled(**more: bytes | None) -> bytes:
    parts = parts_of(table(FIELDS) + paragraph("Du texte."))
    changes = {name.replace("__", "/"): content for name, content in more.items()}
    kept = {name: content for name, content in {**parts, **changes}.items() if content is not None}
    return zipped(kept)


LAUGHS = b'<!DOCTYPE a [<!ENTITY b "%s">%s]><w:a xmlns:w="w">&b9;</w:a>' % (
    b"ha" * 20,
    b"".join(b'<!ENTITY b%d "%s">' % (number, b"&b%d;" % (number - 1) * 10) for number in range(1, 10)),
)
OUTSIDE = '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'
REMOTE = relation("t", "attachedTemplate", "http://a/b.dotm", outside=True).encode()
SCRIPT = relation("l", "hyperlink", "javascript:a()", outside=True)
REFUSED = {
    "a text": (b"Du texte.", "not_a_docx"),
    "one with a password, or a .doc": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504), "locked_or_old"),
    "an empty archive": (b"PK\x05\x06" + bytes(18), "not_a_docx"),
    "an archive of something else": (zipped({"a.txt": b"a"}), "not_a_docx"),
    "half a document": (docx()[:900], "not_a_docx"),
    "no body": (spoiled(**{"word/document.xml": b"<a/>"}), "not_a_docx"),
    "bad XML": (spoiled(**{"word/document.xml": b"<a>"}), "not_a_docx"),
    "a billion laughs": (spoiled(**{"word/document.xml": LAUGHS}), "xml_entities"),
    "a billion laughs in UTF-16": (
        spoiled(**{"word/styles.xml": b"\xff\xfe" + LAUGHS.decode().encode("utf-16-le")}), "xml_entities"
    ),
    "an external entity": (spoiled(**{"customXml/item1.xml": OUTSIDE.encode()}), "xml_entities"),
    "an image from elsewhere": (
        docx(None, [relation("i", "image", "http://a.example/b.png", outside=True)]), "external_relation"
    ),
    "a template from elsewhere": (
        spoiled(**{"word/_rels/settings.xml.rels": REMOTE}), "external_relation"
    ),
    "a file of the machine": (
        docx(None, [relation("i", "image", "file:///etc/passwd", outside=True)]), "external_relation"
    ),
    "macros": (spoiled(**{"word/vbaProject.bin": b"a"}), "macros"),
    "macros by type": (spoiled(**{"[Content_Types].xml": b"<a>macroEnabled</a>"}), "macros"),
    "depth": (docx("<w:tbl><w:tr><w:tc>" * 1000 + "</w:tc></w:tr></w:tbl>" * 1000), "too_nested"),
    "many elements": (docx("".join(f"<w:p w:id='{n}'/>" for n in range(MAX_ELEMENTS + 1))), "too_many_tags"),
    "a bad link": (
        docx(paragraph("", inner=link("l", "a")), [SCRIPT]), "bad_link"
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_a_document_that_must_not_be_opened_is_refused(name: str) -> None:
    body, code = REFUSED[name]
    assert [found.code for found in problems(body, KEY)] == [code]


def test_a_document_that_is_too_heavy_is_not_opened() -> None:
    assert problem(docx() + bytes(20 * 1024 * 1024), KEY).code == "file_too_heavy"


def test_a_document_whose_text_is_no_article_is_refused_in_its_editors_words() -> None:
    found = problem(docx(paragraph("".join(f"mot {n} " for n in range(500_000)))), KEY)
    assert (found.code, found.field) == ("file_too_long", "body")


def test_any_damage_is_a_refusal_and_never_another_error() -> None:
    whole = with_image()
    for place in range(0, len(whole), 7):
        for damage in (whole[:place], whole[:place] + b"\xff" + whole[place + 1 :], whole[:place] + whole[place + 5 :]):
            with contextlib.suppress(UploadRejected):
                read(damage)
