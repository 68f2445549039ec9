"""Plain text: front matter, then paragraphs in which every sign means itself."""

from functions.core.article import Article
from functions.core.upload import read_upload
from tests.core.uploads import desk, problem, upload

KEY = "articles/2024/03/depeche.txt"


def read(body: str, key: str = KEY) -> Article:
    return read_upload(key, upload(body), desk())


def test_blank_lines_part_the_paragraphs() -> None:
    assert read("Un\ndeux.\n\n \nTrois.\n").body == "<p>Un\ndeux.</p>\n<p>Trois.</p>\n"


def test_markdown_and_html_in_it_are_text() -> None:
    body = read("# Pas un *titre*\n\n- [a](javascript:b) <b>gras</b> & ![](c.jpg)").body
    assert body == "<p># Pas un *titre*</p>\n<p>- [a](javascript:b) &lt;b&gt;gras&lt;/b&gt; &amp;\u202f![](c.jpg)</p>\n"


def test_it_is_typeset_and_counted_as_any_article() -> None:
    article = read('Vraiment ? "Oui".')
    assert article.body == "<p>Vraiment\u202f? «\u202fOui\u202f».</p>\n"
    assert article.words == 2


def test_capitals_in_the_suffix_do_not_matter() -> None:
    assert read("Un.", "articles/A.TXT").body == "<p>Un.</p>\n"


def test_a_text_without_front_matter_or_without_words_is_refused() -> None:
    assert problem(b"Du texte.", KEY).code == "no_front_matter"
    assert problem(upload("***"), KEY).code == "empty_body"
