"""What is refused, and in which words: every problem there is, alone and together."""

from collections.abc import Callable

import pytest

from functions.core.errors import UploadRejected
from functions.core.files import MAX_TEXT_BYTES
from functions.core.mistakes import NOTICES
from functions.core.upload import check_image, missing_image
from tests.core.test_images import bomb, drawn, saved
from tests.core.uploads import desk, phrases, problem, problems, upload

IMAGE = "{{file: {file}, alt: a}}"
REFUSED: dict[str, Callable[[], bytes]] = {
    "file_too_long": lambda: upload("a" * MAX_TEXT_BYTES),
    "not_utf8": lambda: upload("é") + b"\xe9",
    "binary_file": lambda: upload("a\x00b"),
    "empty_file": lambda: b"",
    "no_front_matter": lambda: b"Du texte.",
    "unclosed_front_matter": lambda: b"---\ntitre: a\n",
    "header_too_long": lambda: upload(chapo="a" * 70_000),
    "bad_yaml": lambda: upload(header="titre: [a\nb: c"),
    "missing_space": lambda: upload(header="titre:a\nrubrique: economie\ndate: 2024-03-29"),
    "unquoted_value": lambda: upload(titre="a : b"),
    "yaml_feature": lambda: upload(titre="!!str a"),
    "too_deep": lambda: upload(tags="[[[[[a]]]]]"),
    "no_fields": lambda: upload(header="- a"),
    "unknown_field": lambda: upload(kicker="a"),
    "duplicate_field": lambda: upload(title="a"),
    "missing_field": lambda: upload(titre=None),
    "empty_field": lambda: upload(titre='""'),
    "not_text": lambda: upload(titre="[a]"),
    "not_a_list": lambda: upload(tags="{a: b}"),
    "not_named_values": lambda: upload(image="a.jpg"),
    "several_lines": lambda: upload(chapo="|\n  a\n  b"),
    "control_character": lambda: upload(titre="a\u202eb"),
    "too_long": lambda: upload(titre="a" * 301),
    "too_many": lambda: upload(tags=", ".join(f"t{number}" for number in range(21))),
    "unknown_category": lambda: upload(rubrique="Sport"),
    "bad_date": lambda: upload(date="hier"),
    "wrong_weekday": lambda: upload(date="jeudi 29 mars 2024"),
    "date_out_of_range": lambda: upload(date="1789-07-14"),
    "no_letters": lambda: upload(tags='[a, "?"]'),
    "several_authors": lambda: upload(auteur="A, B"),
    "bad_slug": lambda: upload(slug="Un Titre"),
    "bad_language": lambda: upload(lang="de"),
    "bad_flag": lambda: upload(draft="peut-être"),
    "bad_id": lambda: upload(related="{pin: ../../a.md}"),
    "missing_alt": lambda: upload("![](a.jpg)"),
    "external_image": lambda: upload("![a](https://a.example/b.jpg)"),
    "bad_image_path": lambda: upload(image=IMAGE.format(file="../../../a.jpg")),
    "unknown_image_suffix": lambda: upload(image=IMAGE.format(file="a.gif")),
    "empty_body": lambda: upload("\n\n***\n"),
    "too_nested": lambda: upload(">" * 5000 + " a"),
    "too_many_images": lambda: upload("".join(f"![a]({number}.jpg)" for number in range(201))),
    "bad_link": lambda: upload("[a](javascript:alert(1))"),
}
# Where test_docx, test_archive and test_html look after them.
OF_DOCUMENTS = {
    "not_a_docx", "locked_or_old", "archive_too_large", "archive_overlap", "xml_entities", "external_relation",
    "too_many_tags", "too_many_pixels_inside", "file_too_heavy", "picture_alt", "no_fields_told", "image_inside",
}  # fmt: skip
OF_NEIGHBOURS = {"duplicate", "bad_address"}  # test_duplicates and test_addresses look after them
OF_TIME = {"update_ahead", "correction_ahead"}  # test_upload does
OF_SETTINGS = {  # test_settings looks after them
    "bad_toml", "missing_setting", "unknown_setting", "bad_setting", "repeated_category",
}  # fmt: skip
BY_NAME = {
    "unnatural_key": "articles/a//b.md",
    "directory_marker": "articles/2024/",
    "unknown_suffix": "articles/a.doc",
    "macros": "articles/a.docm",
}
IMAGES: dict[str, Callable[[], bytes]] = {
    "image_too_heavy": lambda: bytes(20 * 1024 * 1024 + 1),
    "too_many_pixels": lambda: bomb(10_000, 10_000),
    "not_an_image": lambda: b"text",
    "broken_image": lambda: saved(drawn((300, 200)))[:800],
}


@pytest.mark.parametrize("code", REFUSED)
def test_an_upload_is_refused_for_the_one_thing_that_is_wrong_with_it(code: str) -> None:
    found = problem(REFUSED[code]())
    assert found.code == code
    assert "{" not in found.reason.replace(found.value or "", "").replace(found.suggestion or "", "")


@pytest.mark.parametrize("code", BY_NAME)
def test_a_file_is_refused_for_its_name(code: str) -> None:
    assert problem(upload(), BY_NAME[code]).code == code


@pytest.mark.parametrize(
    "key", ["articles/a\\b.md", "articles//double.md", f"articles/{'a' * 900}.md", "articles//b.xyz"]
)
def test_of_a_file_with_an_impossible_name_nothing_else_is_said(key: str) -> None:
    assert [found.code for found in problems(b"", key)] == ["unnatural_key"]
    with pytest.raises(UploadRejected) as rejected:
        check_image(key, "v1", b"", desk())
    assert [found.code for found in rejected.value.problems] == ["unnatural_key"]


@pytest.mark.parametrize("code", IMAGES)
def test_an_image_is_refused(code: str) -> None:
    with pytest.raises(UploadRejected) as rejected:
        check_image("articles/a.jpg", "v1", IMAGES[code](), desk())
    (found,) = rejected.value.problems
    assert found.code == code
    assert "None" not in found.reason


def test_every_problem_there_is_has_a_test() -> None:
    tested = {*REFUSED, *BY_NAME, *IMAGES, *OF_DOCUMENTS, *OF_NEIGHBOURS, *OF_TIME, *OF_SETTINGS, *NOTICES}
    tested.add(missing_image("articles/a.jpg", desk()).code)
    assert tested == set(phrases().problem)


def test_every_problem_is_told_at_once_with_its_line() -> None:
    content = upload(
        "Du texte.\n\n![](a.jpg) et [b](javascript:c)\n\n[d](www.e.example)",
        titre="Un : deux", rubrique="Sport", date="hier", autheur="x", image="{file: a.gif}",
    )  # fmt: skip
    assert [(found.line, found.field, found.code) for found in problems(content)] == [
        (2, "title", "unquoted_value"),
        (3, "category", "unknown_category"),
        (4, "published_at", "bad_date"),
        (5, "autheur", "unknown_field"),
        (6, "image.alt", "missing_field"),
        (6, "image.file", "unknown_image_suffix"),
        (10, "body", "bad_link"),
        (10, "body", "missing_alt"),
        (12, "body", "bad_link"),
    ]


def test_a_bad_header_does_not_hide_what_is_wrong_in_the_body() -> None:
    assert [found.code for found in problems(upload("[a](b)", header="titre: [a"))] == ["bad_yaml", "bad_link"]


@pytest.mark.parametrize(
    "control", ["\x07", "\x1b", "\x85", "\u202a", "\u202e", "\u2066", "\u2069", "\\u202e", "\\x07", "\\t"]
)
@pytest.mark.parametrize("field", ["titre", "chapo", "tags", "auteur"])
def test_a_control_character_is_refused_in_every_field_of_one_line(field: str, control: str) -> None:
    found = problem(upload(**{field: f'"a{control}b"'}))
    assert found.code == "control_character"
    assert found.line == (2 if field == "titre" else 5)


def test_a_control_character_is_refused_in_the_texts_of_images_and_corrections() -> None:
    content = upload(
        "Du texte.\x07", image='{file: a.jpg, alt: "\\u202e", caption: "\\u2066", credit: "\\x01"}',
        corrections='[{date: 2024-03-29, text: "\\u202d"}]',
    )  # fmt: skip
    assert [(found.field, found.code) for found in problems(content)] == [
        (field, "control_character")
        for field in ("image.alt", "image.caption", "image.credit", "corrections.text", "body")
    ]


@pytest.mark.parametrize(
    "link",
    [
        "a.md",
        "../b/",
        "//evil.example",
        "ftp://a.example",
        "data:text/html,x",
        "java&#10;script:x",
        "https:a",
    ],
)
def test_a_link_that_leads_nowhere_good_is_refused_with_its_line(link: str) -> None:
    found = problem(upload(f"Un.\n\n[deux]({link})"))
    assert (found.code, found.field, found.line) == ("bad_link", "body", 8)


def test_an_address_without_its_scheme_is_refused_with_it() -> None:
    assert problem(upload("[a](www.a.example/b)")).suggestion == "https://www.a.example/b"


def test_the_second_of_two_equal_links_has_its_own_line() -> None:
    assert [found.line for found in problems(upload("[a](b)\n\n`[x](b)`\n\n[a](b)"))] == [6, 10]


def test_an_image_without_alt_is_told_by_name_and_line_wherever_it_stands() -> None:
    found = problems(
        upload('![x](%C3%A9%20a.jpg)\n\n![](%C3%A9%20a.jpg)\n\n<img src="b.jpg">\n\n<img src=c.jpg alt=" ">')
    )
    assert [(one.value, one.line) for one in found] == [("c.jpg", None), ("é a.jpg", 8), ("b.jpg", 10)]


@pytest.mark.parametrize(
    ("file", "code"),
    [
        ("http://a.example/b.jpg", "external_image"), ("//a.example/b.jpg", "external_image"),
        ("data:b.jpg", "external_image"), ("../../../b.jpg", "bad_image_path"),
        ("../../../../../2024/b.jpg", "bad_image_path"), ("a//b.jpg", "bad_image_path"), ("b", "unknown_image_suffix"),
        ("a\\\\b.jpg", "unknown_image_suffix"), ("b.svg", "unknown_image_suffix"), ("b.jpg/", "bad_image_path"),
    ],
)  # fmt: skip
def test_an_image_that_cannot_be_beside_the_article_is_refused(file: str, code: str) -> None:
    found = problem(upload(image=f'{{file: "{file}", alt: a}}'))
    assert (found.field, found.line) == ("image.file", 5)
    assert found.code in {code, "bad_image_path"}


def test_a_plain_text_as_image_is_refused_with_the_way_to_write_it() -> None:
    found = problem(upload(image="photo.jpg"))
    assert (found.code, found.value) == ("not_named_values", "photo.jpg")
    assert "file: photo.jpg, alt:" in (found.suggestion or "")


def test_a_bad_slug_is_refused_with_a_usable_one() -> None:
    found = problem(upload(slug="Été 2024"))
    assert (found.code, found.suggestion) == ("bad_slug", "ete-2024")


def test_a_field_and_its_alias_are_one_field() -> None:
    found = problem(upload(title="Encore"))
    assert (found.code, found.field, found.line, found.value) == ("duplicate_field", "title", 5, "title")
    assert [one.field for one in problems(upload(auteur="A", authors="[B]"))] == ["authors"]


def test_the_bytes_of_a_file_of_another_kind_are_not_read() -> None:
    assert [found.code for found in problems(b"", "articles/a.doc")] == ["unknown_suffix"]


def test_an_unknown_category_is_refused_with_the_nearest_name_or_all_that_there_are() -> None:
    found = problem(upload(rubrique="Developement durable"))
    assert (found.code, found.field, found.line) == ("unknown_category", "category", 3)
    assert (found.value, found.suggestion) == ("Developement durable", "Développement durable")
    assert found.reason == "rubrique inconnue « Developement durable » : vouliez-vous dire « Développement durable » ?"
    there_is = "Économie, Développement durable, Vie quotidienne"
    assert problem(upload(rubrique="Sport")).reason == f"rubrique inconnue « Sport » ; il y a : {there_is}"


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("titel", "titre"), ("Titre", "titre"), ("auteure", "auteur"), ("langue", "lang"), ("résumé", "chapo"),
        ("étiquettes", "mots-cles"), ("created", "published_at"), ("published-at", "published_at"), ("par", "auteur"),
        ("العنوان", "title"), ("قسم", "category"), ("excerpt", "standfirst"), ("xyz", None), ("<<", None),
    ],
)  # fmt: skip
def test_an_unknown_field_is_refused_with_what_may_be_meant(name: str, meant: str | None) -> None:
    found = problem(upload(**{name: "x"}))
    assert (found.code, found.field, found.line, found.suggestion) == ("unknown_field", name, 5, meant)
