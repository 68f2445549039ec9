"""Word documents that tell their fields line by line, as people do who never heard of a header."""

import pytest

from tests.core.documents import FIELDS, paragraph, parts_of, run, table, zipped
from tests.core.test_docx import KEY, laid_out
from tests.core.uploads import problems

LINES = ("Titre : Un titre : le vrai", "Chapô\u00a0: Un chapo", "RUBRIQUE: Économie", "Date : 29/03/2024 à 14h30")


@pytest.mark.parametrize(
    "body",
    [
        "".join(map(paragraph, LINES)),
        "".join(map(paragraph, ("---", *LINES, "———"))),
        paragraph("Titre", "Title") + "".join(map(paragraph, LINES)),
        paragraph(LINES[0], inner="".join(f"<w:r><w:br/></w:r>{run(line)}" for line in LINES[1:])),
    ],
)
def test_fields_may_be_lines_at_the_top(body: str) -> None:
    article = laid_out(body + paragraph("Fin.") + paragraph("Date : le 29 mars."))
    assert (article.title, article.standfirst, article.category) == ("Un titre\u00a0: le vrai", "Un chapo", "economie")
    assert article.body == "<p>Fin.</p>\n<p>Date\u00a0: le 29 mars.</p>"


def test_a_document_without_fields_is_told_where_they_are_written() -> None:
    body = paragraph("Un titre", "Title") + paragraph("Date : demain.")
    assert [found.code for found in problems(zipped(parts_of(body)), KEY)] == ["no_fields_told", *["missing_field"] * 2]


def test_a_line_among_the_fields_whose_name_is_none_is_told() -> None:
    lines = ("Titre : T", "Surtitre : S", "Rubrique : Économie", "Chapeau : C", "Date de publication : 2024-03-29")
    found = problems(zipped(parts_of("".join(map(paragraph, (*lines, "Mots clés : eau", "Rabat : du texte."))))), KEY)
    assert [(each.code, each.value or each.field, each.suggestion) for each in found] == [
        ("unknown_field", "surtitre", "titre"),
        ("unknown_field", "chapeau", "chapo"),
        ("unknown_field", "date de publication", "date"),
        ("missing_field", "published_at", None),
    ]


def test_a_blank_in_the_name_of_a_field_is_its_hyphen_and_a_line_below_the_fields_is_text() -> None:
    article = laid_out("".join(map(paragraph, (*LINES, "Mots clés : eau", "Rabat : du texte."))))
    assert ([tag.slug for tag in article.tags], article.body) == (["eau"], "<p>Rabat\u00a0: du texte.</p>")
    assert laid_out(table({**FIELDS, "Mots clés :": "eau"}) + paragraph("Un.")).tags[0].slug == "eau"
