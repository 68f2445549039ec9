import re

import pytest

from functions.core.html.markdown import mentions, to_html


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("a\nb", "<p>a\nb</p>\n"),
        ("*a* **b** ~~c~~", "<p><em>a</em> <strong>b</strong> <del>c</del></p>\n"),
        ("> a", "<blockquote>\n<p>a</p>\n</blockquote>\n"),
        ("3. a\n4. b", '<ol start="3">\n<li>a</li>\n<li>b</li>\n</ol>\n'),
        ("[a](/b 'c')", '<p><a href="/b" title="c">a</a></p>\n'),
        ("<u>a</u>", "<p><u>a</u></p>\n"),
        ("---\n\na", "<hr />\n<p>a</p>\n"),
    ],
)
def test_commonmark_becomes_html(text: str, html: str) -> None:
    assert to_html(text) == html


def test_a_table_tells_its_alignment_without_inline_styles() -> None:
    html = to_html("|a|b|c|\n|:-|:-:|-|\n|1|2|3|")
    assert '<th class="left">a</th><th class="center">b</th><th>c</th>' in html
    assert '<td class="left">1</td><td class="center">2</td><td>3</td>' in html
    assert "style" not in html


def test_footnotes_are_one_list_at_the_end_in_the_order_of_their_mention() -> None:
    html = to_html("A[^x] b[^1] c[^x].\n\n[^1]: One *note*.\n\n[^x]: Two.\n\n    > Quoted.\n\nEnd.")
    assert html == (
        '<p>A<sup class="footnote"><a href="#fn-1" id="fnref-1">1</a></sup> '
        'b<sup class="footnote"><a href="#fn-2" id="fnref-2">2</a></sup> '
        'c<sup class="footnote"><a href="#fn-1">1</a></sup>.</p>\n'
        "<p>End.</p>\n"
        '<ol class="footnotes">\n'
        '<li id="fn-1">\n<p>Two.</p>\n<blockquote>\n<p>Quoted.</p>\n</blockquote>\n'
        '<p><a href="#fnref-1">↩</a></p>\n</li>\n'
        '<li id="fn-2">\n<p>One <em>note</em>. <a href="#fnref-2">↩</a></p>\n</li>\n'
        "</ol>\n"
    )


def test_a_note_that_is_never_called_leads_nowhere_and_one_may_be_called_in_another() -> None:
    html = to_html("A[^b].\n\n[^a]: Never.\n\n[^b]: Called[^c].\n\n[^c]: Inner.")
    assert '<li id="fn-2">\n<p>Never.</p>\n</li>' in html
    assert 'Called<sup class="footnote"><a href="#fn-3" id="fnref-3">3</a></sup>' in html
    assert set(re.findall(r'href="#([^"]*)"', html)) == {"fn-1", "fnref-1", "fn-3", "fnref-3"}
    assert set(re.findall(r'href="#([^"]*)"', html)) <= set(re.findall(r'id="([^"]*)"', html))


def test_a_note_that_is_told_twice_is_both() -> None:
    html = to_html("a[^1]\n\n[^1]: un\n\n[^1]: deux")
    assert '<li id="fn-1">\n<p>un</p>\n<p>deux <a href="#fnref-1">↩</a></p>\n</li>' in html


def test_a_mention_without_a_note_is_text() -> None:
    assert to_html("A[^x]") == "<p>A[^x]</p>\n"


def test_mentions_tell_their_line() -> None:
    text = "é [a](b)\n\n![c](d.jpg)\n<i>e</i>\n\n[f][g]\n\n`[h](i)`\n\n<p\nx>\n\n[g]: /j"
    assert list(mentions(text)) == [
        ("b", 0), ("d.jpg", 2), ("<i>", 3), ("</i>", 3), ("/j", 5), ("<p\n", 9), ("x>\n", 10),
    ]  # fmt: skip
