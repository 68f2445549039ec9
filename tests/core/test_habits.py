"""Markdown and plain text as people type them who have used nothing but word processors."""

import textwrap

import pytest

from functions.core.upload import read_upload
from tests.core.uploads import desk, problem, problems, read, upload


@pytest.mark.parametrize(
    ("typed", "body"),
    [
        (
            "Les chiffres :\n• Fès : 3\n•\u00a0Rabat",
            "<p>Les chiffres\u00a0:</p>\n<ul>\n<li>Fès\u00a0: 3</li>\n<li>Rabat</li>\n</ul>",
        ),
        ("##Un intertitre\nDu texte.", "<h2>Un intertitre</h2>\n<p>Du texte.</p>"),
        ("## **Un** intertitre {#un-inter}", "<h2><strong>Un</strong> intertitre</h2>"),
        ("#Logement pour tous", "<p>#Logement pour tous</p>"),
        ("– Oui, dit-il.\n– Non.", "<p>– Oui, dit-il.<br>\n– Non.</p>"),
        ("**Et les prix ?**\nIls *vont*.", "<p><strong>Et les prix\u202f?</strong><br>\nIls <em>vont</em>.</p>"),
        ("> Un.\n> — Laâbi", "<blockquote>\n<p>Un.<br>\n— Laâbi</p>\n</blockquote>"),
        ("Q : Oui ?\nR : Non.", "<p>Q\u00a0: Oui\u202f?<br>\nR\u00a0: Non.</p>"),
        ("> Un.\n> -- Laâbi", "<blockquote>\n<p>Un.<br>\n-- Laâbi</p>\n</blockquote>"),
        ("س: ما رأيك؟\nج : نعم.", '<p lang="ar" dir="rtl">س: ما رأيك؟<br>\nج : نعم.</p>'),
        ("Du texte.\n---\nSuite", "<p>Du texte.</p>\n<hr>\n<p>Suite</p>"),
        ("Un intertitre\n---\nSuite", "<h2>Un intertitre</h2>\n<p>Suite</p>"),
        ("Ô mer, toi\nqui reviens\ntu dors.", "<p>Ô mer, toi\nqui reviens\ntu dors.</p>"),
        ("Pour six\nCuisson\n- sel\n- eau", "<p>Pour six\nCuisson</p>\n<ul>\n<li>sel</li>\n<li>eau</li>\n</ul>"),
        ("```\n• a\n##b\n```", "<pre><code>• a\n##b\n</code></pre>"),
        ("<p>\n• a\n– b</p>", "<p>\n• a\n– b</p>"),
    ],
)  # fmt: skip
def test_markdown_is_what_its_writer_sees(typed: str, body: str) -> None:
    assert read(typed).body.strip() == body


@pytest.mark.parametrize(
    ("typed", "name", "caption"),
    [
        ("![Le port](WhatsApp Image 2024-03-29 at 10.12.33.jpeg)", "WhatsApp Image 2024-03-29 at 10.12.33.jpeg", ""),
        ("![Le port](port (1).jpg)", "port (1).jpg", ""),
        ('![Le port](port 1.jpg "Vu du phare")', "port 1.jpg", "Vu du phare"),
        ("![Le port](port.jpg “Vu du phare”)", "port.jpg", "Vu du phare"),
        ("![Le port](port.jpg (Vu du phare))", "port.jpg", "Vu du phare"),
        ("![Le port] (port.jpg)", "port.jpg", ""),
        ("![Le port](الميناء 1.jpg)", "الميناء 1.jpg", ""),
    ],
)
def test_an_image_is_one_whatever_blanks_its_name_has(typed: str, name: str, caption: str) -> None:
    article = read(typed)
    said = f' title="{caption}"' if caption else ""
    assert article.images == (f"articles/2024/03/{name}",)
    assert article.body == f'<p><img src="@articles/2024/03/{name}" alt="Le port"{said}></p>\n'


@pytest.mark.parametrize(
    "typed",
    ["[le rapport](https://a.ma/rapport 1.pdf)", "[le rapport] (https://a.ma/rapport%201.pdf)",
     "[le rapport](https://a.ma/rapport 1.pdf “Le rapport”)"],
)  # fmt: skip
def test_a_link_is_one_whatever_blanks_its_address_has(typed: str) -> None:
    assert '<a href="https://a.ma/rapport%201.pdf"' in read(f"Voir {typed}.").body


@pytest.mark.parametrize(
    "typed",
    ["[Rires] (Applaudissements)", "[sic](voir plus bas)", "`[a] (https://a.ma)`", "[NDLR] (https://a.ma/ dit-on)",
     "[^1] (https://a.ma/)"],
)  # fmt: skip
def test_brackets_that_lead_nowhere_are_brackets(typed: str) -> None:
    assert "]" in read(typed).body


def test_what_is_wrong_with_such_an_image_is_told_with_its_line() -> None:
    found = problem(upload("Un.\n\n![](port 1.jpg)"))
    assert (found.code, found.line, found.value) == ("missing_alt", 8, "port 1.jpg")


@pytest.mark.parametrize("typed", ["`![a](b c.jpg)`", "```\n![a](b c.jpg)\n```", "\\![a] (b.jpg)"])
def test_an_image_that_a_text_only_speaks_of_is_none(typed: str) -> None:
    assert read(typed).images == ()


def test_a_poem_in_plain_text_keeps_its_lines() -> None:
    body = read_upload("articles/a.txt", upload("Ô mer, toi\nqui reviens,\ntu dors.\n\nDeux\nlignes."), desk()).body
    assert body == "<p>Ô mer, toi<br>\nqui reviens,<br>\ntu dors.</p>\n<p>Deux\nlignes.</p>\n"


@pytest.mark.parametrize("width", [40, 72])
def test_the_lines_of_a_text_that_a_program_has_broken_are_none(width: int) -> None:
    text = textwrap.fill("Le port a traité dix millions de conteneurs cette année. " * 6, width)
    assert "<br>" not in read_upload("articles/a.txt", upload(text), desk()).body


@pytest.mark.parametrize("line", ["# Un titre", "## Un  titre\n", "Un titre\n======"])
def test_the_title_does_not_stand_in_the_text_once_more(line: str) -> None:
    assert read(f"\n{line}\nDu texte.\n\n# Un titre").body == "<p>Du texte.</p>\n<h2>Un titre</h2>\n"
    assert read("# L'eau\n\nUn.", titre="L’eau").body == "<p>Un.</p>\n"


def test_a_comment_of_obsidian_is_not_published() -> None:
    article = read("Un %%à vérifier%% deux.\n\n%%\nSa source :\n\nX.\n%%\n\nDe a%% à b%%.")
    assert article.body == "<p>Un  deux.</p>\n<p>De a%% à b%%.</p>\n"
    assert [notice.code for notice in article.notices] == ["hidden_text"]


def test_a_dash_that_begins_a_row_of_a_table_stays_there() -> None:
    assert "<tr><td>–</td><td>3</td></tr>" in read("a | b\n--- | ---\n– | 3").body


def test_a_list_or_a_conversation_in_plain_text_keeps_its_lines() -> None:
    text = upload("Les chiffres :\n• Fès\n- Rabat\n– Oui.\nsuite -5")
    body = read_upload("articles/a.txt", text, desk()).body
    assert body == "<p>Les chiffres\u00a0:<br>\n• Fès<br>\n- Rabat<br>\n– Oui.\nsuite -5</p>\n"


@pytest.mark.parametrize(
    ("typed", "code", "line", "value"),
    [
        ("Un.\n\n\tUn alinéa.", "indented_code", 8, "Un alinéa."),
        ("Un.\n\n    Un alinéa.\n\n    Deux.", "indented_code", 8, "Un alinéa."),
        ("Un.\n\n**Important :**texte", "stars", 8, "**Important :**texte"),
        ("Un ** mot ** ici", "stars", 6, "Un ** mot ** ici"),
        ("| a | b |\n|---|---|\n| 1 | 2 |\n| 3 | 4 | 5 |\n\nUn.", "cells", 9, "| 3 | 4 | 5 |"),
    ],
)
def test_what_shows_otherwise_than_it_was_meant_is_told(typed: str, code: str, line: int, value: str) -> None:
    (notice,) = read(typed).notices
    assert (notice.code, notice.severity, notice.line, notice.value) == (code, "notice", line, value)


@pytest.mark.parametrize(
    "typed",
    [
        "**Oui** et M. X***",
        "`a ** b`",
        "```\n**a**b\n```",
        "- a\n\n    suite",
        "2 \\*\\* 3",
        "```\n\ta\n```",
        "|a|b|\n|-|-|\n|1\\|2|3|\n|4|\n5",
    ],
)
def test_nothing_is_told_of_code_and_names_that_are_hidden(typed: str) -> None:
    assert not read(typed).notices


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Il a dit <sic> : <Ministère>, <G20>.", "Il a dit &lt;sic&gt;\u00a0: &lt;Ministère&gt;, &lt;G20&gt;."),
        ("Un `<sic>`, <B>deux</B>, <u>trois</u>.", "Un <code>&lt;sic&gt;</code>, <b>deux</b>, trois."),
        ("Un <Note>avis</Note>, <wbr>deux.", "Un avis, deux."),
    ],
)
def test_a_word_between_angle_brackets_is_a_word(typed: str, shown: str) -> None:
    assert read(typed).body == f"<p>{shown}</p>\n"


def test_empty_lines_may_stand_above_a_header() -> None:
    assert read_upload("articles/a.md", b"\n \n" + upload("Du texte."), desk()).body == "<p>Du texte.</p>\n"
    found = problems(b"\n\n" + upload("[a](b)", rubrique="x", date="y"))
    assert [(each.line, each.code) for each in found] == [(5, "unknown_category"), (6, "bad_date"), (8, "bad_link")]


@pytest.mark.parametrize(
    "text",
    [
        "![Le port](port.jpg)\n*Le port, **mardi**. AFP*",
        "![Le port](port.jpg)  \nLe port, **mardi**. AFP",
        '<p dir="ltr"><img src="port.jpg" alt="Le port"><br/><i>Le port, <strong>mardi</strong>. AFP</i></p>',
    ],
)
def test_the_line_below_a_picture_is_its_caption(text: str) -> None:
    assert read(text).body.strip() == (
        '<figure><img src="@articles/2024/03/port.jpg" alt="Le port">'
        "<figcaption>Le port, <strong>mardi</strong>. AFP</figcaption></figure>"
    )


@pytest.mark.parametrize("below", ["*Le port* est plein.", "Le port.", f"  \n{'mot ' * 150}"])
def test_a_text_that_begins_with_a_picture_has_no_caption(below: str) -> None:
    assert "figure" not in read(f"![Le port](port.jpg)\n{below}").body
