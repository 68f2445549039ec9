"""The demo newsroom in events/uploads: every article is accepted, every bad upload refused as its name says."""

from functools import cache
from pathlib import Path

import pytest

from functions.core import keys
from functions.core.article import Article
from functions.core.desk import Desk
from functions.core.errors import UploadRejected
from functions.core.files import kind_of
from functions.core.settings import parse_settings
from functions.core.upload import check_image, read_upload
from tests.core.uploads import ROOT, phrases

INBOX = ROOT / "events" / "uploads"
FILES = sorted(path for path in (INBOX / "articles").rglob("*") if path.is_file())
ARTICLES = [path for path in FILES if kind_of(path.name) == "article"]
IMAGES = [path for path in FILES if kind_of(path.name) == "image"]
BAD = {
    "bad-date.md": {"bad_date"},
    "bad-embargo.md": {"bad_date"},
    "bad-language.md": {"bad_language"},
    "bidi-control.md": {"control_character"},
    "binary.md": {"binary_file"},
    "control-character.md": {"control_character"},
    "duplicate-key.md": {"duplicate_field"},
    "empty-body.md": {"empty_body"},
    "empty-title.md": {"empty_field"},
    "empty.md": {"empty_file"},
    "escaped-control-character.md": {"control_character"},
    "external-image.docx": {"external_relation"},
    "fake-image.docx": {"not_an_image"},
    "fake.png": {"not_an_image"},
    "image-outside.md": {"bad_image_path"},
    "javascript-link.md": {"bad_link"},
    "macros.docm": {"macros"},
    "missing-alt.md": {"missing_field"},
    "missing-date.md": {"missing_field"},
    "missing-fields.docx": {"missing_field", "no_fields_told"},
    "missing-fields.html": {"missing_field"},
    "missing-image.md": set(),  # sound in itself: whether the image is there is known to the inbox alone
    "missing-title.md": {"missing_field"},
    "nested-tags.md": {"not_a_list"},
    "no-front-matter.md": {"no_front_matter"},
    "no-front-matter.txt": {"no_front_matter"},
    "not-a-docx.docx": {"not_a_docx"},
    "not-utf8.md": {"not_utf8"},
    "relative-link.html": {"bad_link"},
    "several-problems.md": {"missing_field", "unknown_category", "bad_date", "unknown_field"},
    "slug-invalid.md": {"bad_slug"},
    "too-long-title.md": {"too_long"},
    "truncated.jpg": {"broken_image"},
    "unclosed-front-matter.md": {"unclosed_front_matter"},
    "unknown-category.md": {"unknown_category"},
    "unknown-key.md": {"unknown_field"},
    "unknown-suffix.xyz": {"unknown_suffix"},
    "yaml-anchor.md": {"yaml_feature"},
    "yaml-tag.md": {"yaml_feature"},
}


@cache
def desk() -> Desk:
    return Desk(parse_settings((INBOX / "newsroom.toml").read_bytes()), phrases())


def key_of(path: Path) -> str:
    return path.relative_to(INBOX).as_posix()


@cache
def article(path: Path) -> Article:
    return read_upload(key_of(path), path.read_bytes(), desk())


def refusal(path: Path) -> set[str]:
    key = keys.ARTICLES + path.name
    try:
        if kind_of(key) == "image":
            check_image(key, "v1", path.read_bytes(), desk())
        else:
            read_upload(key, path.read_bytes(), desk())
    except UploadRejected as rejected:
        return {problem.code for problem in rejected.problems}
    return set()


@pytest.mark.parametrize("path", ARTICLES, ids=key_of)
def test_every_article_of_the_demo_is_accepted(path: Path) -> None:
    assert article(path).words > 50


@pytest.mark.parametrize("path", IMAGES, ids=key_of)
def test_every_image_of_the_demo_is_accepted(path: Path) -> None:
    assert check_image(key_of(path), "v1", path.read_bytes(), desk()).width > 200


@pytest.mark.parametrize("path", ARTICLES, ids=key_of)
def test_every_image_that_an_article_shows_is_beside_it(path: Path) -> None:
    beside = [image for image in article(path).images if not keys.file_around(image)]
    assert all((INBOX / image).is_file() for image in beside)


def test_the_demo_is_as_rich_as_promised() -> None:
    articles = [article(path) for path in ARTICLES]
    assert len(articles) >= 40
    assert {path.suffix for path in ARTICLES} == {".md", ".html", ".docx", ".txt"}
    assert len({found.category for found in articles}) >= 8
    assert {found.published_at.year for found in articles} == set(range(2021, 2027))
    languages = [found.lang for found in articles]
    assert languages.count("en") >= 2
    assert languages.count("ar") >= 2


@pytest.mark.parametrize("path", sorted((INBOX / "bad").iterdir()), ids=lambda path: str(path.name))
def test_every_bad_upload_is_refused_for_what_it_is_named_after(path: Path) -> None:
    assert refusal(path) == BAD[path.name]
