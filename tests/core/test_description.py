import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.core.html.description import LONGEST, beginning
from functions.core.html.sanitize import sanitize
from tests.core.uploads import read


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<p>Le <em>port</em>, puis <a href='/x/'>la ville</a>.</p>", "Le port, puis la ville."),
        ("<p>Un &amp; deux.</p>\n<p>Trois.</p>", "Un & deux. Trois."),
        ("<ul><li>Un</li><li>Deux</li></ul>", "Un Deux"),
        ("<p>Une<br>ligne</p>", "Une ligne"),
        ("<h2>Le contexte</h2>\n<p>Tout commence ici.</p>", "Tout commence ici."),
        ("<table><tr><td>1<table><tr><td>2</td></tr></table>3</td></tr></table><p>Ensuite.</p>", "Ensuite."),
        ("<pre><code>x = 1</code></pre><p>Du code.</p>", "Du code."),
        ('<figure><img src="@a.jpg" alt="b"><figcaption>Légende</figcaption></figure><p>Du texte.</p>', "Du texte."),
        ("<p>Prix\u00a0: 12\u202f000\u00a0DH\t\n net</p>", "Prix\u00a0: 12\u202f000\u00a0DH net"),
        ('<p><a href="/x/" title="a &gt; b">Lien</a></p>', "Lien"),
        ('<p><img src="@a.jpg" alt="b"></p>', ""),
    ],
)
def test_a_description_is_made_of_the_body_s_sentences(body: str, expected: str) -> None:
    assert beginning(body) == expected


def test_footnotes_are_not_read_as_words() -> None:
    body = read("Le budget[^1], voté hier.\n\n[^1]: Selon la loi.").body
    assert "footnotes" in body
    assert beginning(body) == "Le budget, voté hier."


def test_a_long_beginning_is_cut_at_a_word_by_the_length_of_its_text() -> None:
    found = beginning("<p>" + '<a href="https://www.example.ma/une/adresse/tres/longue/">mot</a> &amp; ' * 60 + "</p>")
    assert found == "mot & " * 26 + "mot…"
    assert beginning("<p>" + "a" * 500 + "</p>") == "a" * LONGEST + "…"
    for word in ("mot,", "mot :", "كلمة،", "كلمة؛"):
        assert beginning(f"<p>{f'{word} ' * 60}</p>").endswith(f" {word.rstrip(' ,:،؛')}…")


def test_a_body_of_nothing_but_spaces_takes_no_longer_than_its_length() -> None:
    begun = time.process_time()
    assert beginning("<p>\u00a0<br></p>" * 16_000 + "mot") == "mot"
    assert time.process_time() - begun < 2


@given(
    st.lists(st.sampled_from("<p> </p> <em> </em> <table> <td> </table> <h2> </h2> &amp; mot x".split()), max_size=60)
)
def test_whatever_the_body_the_description_is_short_plain_text(pieces: list[str]) -> None:
    found = beginning(sanitize(" ".join(pieces)))
    assert len(found) <= LONGEST + 1
    assert "<" not in found
    assert found == found.strip()
