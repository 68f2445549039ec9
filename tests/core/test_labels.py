import pytest

from functions.core.slugs import slug
from tests.core.uploads import problem, read, upload


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        ("[C#, C++, C]", ["c-sharp", "c-plus-plus", "c"]),
        ("[Canal+, 60+, A+B]", ["canal-plus", "60-plus", "a-plus-b"]),
        ('["#logement", "+ vite", "C ++"]', ["logement", "vite", "c"]),
        ("[Économie, economie, ÉCONOMIE]", ["economie"]),
    ],
)
def test_signs_that_make_another_word_are_spelt_in_a_tags_address(tags: str, expected: list[str]) -> None:
    assert [tag.slug for tag in read(tags=tags).tags] == expected


def test_of_a_hashtag_readers_see_the_word() -> None:
    article = read(tags='["#logement", Logement, "##Fès", "C#"]')
    assert [tag.label for tag in article.tags] == ["logement", "Fès", "C#"]
    assert not article.notices


def test_a_title_is_not_spelt() -> None:
    assert slug("C++ et C#") == "c-et-c"


@pytest.mark.parametrize("name", ["Иван Петров", "Νίκος", "李明", "김민준", "कमल", "דוד"])
def test_a_name_in_any_script_is_an_author(name: str) -> None:
    (author,) = read(author=name).authors
    assert (author.name, author.slug) == (name, slug(name))
    assert author.slug


def test_a_label_that_is_left_out_for_another_is_told_to_its_editor() -> None:
    article = read(tags='[C, économie, "C ++", ".NET", Net]', authors="[A&B, A B]")
    assert [tag.label for tag in article.tags] == ["C", "économie", ".NET"]
    assert [(each.code, each.severity, each.field, each.value, each.suggestion) for each in article.notices] == [
        ("same_address", "notice", "tags", "C ++", "C"),
        ("same_address", "notice", "tags", "Net", ".NET"),
        ("same_address", "notice", "authors", "A B", "A&B"),
    ]
    assert article.notices[0].reason == "« C ++ » n’est pas repris : son adresse serait celle de « C »"


@pytest.mark.parametrize(
    "tags", ["[Économie, economie]", "[Al-Omrane, Al Omrane]", "[l'eau, l’eau, L eau]", "[العُمران, العمران]", "[a, a]"]
)
def test_spellings_of_one_word_are_one_tag_without_a_word(tags: str) -> None:
    article = read(tags=tags)
    assert len(article.tags) == 1
    assert article.notices == ()


@pytest.mark.parametrize("byline", ["Par Salma Idrissi", "par : Salma Idrissi", "By Salma Idrissi", "Salma Idrissi"])
def test_the_word_that_the_page_puts_before_a_name_is_no_part_of_it(byline: str) -> None:
    for field in ("author", "authors"):
        (author,) = read(**{field: f'"{byline}"'}).authors
        assert (author.name, author.slug) == ("Salma Idrissi", "salma-idrissi")


@pytest.mark.parametrize("name", ["Byron Bennani", "Paris Match", "Parfait", "Par"])
def test_a_name_that_begins_like_that_word_stays(name: str) -> None:
    assert read(author=name).authors[0].name == name


@pytest.mark.parametrize("names", ["Salma Idrissi et Omar El Bennani", "Jane O'Neill and John Smith"])
def test_two_people_in_one_byline_are_told_to_their_editor(names: str) -> None:
    (notice,) = read(authors=names).notices
    assert (notice.code, notice.severity, notice.field, notice.value) == ("two_authors", "notice", "authors", names)


@pytest.mark.parametrize("name", ["Ministère de l'Économie et des Finances", "AFP et Reuters", "Vérité et Justice"])
def test_a_byline_of_one_institution_is_none_of_two_people(name: str) -> None:
    assert read(authors=name).notices == ()


def test_a_category_may_be_the_only_one_of_a_list_as_exporters_write_it() -> None:
    assert read(rubrique=None, categories="[Économie]").category == "economie"
    assert read(rubrique=None, categories="economie").category == "economie"
    assert read(rubrique='["Économie"]').category == "economie"


def test_of_several_the_editor_chooses_and_none_at_all_is_none() -> None:
    found = problem(upload(rubrique=None, categories="\n  - Économie\n  - Sport"))
    assert (found.code, found.field, found.line, found.value) == ("too_many", "category", 6, "2")
    assert problem(upload(rubrique=None, categories="[]")).code == "empty_field"
    assert problem(upload(categories="[Économie]")).code == "duplicate_field"
