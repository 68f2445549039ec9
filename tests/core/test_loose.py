"""Pages whose text stands there without paragraphs, as the editors of WordPress and Blogger write it."""

import pytest

from tests.core.test_pasted import page

PARAGRAPHS = "<p>Un <b>mot</b>.</p><p>Deux.</p>"


@pytest.mark.parametrize(
    ("html", "shown"),
    [
        ("Un <b>mot</b>.\n\nDeux.", PARAGRAPHS),
        ("Un <b>mot</b>.<br><br />Deux.", PARAGRAPHS),
        ("Un <b>mot</b>.\n \n<h2>Titre</h2>\nDeux.", PARAGRAPHS.replace("</p><p>", "</p><h2>Titre</h2><p>")),
        ("<div>\n\nUn <b>mot</b>.\n\n</div>\nDeux.\n\n<ul><li>a</li></ul>\n\nTrois.", None),
        ("Un <b>mot</b>.", "Un <b>mot</b>."),
        ("<p>Un.</p>\n\nDeux.\n\nTrois.", "<p>Un.</p>Deux.Trois."),
        ("Un.\n\n<pre>a\n\nb</pre>\n\nDeux.", "Un.<pre>ab</pre>Deux."),
    ],
)
def test_blank_lines_part_paragraphs_where_there_are_none(html: str, shown: str | None) -> None:
    found = page(html).replace("\n", "")
    assert found == shown if shown else found.startswith("<p>Un <b>mot</b>.</p>")
