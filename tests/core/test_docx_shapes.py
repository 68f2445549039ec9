"""What Word, SharePoint and older programs write in a form of their own, and what becomes of it."""

import pytest

from functions.core.upload import read_upload
from tests.core.documents import FIELDS, PNG, docx, paragraph, parts_of, relation, run, table, zipped
from tests.core.test_docx import with_image
from tests.core.uploads import desk, read

KEY = "articles/a.docx"
VML = 'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
OLD_PICTURE = (
    f'<w:r><w:pict {VML}><v:shape alt="Une grue"><v:imagedata r:id="i" o:title="grue.png"/></v:shape></w:pict></w:r>'
)
COMPATIBLE = "http://schemas.openxmlformats.org/markup-compatibility/2006"
BOOKMARK = '<w:bookmarkStart w:id="1" w:name="_Toc1"/><w:bookmarkEnd w:id="1"/>'


def body_of(document: bytes) -> str:
    return read_upload(KEY, document, desk()).body


def with_picture(*around: str) -> bytes:
    return zipped(
        parts_of(table(FIELDS) + "".join(around), [relation("i", "image", "media/i.png")]) | {"word/media/i.png": PNG}
    )


@pytest.mark.parametrize(
    "ending",
    [
        "Description générée automatiquement",
        "Description générée automatiquement avec un niveau de confiance moyen",
        "Le contenu généré par l’IA peut être incorrect.",
        "Description automatically generated with low confidence",
        "AI-generated content may be incorrect.",
        "تم إنشاء الوصف تلقائياً",
        "يتم إنشاء الوصف تلقائيا.",
    ],
)
def test_what_word_believes_a_picture_to_show_is_told_and_not_said_to_be_a_machine_s(ending: str) -> None:
    article = read_upload(KEY, with_image(alt=f"Une image contenant grue\n\n{ending}"), desk())
    assert 'alt="Une image contenant grue">' in article.body
    assert [(notice.code, notice.value) for notice in article.notices] == [("guessed_alt", "Une image contenant grue")]
    (notice,) = read(f"![Une grue {ending}](a.jpg)").notices
    assert (notice.code, notice.line) == ("guessed_alt", 6)


def initial(letter: str, kind: str = "drop", marks: str = "<w:b/>") -> str:
    return f'<w:p><w:pPr><w:framePr w:dropCap="{kind}" w:lines="3"/></w:pPr>{run(letter, marks=marks)}</w:p>'


def test_a_picture_in_the_form_of_older_programs_stands_where_it_stood() -> None:
    text = (
        paragraph("Avant.")
        + paragraph("", inner=OLD_PICTURE)
        + paragraph("Une légende.", "Caption")
        + paragraph("Après.")
    )
    caption = '<w:style w:type="paragraph" w:styleId="Caption"><w:name w:val="Caption"/></w:style></w:styles>'
    parts = parts_of(table(FIELDS) + text, [relation("i", "image", "media/i.png")])
    parts["word/styles.xml"] = parts["word/styles.xml"].replace(b"</w:styles>", caption.encode())
    before, figure, after = body_of(zipped(parts | {"word/media/i.png": PNG})).splitlines()
    assert (before, after) == ("<p>Avant.</p>", "<p>Après.</p>")
    assert figure.startswith('<figure><img src="@articles/a.docx//')
    assert figure.endswith('alt="Une grue"><figcaption>Une légende.</figcaption></figure>')


def test_so_does_one_that_newer_programs_have_in_both_forms() -> None:
    forms = f'<mc:Choice Requires="wpg"/><mc:Fallback>{OLD_PICTURE[5:-6]}</mc:Fallback>'
    both = f'<w:r xmlns:mc="{COMPATIBLE}"><mc:AlternateContent>{forms}</mc:AlternateContent></w:r>'
    first, second = body_of(with_picture(paragraph("Avant.", inner=both))).splitlines()
    assert (first, second[:10], second[-20:]) == ("<p>Avant.</p>", "<p><img sr", ' alt="Une grue"></p>')


@pytest.mark.parametrize("kind", ["drop", "margin"])
def test_a_large_first_letter_is_a_letter_of_its_word(kind: str) -> None:
    text = initial("L", kind) + paragraph("e port de Tanger.") + paragraph("Il grandit.")
    assert body_of(docx(text)) == "<p>Le port de Tanger.</p>\n<p>Il grandit.</p>"


def test_a_large_first_letter_with_nothing_to_begin_is_a_paragraph() -> None:
    assert body_of(docx(initial("A", marks=""))) == "<p>A</p>"


def test_a_paragraph_in_a_frame_of_another_kind_is_one() -> None:
    framed = paragraph("Encadré.").replace("<w:p>", '<w:p><w:pPr><w:framePr w:w="2000"/></w:pPr>')
    assert body_of(docx(framed + paragraph("Texte."))) == "<p>Encadré.</p>\n<p>Texte.</p>"


def test_a_document_whose_parts_sharepoint_has_numbered_is_read() -> None:
    parts = parts_of(table(FIELDS) + paragraph("Un intertitre", "heading1") + paragraph("Du texte."))
    numbered = {
        name.replace("document.xml", "document2.xml").replace("styles.xml", "styles2.xml"): content.replace(
            b"document.xml", b"document2.xml"
        ).replace(b"styles.xml", b"styles2.xml")
        for name, content in parts.items()
    }
    assert "word/document.xml" not in numbered
    assert body_of(zipped(numbered)) == "<h2>Un intertitre</h2>\n<p>Du texte.</p>"


def test_bookmarks_leave_nothing_in_the_words() -> None:
    split = f"<w:p>{run('Wor')}{BOOKMARK}{run('d')}</w:p><w:p>{BOOKMARK}</w:p>"
    assert body_of(docx(split)).strip() == "<p>Word</p>"


@pytest.mark.parametrize(
    "place",
    ["file:///C:/Normal.dotm", r"\\serveur\modeles\article.dotx", "Macintosh%20HD:Users:k:Modeles:a.dotx", "a.dotx"],
)
def test_a_template_on_a_disk_of_the_newsroom_s_harms_nobody(place: str) -> None:
    line = relation("t", "attachedTemplate", place, outside=True).encode()
    parts = parts_of(table(FIELDS) + paragraph("Du texte."))
    assert body_of(zipped(parts | {"word/_rels/settings.xml.rels": line})) == "<p>Du texte.</p>"


def test_the_signs_that_old_programs_have_left_are_those_that_word_shows() -> None:
    text = body_of(docx(paragraph("Il attend\x85 l\x92heure \x96 enfin.")))
    assert text == "<p>Il attend… l’heure – enfin.</p>"
