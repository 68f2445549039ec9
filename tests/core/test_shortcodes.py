"""What comes from WordPress with its commands in square brackets, or from Hugo, Jekyll and Obsidian with theirs."""

import pytest

from tests.core.test_pasted import page
from tests.core.uploads import problem, read, upload

IMG = '<img class="wp-image-1" src="a.jpg" alt="Une grue" width="800">'
SHOWN = '<img src="@articles/a.jpg" alt="Une grue">'
ATTRIBUTES = 'id="attachment_1" align="aligncenter" width="800"'
FIGURE = f"<figure>{SHOWN}<figcaption>Le port</figcaption></figure>"


@pytest.mark.parametrize(
    "html",
    [
        f"[caption {ATTRIBUTES}]{IMG} Le port[/caption]",
        f"<p>[caption {ATTRIBUTES}] {IMG} Le port [/caption]</p>",
        f'[caption {ATTRIBUTES}]<a href="b.jpg">{IMG}</a> Le port[/caption]',
        f'[caption {ATTRIBUTES} caption="Le port"]{IMG}[/caption]',
        f"[wp_caption {ATTRIBUTES}]{IMG} Le port[/wp_caption]",
    ],
)
def test_a_caption_of_wordpress_is_the_pictures_caption(html: str) -> None:
    body = page(f"<p>Un.</p>\n{html}\n<p>Deux.</p>")
    assert body.replace("\n", "") == f"<p>Un.</p>{FIGURE}<p>Deux.</p>"


@pytest.mark.parametrize("picture", [IMG, "![Une grue](a.jpg)"])
def test_so_it_is_in_markdown(picture: str) -> None:
    body = read(f"Un.\n\n[caption {ATTRIBUTES}]{picture} Le *port*[/caption]\n\nDeux.").body
    figure = FIGURE.replace("articles/", "articles/2024/03/").replace("port", "<em>port</em>")
    assert body.replace("\n", "") == f"<p>Un.</p>{figure}<p>Deux.</p>"


def test_signs_that_an_export_has_written_in_html_s_way_are_signs_in_a_header_too() -> None:
    article = read(
        titre="L&#8217;eau &amp; l’&eacute;nergie", tags="[R&amp;D]", image="{file: a.jpg, alt: L&rsquo;eau}"
    )
    assert (article.title, article.tags[0].label, article.slug) == ("L’eau & l’énergie", "R&D", "l-eau-l-energie")
    assert article.lead
    assert article.lead.alt == "L’eau"
    assert read(titre="AT&T, R&D; &nbsp").title == "AT&T, R&D\u202f; &nbsp"
    assert problem(upload(titre="a&#8238;b")).code == "control_character"


def test_of_what_is_marked_up_in_a_header_the_words_are_read() -> None:
    article = read(
        titre="Le <em>Monde</em> <span class='a'>et <i>la <b>mer</b></i></span>",
        chapo="<p>Un <a href='/b'>lien</a>.</p>",
    )
    assert (article.title, article.standfirst, article.slug) == ("Le Monde et la mer", "Un lien.", "le-monde-et-la-mer")
    assert read(titre="La balise <em> ou </b>, si a<b").title == "La balise <em> ou </b>, si a<b"


def test_an_address_to_embed_can_be_followed() -> None:
    body = page("<p>Un.</p>[embed width=4]https://youtu.be/a[/embed]<p>Deux.</p>").strip()
    assert body == '<p>Un.</p><p><a href="https://youtu.be/a" dir="ltr">https://youtu.be/a</a></p><p>Deux.</p>'


@pytest.mark.parametrize(
    "lost",
    [
        '[gallery ids="1,2"]',
        '[audio mp3="a.mp3"][/audio]',
        "[playlist]",
        "![[photo.jpg]]",
        "{% include a %}",
        '{{< youtube "abc" >}}',
        "{{ page.title }}",
        "{{site.title}}",
        "<img12|center>",
        "<doc3>",
    ],
)
def test_what_another_system_would_have_shown_is_left_out_and_its_editor_told(lost: str) -> None:
    article = read(f"Un.\n\n{lost}\n\nDeux.")
    assert article.body.replace("\n", "") == "<p>Un.</p><p>Deux.</p>"
    assert [(notice.code, notice.severity, notice.value) for notice in article.notices] == [
        ("shortcode", "notice", lost)
    ]


def test_of_a_link_between_notes_the_words_show() -> None:
    assert read("Le [[Tanger Med|port]] de [[Tanger]].").body == "<p>Le port de Tanger.</p>\n"


def test_boxes_of_page_builders_around_a_text_do_not_show() -> None:
    assert page('<p>[vc_row][vc_column width="1/2"]Un.[/vc_column][/vc_row]</p>').strip() == "<p>Un.</p>"


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("# Un\n{: .no_toc}\n\nDeux.\n{: .legende #fin}\n", "<h2>Un</h2><p>Deux.</p>"),
        ("## Un {#un .grand}\n\nDeux.", "<h2>Un</h2><p>Deux.</p>"),
        ('[Un](/a/){target="_blank" title="Un : l’essai"}, deux.', '<p><a href="/a/">Un</a>, deux.</p>'),
        ("**Un**{:.grand} deux.\n\n{:toc}\n", "<p><strong>Un</strong> deux.</p>"),
    ],
)
def test_attributes_behind_a_piece_of_text_do_not_show(text: str, body: str) -> None:
    article = read(text)
    assert article.body.replace("\n", "") == body
    assert not article.notices


@pytest.mark.parametrize(
    "text", ["Un ensemble {a, b}.", "*Un*{deux} trois.", "{x=1}", "{: il sourit}", "Soit {x = 1} ## et {y=2} puis."]
)
def test_other_braces_mean_themselves(text: str) -> None:
    assert "{" in read(text).body


@pytest.mark.parametrize(
    "text", ["Il dit [la caption] : non [sic].", "[caption] sans image[/caption]", "Écrire `[gallery]` suffit."]
)
def test_other_brackets_mean_themselves(text: str) -> None:
    assert "[" in read(text).body
    assert not read(text).notices


def test_spips_bold_words_and_headings_are_not_lost() -> None:
    body = read("{{{Le port : fin.}}}\n\nDu {{gras}}, et {{l'eau & le « feu »}} de {{{Safi}}}.").body.replace("\n", "")
    assert body == (
        "<h2>Le port\u00a0: fin.</h2><p>Du <strong>gras</strong>, et <strong>l’eau &amp; le «\u202ffeu\u202f»</strong>"
        " de <strong>Safi</strong>.</p>"
    )
