"""Word documents that say little and would become much: refused before mammoth sets them."""

from random import Random

import pytest

from functions.core.formats.archive import MAX_UNPACKED
from tests.core.documents import FIELDS, NAMESPACES, PNG, docx, footnotes, link, paragraph, picture, relation, run
from tests.core.gauge import costs
from tests.core.test_docx import KEY, read
from tests.core.uploads import problem

LONG = "".join(f"{number:x}" for number in range(80_000))  # packs to a fourth
LINES = b"</w:p>" + b"".join(b'<w:p w:x="%d"><w:r><w:t>a</w:t></w:r></w:p>' % number for number in range(4000))
CALL = '<w:r><w:footnoteReference w:id="1"/></w:r>'
NOTES = relation("n", "footnotes", "footnotes.xml")
FIELD = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>HYPERLINK "http://a.ma/{}"</w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
)
STYLE = (
    f'<w:styles {NAMESPACES}><w:style w:type="paragraph" w:styleId="S"><w:name w:val="{LONG}"/></w:style></w:styles>'
)
HEAVY = {
    "a note of many lines": docx(
        f"<w:p>{CALL * 500}</w:p>", [NOTES], footnotes_xml=footnotes("a").replace(b"</w:p>", LINES)
    ),
    "a note of many words": docx(f"<w:p>{CALL * 500}</w:p>", [NOTES], footnotes_xml=footnotes(LONG)),
    "an address of many links": docx(
        f"<w:p>{link('l', 'a')}</w:p>" * 500, [relation("l", "hyperlink", f"http://a.ma/{LONG}", outside=True)]
    ),
    "an address of many runs": docx(f"<w:p>{FIELD.format(LONG)}</w:p>" + f"<w:p>{run('a')}</w:p>" * 500),
    "the name of a style": docx(paragraph("a", "S") * 400, styles_xml=STYLE.encode()),
}


@pytest.mark.parametrize("name", HEAVY)
def test_what_is_said_once_and_set_often_counts_as_often(name: str) -> None:
    cost = costs({name: (KEY, HEAVY[name])})[name]
    assert (cost.codes, cost.seconds < 3, cost.megabytes < 256) == (["too_many_tags"], True, True)


def test_an_image_that_is_shown_often_is_not_read_for_ever() -> None:
    shown = paragraph("", inner=picture("i1")) * 40
    whole = docx(
        shown, [relation("i1", "image", "media/a.png")], media__a_png=PNG + Random(0).randbytes(MAX_UNPACKED // 4)
    )
    assert problem(whole, KEY).code == "too_many_images"


def test_a_note_may_be_called_twice() -> None:
    article = read(docx(f"<w:p>{run('Du texte.')}{CALL * 2}</w:p>", [NOTES], footnotes_xml=footnotes("Une note.")))
    assert article.body.count("Une note.") == 2
    assert FIELDS["Titre"] == article.title
