"""HTML uploads: pages and fragments, their fields, their text, and what is wrong with them."""

import time

import pytest

from functions.core.article import Article, Author, Correction, Figure, Tag
from functions.core.upload import read_upload
from tests.core.uploads import HEADER, desk, problem, problems, upload

KEY = "articles/2024/03/page.html"
META = "".join(f'<meta name="{name}" content="{value}">\n' for name, value in HEADER.items())
WHOLE = """<!DOCTYPE html>
<html lang="fr-FR">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Un titre - Le site</title>
<meta name="description" content="Un chapo &amp; demi">
<meta name="author" content="Salma Idrissi, Karim B.">
<meta name="keywords" content="eau, Oujda">
<meta property="article:section" content="Économie">
<script>var a = "<article>";</script>
</head>
<body>
<nav><a href="index.html">Accueil</a></nav>
<main>
<article>
<h1>Un <em>titre</em></h1>
<time datetime="2024-03-29T14:30+00:00">29 mars</time>
<p>Du texte : <b>gras</b>.</p>
<form><button>Envoyer</button></form>
<h2>Suite</h2>
<p><a class="x" href='https://a.example/?b&amp;c' onclick="d()">Lien</a></p>
</article>
</main>
<footer>Pied</footer>
</body>
</html>
"""


def read(text: str, key: str = KEY) -> Article:
    return read_upload(key, text.encode(), desk())


def test_of_a_whole_page_the_article_is_taken_and_the_fields_from_where_pages_say_them() -> None:
    article = read(WHOLE)
    assert (article.title, article.standfirst, article.category) == ("Un titre", "Un chapo & demi", "economie")
    assert article.authors == (
        Author(slug="salma-idrissi", name="Salma Idrissi"),
        Author(slug="karim-b", name="Karim B."),
    )
    assert article.tags == (Tag(slug="eau", label="eau"), Tag(slug="oujda", label="Oujda"))
    assert article.published_at.isoformat() == "2024-03-29T14:30:00+00:00"
    assert article.lang == "fr"
    assert article.body.split("\n") == [
        *("", "", "29 mars", "<p>Du texte\u00a0: <b>gras</b>.</p>", "", "<h2>Suite</h2>"),
        *('<p><a href="https://a.example/?b&amp;c">Lien</a></p>', ""),
    ]  # fmt: skip


def test_front_matter_may_stand_above_the_html() -> None:
    assert read(upload("<p>Du <em>texte</em>.</p>").decode()).body == "<p>Du <em>texte</em>.</p>\n"


def test_front_matter_may_stand_in_a_comment_and_then_the_head_says_nothing() -> None:
    header = upload("", titre="De l'en-tête").decode()
    article = read(f"<!doctype html>\n<!--\n{header.strip()}\n-->\n{WHOLE.partition('>')[2]}")
    assert (article.title, article.standfirst, article.tags) == ("De l’en-tête", "", ())
    assert "<h2>Un <em>titre</em></h2>" in article.body


def test_the_contracts_names_in_the_head_go_before_what_pages_say() -> None:
    extra = (
        '<meta name="Titre" content="Un autre titre"><meta name="mots-clés" content="a">'
        '<meta name="image.file" content="grue.jpg"><meta name="image.alt" content="Une grue">'
        '<meta name="corrections.2.date" content="2024-03-31"><meta name="corrections.2.text" content="Deux.">'
        '<meta name="corrections.1.date" content="2024-03-30"><meta name="corrections.1.text" content="Un.">'
        '<meta name="related.pin" content="a.md, b.md">'
    )
    article = read(WHOLE.replace("<script>", extra + "<script>"))
    assert article.title == "Un autre titre"
    assert article.tags == (Tag(slug="a", label="a"),)
    assert article.lead == Figure(key="articles/2024/03/grue.jpg", alt="Une grue")
    assert [each.text for each in article.corrections] == ["Un.", "Deux."]
    assert isinstance(article.corrections[0], Correction)
    assert article.related.pin == ("a.md", "b.md")
    assert "<h2>Un <em>titre</em></h2>" in article.body


def test_the_tags_of_open_graph_are_tags_where_there_are_no_keywords() -> None:
    graph = '<meta property="article:tag" content="Al Omrane"><meta property="article:tag" content="Fès">'
    assert [tag.label for tag in read(f"{META}{graph}<p>A</p>").tags] == ["Al Omrane", "Fès"]
    keywords = '<meta name="keywords" content="eau">'
    assert [tag.label for tag in read(f"{META}{graph}{keywords}<p>A</p>").tags] == ["eau"]


@pytest.mark.parametrize(
    "html",
    [
        "<p>A</p>",
        "<body><p>A</p></body>",
        "<body><main><p>A</p></main></body>",
        "<body><nav>x</nav><article><p>A</p></article>y</body>",
        "<ARTICLE class=a><P>A</P></ARTICLE>z",
        "<main><p>A</p>",
        "<!-- <article>b</article> --><main><p>A</p></main>",
        "<script>'<main>b</main>'</script><main><p>A</p></main>",
        "<main data-a='>'><p>A</p></main>",
        "<body><h1>Un titre</h1><p>A</p></body>",
        "<main><aside hidden><form><nav>x</nav></form></aside><p>A</p></main>",
    ],
)
def test_the_article_is_found_in_pages_of_every_shape(html: str) -> None:
    assert read(META + html).body.strip() == "<p>A</p>"


def test_of_several_articles_none_is_the_article() -> None:
    assert read(f"{META}<main><article>A</article><article>B</article></main>").body == "<p>A</p><p>B</p>"


def test_a_page_in_another_language_than_ours_takes_the_newsrooms() -> None:
    assert read(f'<html lang="de">{META}<p>A</p></html>').lang == "fr"
    assert read(f'<html lang="ar">{META}<p>A</p></html>').lang == "ar"


def test_images_are_files_beside_the_page() -> None:
    article = read(f'{META}<p><img src="../img/a%20b.jpg" alt="A"></p>')
    assert article.images == ("articles/2024/img/a b.jpg",)


def test_every_mistake_has_its_line() -> None:
    page = WHOLE.replace("2024-03-29T14:30+00:00", "hier").replace("Économie", "Sport")
    page = page.replace("<h2>", '<img src="a.jpg">\n<a href="page2.html">suite</a>\n<h2>')
    assert [(found.line, found.field, found.code) for found in problems(page.encode(), KEY)] == [
        (10, "category", "unknown_category"),
        (18, "published_at", "bad_date"),
        (21, "body", "missing_alt"),
        (22, "body", "bad_link"),
    ]


def test_the_lines_of_a_commented_header_are_those_of_the_file() -> None:
    header = upload("", rubrique="Sport", draft="bof").decode().strip()
    found = problems(f"<!doctype html>\n<!--\n{header}\n-->\n<p>A</p>".encode(), KEY)
    assert [(one.line, one.code) for one in found] == [(5, "unknown_category"), (7, "bad_flag")]


def test_a_page_without_fields_is_told_which_are_missing() -> None:
    assert [found.field for found in problems(b"<p>Du texte.</p>", KEY)] == ["title", "category", "published_at"]


def test_a_page_that_is_all_tags_is_refused() -> None:
    assert problem((META + "<b>" * 60_000).encode(), KEY).code == "too_many_tags"


HOSTILE = [
    "<" * 900_000, "<!--" * 200_000, "<a " * 300_000, "<a b='" * 150_000, '<a b="' * 75_000 + "<a b='" * 75_000,
    "<!" * 400_000, "</" * 400_000, "<script>" * 120_000, "<p " + "a=" * 400_000 + ">", "<p " + "a " * 400_000 + ">",
    "<p a='" + "b" * 900_000 + "'>x", "=" * 900_000, "<a =" + " " * 900_000, "<nav>" * 40_000, "<div>" * 40_000,
    "<meta name=a content=b>" * 40_000, "<h1>" * 40_000, "<article>" * 40_000, "<time>" * 40_000, "<title>" * 100_000,
    "<a href='x:y'>" * 40_000, "<table>" * 40_000, "&#60;" * 180_000, "<p>" * 40_000,
    "<a" * 500_000, "<a " * 300_000 + '=">"', "<title>a</titlex>" * 24_000,
]  # fmt: skip


@pytest.mark.parametrize("html", HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_page_is_refused_with_problems_and_soon(html: str) -> None:
    begun = time.process_time()
    assert problems(html.encode(), KEY)
    assert time.process_time() - begun < 5


def test_the_title_that_a_page_has_for_sharing_comes_before_that_of_its_window() -> None:
    article = read(
        WHOLE.replace("h1>", "h2>").replace("<script>", '<meta property="og:title" content="Un titre"><script>')
    )
    assert article.title == "Un titre"


@pytest.mark.parametrize("address", ["data:image/png;base64,aaaa", "cid:image001.png", "file:///C:/a.png", ""])
def test_an_image_that_is_nowhere_is_told_by_its_number(address: str) -> None:
    found = problem(f'{META}<p>Un.</p><img src="a.jpg" alt="a"><img src="{address}">'.encode(), KEY)
    assert (found.code, found.value) == ("image_inside", "2")
    assert problem(upload(f"![][image1]\n\n[image1]: <{address}>")).code == "image_inside"
