from collections.abc import Iterator
from xml.etree.ElementTree import Element

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.core.html.sanitize import is_link, sanitize
from tests.core.uploads import CORPORA, public_list

ALLOWED = {
    "a": {"href", "title", "id"},
    "img": {"src", "alt", "title"},
    "abbr": {"title"},
    "blockquote": {"cite"},
    "li": {"id"},
    "ol": {"start", "class"},
    "th": {"colspan", "rowspan", "scope", "class"},
    "td": {"colspan", "rowspan", "class"},
    "sup": {"class"},
}
FORBIDDEN = set(
    "script style svg math iframe object embed form input button base meta link template noscript textarea select "
    "title frame frameset applet audio video source div".split()
)


def elements(html: str) -> Iterator[Element]:
    root: Element = html5lib.parseFragment(html, namespaceHTMLElements=False)
    return root.iter()


def dangers(html: str) -> list[str]:
    """What a browser would find in sanitised HTML that readers must not get."""
    found = []
    for element in elements(html):
        if element.tag in FORBIDDEN or set(":{") & set(element.tag):
            found.append(element.tag)
        for name, value in element.attrib.items():
            if name not in ALLOWED.get(element.tag, set()) | {"lang", "dir"}:
                found.append(f"{element.tag}[{name}]")
            if name in {"href", "cite"} and not is_link(value):
                found.append(value)
    return found


def own_cases() -> list[str]:
    return (CORPORA / "hostile-html.txt").read_text().splitlines()


@pytest.mark.parametrize("html", own_cases())
def test_hostile_html_loses_its_sting(html: str) -> None:
    assert not dangers(sanitize(html))


def test_all_hostile_html_at_once_loses_its_sting() -> None:
    assert not dangers(sanitize("\n".join(own_cases())))


def test_a_public_list_of_vectors_loses_its_sting() -> None:
    vectors = public_list("xss-payload-list.txt").read_text(errors="replace").splitlines()
    assert len(vectors) > 5000
    assert not [vector for vector in vectors if dangers(sanitize(vector))]


@pytest.mark.parametrize(
    "html",
    [
        "<p>a <em>b</em> <strong>c</strong> <s>d</s> <mark>e</mark></p>",
        "<h2>a</h2><h3>b</h3>",
        '<ol start="3"><li>a</li></ol>',
        "<blockquote><p>a</p></blockquote>",
        '<p><a href="https://a.example/b?c=d&amp;e#f" title="g">h</a></p>',
        '<p><a href="mailto:a@b.example">a</a> <a href="/b/">b</a> <a href="#fn-1" id="fnref-1">1</a></p>',
        '<table><thead><tr><th class="right" scope="col">a</th></tr></thead><tbody><tr><td>b</td></tr></tbody></table>',
        '<figure><img src="a.jpg" alt="b"><figcaption>c</figcaption></figure>',
        '<pre><code>a &lt; b\n\n"c"</code></pre>',
        '<ol class="footnotes"><li id="fn-1">a</li></ol>',
        '<p lang="ar" dir="rtl">أ</p>',
        '<p>Un <span lang="en">scoop</span> de <bdi>سلمى</bdi>, <bdi dir="rtl">فاس</bdi></p>',
        "<dl><dt>a</dt><dd>b</dd></dl><hr>",
    ],
)
def test_the_html_of_news_passes_unchanged(html: str) -> None:
    assert sanitize(html) == html


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<span style="color: red">a</span>', "a"),
        ('<span class="s1">a <span lang="en">b <span>c</span></span></span> d', 'a <span lang="en">b c</span> d'),
        ("<p><span>a<p>b</span>", "<p>a</p><p>b</p>"),
        ('<span lang="javascript:x" onclick="x">a</span>', "a"),
    ],
)
def test_a_span_stays_only_to_tell_the_language_or_the_direction(html: str, expected: str) -> None:
    assert sanitize(html) == expected


def test_the_text_of_unknown_tags_stays_but_not_that_of_scripts() -> None:
    assert sanitize("<font>a</font><script>b</script><style>c</style>d") == "ad"


@pytest.mark.parametrize(
    "url",
    [
        "https://a.example", "HTTP://a.example/é?b=c#d", "mailto:a@b.example?subject=c", "/", "/a/b/", "/a?b#c", "#",
        "#a", "https://[::1]:8000/", "https://مثال.example/",
    ],
)  # fmt: skip
def test_a_link_that_readers_may_follow_is_accepted(url: str) -> None:
    assert is_link(url)


@pytest.mark.parametrize(
    "url",
    [
        "", "a", "a/b", "./a", "../a", "?a", "//a.example", "///a", "/\\a", "\\a", "http:", "https://", "https:a",
        "mailto:", "mailto:a", "javascript:alert(1)", "JAVASCRIPT:x", "data:,x", "vbscript:x", "ftp://a",
        "file:///a", "tel:1", "blob:x", " https://a", "https://a ", "https://a\nb", "java\tscript:x",
        "/a b", "/a\x00", "/a\x85", "/a\u00a0b",
        "/a\u2028b", "/\u202ea", "/a\u2066b", "https://a\\b", "#a b",
    ],
)  # fmt: skip
def test_any_other_link_is_refused(url: str) -> None:
    assert not is_link(url)


HTML = st.lists(
    st.sampled_from(
        '<p <a <img <b> <svg> <math> <pre> </pre> <table> <style> <!-- --> ]]> href= src= id= onerror= javascript: " '
        "' > </ & &#13; &#x1; &lt; &nbsp; <li> <section> <code> </p> / \n \r \x00 x <select> <title> <noscript> "
        "<span> </span>".split(" ")
    )
    | st.text(max_size=5),
    max_size=25,
).map("".join)


@given(HTML)
def test_whatever_comes_in_nothing_dangerous_goes_out(html: str) -> None:
    assert not dangers(sanitize(html))


@given(HTML)
def test_whoever_parses_it_again_finds_nothing_dangerous_and_no_controls(html: str) -> None:
    once = sanitize(html)
    assert not dangers(sanitize(once))
    assert "\r" not in once


@pytest.mark.parametrize("html", own_cases())
def test_sanitising_a_hostile_case_twice_changes_nothing(html: str) -> None:
    assert sanitize(sanitize(html)) == sanitize(html)
