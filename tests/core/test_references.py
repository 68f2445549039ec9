"""What a header says of other uploads, by their keys."""

import pytest

from tests.core.uploads import problem, read, upload


@pytest.mark.parametrize(
    ("field", "value", "name"),
    [
        ("traduction-de", "b.md", "translation_of"),
        ("moved_from", "b.md", "moved_from"),
        ("related", "{pin: b.md}", "related.pin"),
        ("related", "{exclude: [b.md]}", "related.exclude"),
    ],
)
def test_a_name_without_a_folder_is_the_folder_articles_s_and_its_editor_is_told(
    field: str, value: str, name: str
) -> None:
    (notice,) = read(**{field: value}).notices
    assert (notice.code, notice.field, notice.line) == ("from_the_top", name, 5)
    assert notice.reason == (
        "« b.md » se cherche à la racine du dossier articles/ : si ce fichier est à côté de l’article, "
        "écrivez « 2024/03/b.md »"
    )


@pytest.mark.parametrize("value", ["2024/03/b.md", "articles/b.md", "/b.md"])
def test_nothing_is_said_of_a_name_with_its_folder(value: str) -> None:
    assert not read(translation_of=value, related=f"{{pin: {value}}}").notices


def test_nor_where_the_article_is_in_no_folder_itself() -> None:
    assert not read(key="articles/a.md", translation_of="b.md").notices


def test_a_list_of_related_articles_is_told_how_they_are_pinned() -> None:
    found = problem(upload(related="[2024/03/vagues.md]"))
    assert (found.code, found.suggestion) == ("not_named_values", "related: {pin: [2024/03/al-omrane.md]}")
