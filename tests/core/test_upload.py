"""What an accepted upload becomes."""

from datetime import UTC, date, datetime, timedelta

import pytest

from functions.core.article import LANGUAGES, Author, Correction, Figure, Language, RelatedWish, Tag
from functions.core.files import kind_of
from functions.core.upload import changes_ahead, check_image, read_upload
from tests.core.test_images import drawn, saved
from tests.core.uploads import KEY, desk, read, upload

WHOLE = """
title: "Logement : l'État dit \\"oui\\" !"
standfirst: Trois projets ; dix ans.
category: developpement-durable
tags: [Logement, logement, Al Omrane]
authors: [Fatima N'Diaye, Karim B.]
published_at: 2024-03-29 14:30
updated_at: 2024-03-30T08:00+01:00
embargoed_until: 29/03/2024 18:00
slug: logement-dix-ans
lang: fr
image: {file: ../img/Une grue.JPG, alt: Une grue, caption: "Le chantier : hier", credit: LQ}
related:
  pin: [2024/01/a.md, articles/2024/01/b.md, /2024/01/a.md]
  exclude: c.md
corrections:
  - {date: 2024-03-30, text: "Le chiffre : 3."}
  - {date: 31/03/2024 10:00, text: Le nom.}
draft: oui
"""


def test_every_field_of_the_contract_arrives_in_the_article() -> None:
    article = read_upload(KEY, upload("Du *texte*.", header=WHOLE), desk())
    assert article.title == "Logement\u00a0: l’État dit «\u202foui\u202f»\u202f!"
    assert article.standfirst == "Trois projets\u202f; dix ans."
    assert article.category == "developpement-durable"
    assert article.tags == (Tag(slug="logement", label="Logement"), Tag(slug="al-omrane", label="Al Omrane"))
    assert article.authors == (
        Author(slug="fatima-n-diaye", name="Fatima N’Diaye"),
        Author(slug="karim-b", name="Karim B."),
    )
    assert article.published_at == datetime(2024, 3, 29, 14, 30, tzinfo=UTC)
    assert article.updated_at == datetime(2024, 3, 30, 7, tzinfo=UTC)
    assert article.embargoed_until == datetime(2024, 3, 29, 18, tzinfo=UTC)
    assert article.visible_from == article.embargoed_until
    assert (article.slug, article.lang, article.draft, article.words) == ("logement-dix-ans", "fr", True, 2)
    assert article.lead == Figure(
        key="articles/2024/img/Une grue.JPG", alt="Une grue", caption="Le chantier\u00a0: hier", credit="LQ"
    )
    assert article.images == ("articles/2024/img/Une grue.JPG",)
    assert article.related == RelatedWish(pin=("2024/01/a.md", "2024/01/b.md"), exclude=("c.md",))
    assert article.corrections == (
        Correction(date=date(2024, 3, 30), text="Le chiffre\u00a0: 3."),
        Correction(date=date(2024, 3, 31), text="Le nom.", at=datetime(2024, 3, 31, 10, tzinfo=UTC)),
    )
    assert article.body == "<p>Du <em>texte</em>.</p>\n"


def test_the_french_names_mean_the_same() -> None:
    french = {
        "titre": "title",
        "chapo": "standfirst",
        "rubrique": "category",
        "mots-cles": "tags",
        "auteurs": "authors",
    }
    french |= {"date": "published_at", "embargo": "embargoed_until"}
    header = WHOLE
    for alias, name in french.items():
        header = header.replace(f"\n{name}:", f"\n{alias}:")
    assert read_upload(KEY, upload(header=header), desk()) == read_upload(KEY, upload(header=WHOLE), desk())


@pytest.mark.parametrize("name", ["mots-clés", "mots-cles", "tags", "mots-cle\u0301s"])
def test_a_name_may_have_its_accents(name: str) -> None:
    assert read(**{name: "a, b"}).tags == (Tag(slug="a", label="a"), Tag(slug="b", label="b"))


def test_only_title_category_and_date_are_required() -> None:
    article = read()
    assert (article.title, article.category, article.slug) == ("Un titre", "economie", "un-titre")
    assert (article.tags, article.authors, article.lead, article.images, article.draft) == ((), (), None, (), False)


@pytest.mark.parametrize("name", ["Économie", "economie", "ECONOMIE", "économie", "E\u0301conomie"])
def test_a_category_is_known_by_its_slug_and_by_its_name(name: str) -> None:
    assert read(rubrique=name).category == "economie"


def test_a_category_whose_name_differs_from_its_slug_is_known_by_both() -> None:
    assert read(rubrique="Vie quotidienne").category == read(rubrique="societe").category == "societe"


@pytest.mark.parametrize("text", ['"012"', "012", '"no"', "no", "null", "~", "1e3"])
def test_a_title_is_what_was_written(text: str) -> None:
    assert read(titre=text).title == text.strip('"')


def test_text_is_composed_but_keys_are_not() -> None:
    article = read("![e\u0301](e\u0301.jpg)", titre="e\u0301", image="{file: e\u0301.png, alt: a}")
    assert article.title == "é"
    assert article.images == ("articles/2024/03/e\u0301.png", "articles/2024/03/e\u0301.jpg")
    assert 'alt="é"' in article.body


@pytest.mark.parametrize(
    ("text", "flag"),
    [("true", True), ("Oui", True), ("yes", True), ("false", False), ("non", False), ("no", False), ("", False)],
)
def test_a_draft_is_said_in_french_or_english(text: str, flag: bool) -> None:
    assert read(draft=text).draft is flag


@pytest.mark.parametrize("field", ["typography: false", "typographie: non"])
def test_an_article_may_be_printed_as_it_was_typed(field: str) -> None:
    name, _, value = field.partition(": ")
    article = read("L'eau ? ![l'eau](a.jpg)", titre="L'eau ?", chapo="Oui !", **{name: value})
    assert (article.title, article.standfirst, article.typography) == ("L'eau ?", "Oui !", False)
    assert "L'eau ?" in article.body
    assert 'alt="l&#x27;eau"' in article.body
    assert read("L'eau ?", titre="L'eau ?").title == "L’eau\u202f?"


def test_the_newsrooms_language_is_that_of_an_article_which_names_none() -> None:
    languages: tuple[Language, ...] = ("fr", "en", "ar")
    assert [read_upload(KEY, upload(), desk(language)).lang for language in languages] == list(languages)
    assert read(lang="ar").lang == "ar"


def test_an_english_article_is_not_set_in_french() -> None:
    assert read("Really ?", titre="\"Its 'so' ?\"", lang="en").body == "<p>Really ?</p>\n"


def test_a_title_of_signs_alone_leaves_the_slug_to_the_code() -> None:
    assert read(titre='"?!"').slug == ""


@pytest.mark.parametrize("line_end", ["\r\n", "\r", "\n"])
def test_line_ends_of_every_system_and_a_byte_order_mark_are_accepted(line_end: str) -> None:
    text = upload("Un.\n\nDeux.").decode().replace("\n", line_end)
    assert read_upload(KEY, b"\xef\xbb\xbf" + text.encode(), desk()) == read("Un.\n\nDeux.")


def test_one_instant_spelled_twice_is_one_record() -> None:
    assert read(date="2024-03-29 14:30").canonical() == read(date="2024-03-29T15:30+01:00").canonical()


def test_the_same_bytes_are_the_same_article() -> None:
    assert read().canonical() == read().canonical()


# --- the body ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("## A\n\n### B", "<h2>A</h2>\n<h3>B</h3>\n"),
        ("# A\n\n###### B", "<h2>A</h2>\n<h3>B</h3>\n"),
        ("### A\n\n# B\n\n#### C\n\n## D", "<h2>A</h2>\n<h2>B</h2>\n<h3>C</h3>\n<h3>D</h3>\n"),
        ("<h3>A<blockquote><h6>B</h6></blockquote></h3>", "<h2>A<blockquote><h3>B</h3></blockquote></h2>\n"),
    ],
)
def test_the_highest_heading_of_a_body_is_an_h2_and_no_rank_is_left_out(text: str, html: str) -> None:
    assert read(text).body == html


def test_raw_html_is_sanitised_in_silence() -> None:
    assert read('A<script>b</script> <b onclick="c">d</b>').body == "<p>A <b>d</b></p>\n"


def test_images_of_the_body_are_inbox_keys_in_their_order_the_lead_first() -> None:
    text = '![b](b.jpg "La légende : b") ![a](a.jpg) ![b](./b.jpg) ![é &](../%C3%A9%20"&.png)'
    article = read(text, image="{file: a.jpg, alt: a}")
    assert article.images == tuple(f"articles/2024/{name}" for name in ("03/a.jpg", "03/b.jpg", 'é "&.png'))
    assert '<img src="@articles/2024/03/b.jpg" alt="b" title="La légende\u00a0: b">' in article.body
    assert '<img src="@articles/2024/é &quot;&amp;.png" alt="é &amp;">' in article.body


def test_a_body_may_be_one_image() -> None:
    assert read("![a](a.jpg)").words == 0


def test_words_are_counted_without_signs_and_markup() -> None:
    assert read("L'eau est *là* : vraiment ? [Oui](/a), `non`.\n\n- Dix — ou onze ; « voilà »").words == 10


@pytest.mark.parametrize(
    ("file", "key"),
    [
        ("b.jpg", "articles/2024/03/b.jpg"), ("./b.jpg", "articles/2024/03/b.jpg"), ("../b.jpg", "articles/2024/b.jpg"),
        ("/b.jpg", "articles/b.jpg"), ("../../img/b.WebP", "articles/img/b.WebP"),
        ("x/../b.jpg", "articles/2024/03/b.jpg"),
        ("a%20b.jpg", "articles/2024/03/a%20b.jpg"), ("a + b.jpg", "articles/2024/03/a + b.jpg"),
    ],
)  # fmt: skip
def test_an_image_is_found_from_the_articles_folder(file: str, key: str) -> None:
    lead = read(image=f"{{file: {file}, alt: a}}").lead
    assert lead is not None
    assert lead.key == key


@pytest.mark.parametrize(
    ("key", "kind"),
    [
        ("articles/a.md", "article"), ("articles/a.MARKDOWN", "article"), ("articles/a.jpg", "image"),
        ("articles/a.JPEG", "image"), ("articles/a.png", "image"), ("articles/a.webp", "image"),
        ("articles/a.avif", "image"),
        ("articles/a.gif", "other"), ("articles/a", "other"), ("articles/md", "other"), ("articles/a.md/", "other"),
        ("articles/a.md.exe", "other"),
    ],
)  # fmt: skip
def test_the_suffix_tells_the_kind_of_a_file(key: str, kind: str) -> None:
    assert kind_of(key) == kind


def test_a_sound_image_is_a_picture() -> None:
    assert check_image("articles/a.jpg", "v1", saved(drawn()), desk()).width == 60


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_change_that_is_still_to_come_is_a_problem_in_the_newsroom_s_words(language: Language) -> None:
    article, sent = read(updated_at="2025-03-29 15:00"), datetime(2024, 3, 29, 15, tzinfo=UTC)
    (found,) = changes_ahead(article, sent, desk(language))
    assert (found.code, found.field, found.value) == ("update_ahead", "updated_at", "2025-03-29 15:00")
    assert "2025-03-29 15:00" in found.reason


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_correction_that_is_still_to_come_is_a_problem_and_one_of_today_is_none(language: Language) -> None:
    sent = datetime(2024, 3, 29, 23, 30, tzinfo=UTC)  # half an hour into the 30th, by a clock that is an hour ahead
    days = ", ".join(f"{{date: {day}, text: Douze.}}" for day in ("2024-03-30", "2024-03-31", "2024-03-30 0:40"))
    found = changes_ahead(read(corrections=f"[{days}]"), sent, desk(language))
    assert {(each.code, each.field) for each in found} == {("correction_ahead", "corrections.date")}
    assert [each.value for each in found] == ["2024-03-31", "2024-03-30 00:40"]
    assert "2024-03-31" in found[0].reason


@pytest.mark.parametrize("ahead", [timedelta(days=-3), timedelta(), timedelta(minutes=59)])
def test_a_clock_that_is_a_little_ahead_is_no_problem(ahead: timedelta) -> None:
    sent = datetime(2024, 3, 29, 15, tzinfo=UTC)
    assert changes_ahead(read(updated_at=(sent + ahead).isoformat()), sent, desk()) == ()


def test_an_article_that_waits_for_its_hour_may_say_that_it_was_changed_since() -> None:
    waiting = read(date="2024-04-02 08:00", updated_at="2024-04-02 09:00")
    assert changes_ahead(waiting, datetime(2024, 3, 29, 15, tzinfo=UTC), desk()) == ()
