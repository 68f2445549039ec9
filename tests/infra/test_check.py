"""`rotative check`, and `publish` where no press runs: what they say of files before anything is uploaded."""

import json
import os
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from infra.cli import main
from tests.core.documents import PNG, docx, paragraph, picture, relation
from tests.newsroom import inbox_below
from tests.workflows.articles import article, jpeg, with_lead


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    return inbox_below(tmp_path)


def save(inbox: Path, name: str, content: str | bytes) -> Path:
    path = inbox / "articles" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def rotative(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(each) for each in arguments], catch_exceptions=False)


@pytest.mark.parametrize("options", [[], ["--dry-run"]])
def test_two_files_that_would_be_one_upload_are_both_named(inbox: Path, tmp_path: Path, options: list[str]) -> None:
    first, second = tmp_path / "a" / "essai.md", tmp_path / "b" / "essai.md"
    for path in (first, second):
        path.parent.mkdir()
        path.write_text(article(path.parent.name))
    told = rotative("publish", first, second, "--inbox", inbox, *options)
    assert told.exit_code == 2
    assert f"{first} and {second} would both be articles/essai.md" in told.stderr


def test_a_folder_without_a_file_is_not_all_good(inbox: Path) -> None:
    told = rotative("check", inbox / "articles")
    assert (told.exit_code, told.stdout) == (2, "")
    assert f"there is nothing to check in {inbox / 'articles'}" in told.stderr


@pytest.mark.parametrize(("content", "outcome", "exit_code"), [(article(), "accepted", 0), ("", "refused", 1)])
def test_a_dry_run_without_a_press_answers_in_json_too(inbox: Path, content: str, outcome: str, exit_code: int) -> None:
    told = rotative("publish", save(inbox, "essai.md", content), "--inbox", inbox, "--dry-run", "--json")
    document = json.loads(told.stdout)
    assert (told.exit_code, document["changes"]) == (exit_code, None)
    assert [(each["key"], each["outcome"]) for each in document["receipts"]] == [("articles/essai.md", outcome)]


def test_a_folder_is_no_file_to_publish_and_is_called_one(inbox: Path, tmp_path: Path) -> None:
    told = rotative("publish", tmp_path, "--inbox", inbox)
    assert (told.exit_code, f"{tmp_path} is a folder: name the files in it" in told.stderr) == (2, True)


def test_a_file_that_is_given_twice_is_one_upload(inbox: Path) -> None:
    path = save(inbox, "essai.md", article())
    told = rotative("publish", path, path.parent / ".." / "articles" / path.name, "--inbox", inbox, "--dry-run")
    assert (told.exit_code, told.stderr.count("would be taken as articles/essai.md")) == (0, 1)


@pytest.mark.parametrize(("stored", "written"), [("é.jpg", "e\u0301.jpg"), ("e\u0301.jpg", "é.jpg")])
def test_an_image_in_another_spelling_is_there(inbox: Path, stored: str, written: str) -> None:
    path = save(inbox, "essai.md", with_lead(written))
    assert "wait for an image" in rotative("check", path).stderr
    save(inbox, stored, jpeg())
    assert "all good" in rotative("check", path).stdout


def test_an_article_whose_image_is_not_there_waits_and_is_not_refused(inbox: Path) -> None:
    path = save(inbox, "essai.md", with_lead("photo.jpg"))
    told = rotative("check", path)
    assert told.exit_code == 0
    assert "articles/photo.jpg" in told.stdout
    assert "all good" not in told.stdout
    assert "1 file checked, 0 would be refused, 1 would wait for an image" in told.stderr
    (found,) = json.loads(rotative("check", path, "--json").stdout)
    assert (found["outcome"], [each["code"] for each in found["problems"]]) == ("held", ["missing_image"])
    rehearsed = rotative("publish", path, "--inbox", inbox, "--dry-run")
    assert (rehearsed.exit_code, "articles/essai.md, and wait for an image" in rehearsed.stderr) == (0, True)
    save(inbox, "photo.jpg", jpeg())
    assert "all good" in rotative("check", path).stdout


@pytest.mark.parametrize("stored", ["Photo.JPG", "photo.webp"])
def test_an_image_that_differs_in_capitals_or_in_its_suffix_is_named(inbox: Path, stored: str) -> None:
    path = save(inbox, "essai.md", with_lead("photo.jpg"))
    save(inbox, stored, jpeg())
    (found,) = json.loads(rotative("check", path, "--json").stdout)
    assert [each["suggestion"] for each in found["problems"]] == [stored]
    assert f"le dossier contient « {stored} »" in rotative("check", path).stdout.replace("\n", " ")


def test_a_picture_inside_a_document_is_not_waited_for(inbox: Path) -> None:
    content = docx(paragraph("a", inner=picture("i1")), [relation("i1", "image", "media/a.png")], media__a_png=PNG)
    told = rotative("check", save(inbox, "essai.docx", content))
    assert (told.exit_code, "all good" in told.stdout) == (0, True)


def test_a_notice_is_shown_and_refuses_nothing(inbox: Path) -> None:
    path = save(inbox, "latin.md", article("Un \u00e9t\u00e9").encode("cp1252"))
    told = rotative("check", path)
    assert (told.exit_code, "Windows-1252" in told.stdout) == (0, True)
    (found,) = json.loads(rotative("check", path, "--json").stdout)
    assert [(each["code"], each["severity"]) for each in found["problems"]] == [("windows_1252", "notice")]
    assert found["outcome"] == "accepted"
    assert "Windows-1252" in rotative("publish", path, "--inbox", inbox, "--dry-run").stdout


def test_a_folder_that_is_to_be_imported_is_checked_as_it_will_be(inbox: Path, tmp_path: Path) -> None:
    """What an article names from the top, or beside its own folder, was looked for in that folder alone."""
    archive = tmp_path / "archive"
    for name in ("wp-content/vue.jpg", "images/port.jpg"):
        (archive / name).parent.mkdir(parents=True)
        (archive / name).write_bytes(jpeg())
    (archive / "2019").mkdir()
    body = "![Une vue](/wp-content/vue.jpg) ![Le port](../images/port.jpg)"
    (archive / "2019/essai.md").write_text(article(body=body))
    told = rotative("check", archive, "--newsroom", inbox / "newsroom.toml")
    assert (told.exit_code, told.stdout.strip()) == (0, "all good")


def test_an_earlier_address_that_several_files_name_is_told(inbox: Path) -> None:
    for name in ("a", "b", "c"):
        save(inbox, f"{name}.md", article(name, aliases="/2019/a.html" if name != "b" else "/2019/b.html"))
    told = rotative("check", inbox / "articles").stderr.replace("\n", " ")
    assert told.count("is an earlier address") == 1
    assert f"/2019/a.html is an earlier address of {inbox}/articles/a.md and of" in told


def test_what_many_files_have_in_common_is_told_once_more_at_the_end(inbox: Path) -> None:
    for number in range(20):
        save(inbox, f"{number}.md", article(f"Un {number}", layout="post", guid=str(number) if number else ""))
    told = rotative("check", inbox / "articles")
    assert told.stderr.replace("\n", " ").endswith("20 would be refused   in 20 files: champ inconnu « layout » ")


def test_settings_and_pins_are_checked_beside_articles(inbox: Path) -> None:
    (inbox / "front.yaml").write_text("pinned: [un.md]\nuntil: jamais\n")
    save(inbox, "essai.md", article())
    found = json.loads(rotative("check", inbox, "--json").stdout)
    outcomes = {Path(each["file"]).name: each["outcome"] for each in found}
    assert outcomes == {"newsroom.toml": "accepted", "front.yaml": "refused", "essai.md": "accepted"}


def test_what_programs_write_for_themselves_is_left_out_of_a_folder(inbox: Path) -> None:
    save(inbox, "essai.md", article())
    names = ".DS_Store a.md.swp a.md~ ~$a.docx Thumbs.db desktop.ini #a.md# a.part a.crdownload .git/config".split()
    for name in names:
        save(inbox, name, b"x")
    told = rotative("check", inbox / "articles")
    assert (told.exit_code, "1 file checked" in told.stderr) == (0, True)


def test_what_lies_beside_the_articles_of_an_inbox_is_no_upload(inbox: Path) -> None:
    save(inbox, "essai.md", article())
    (inbox / "README.md").write_text("How we work here.")
    (inbox / "front.yaml").write_text("pinned: [essai.md]")
    told = rotative("check", inbox)
    assert (told.exit_code, "3 files checked, 0 would be refused" in told.stderr) == (0, True)
    assert rotative("build", inbox, inbox / "site", "--jobs", "1").exit_code == 0
    assert rotative("check", inbox).stderr == told.stderr


def test_a_folder_is_told_of_in_the_order_of_its_names_and_links_by_what_they_lead_to(inbox: Path) -> None:
    for name in ("b.md", "a/2.md", "a/1.md", "a.md"):
        save(inbox, name, article())
    (inbox / "articles" / "link.md").symlink_to(inbox / "articles" / "a" / "1.md")
    (inbox / "articles" / "lost.md").symlink_to(inbox / "nowhere.md")
    (inbox / "articles" / "round").symlink_to(inbox / "articles")
    (inbox / "articles" / "itself.md").symlink_to(inbox / "articles" / "itself.md")
    checked = json.loads(rotative("check", inbox, "--json").stdout)
    names = [each["file"].partition("articles/")[2] for each in checked]
    assert names == ["a.md", "a/1.md", "a/2.md", "b.md", "link.md", ""]
    assert {each["outcome"] for each in checked} == {"accepted"}


def test_what_is_no_file_is_not_waited_for(inbox: Path) -> None:
    pipe = inbox / "articles" / "pipe.md"
    os.mkfifo(pipe)
    told = rotative("check", pipe)
    assert (told.exit_code, f"there is no file {pipe}" in told.stderr) == (2, True)


@pytest.mark.parametrize("name", [b"\xe9t\xe9.md", b"\xe9t\xe9.jpg"])  # as old archives and shares bring them
def test_a_name_that_is_no_utf_8_is_refused_and_stops_nobody(inbox: Path, name: bytes) -> None:
    save(inbox, "essai.md", article())
    save(inbox, os.fsdecode(name), article())
    shown = name.decode(errors="backslashreplace")
    checked = json.loads(rotative("check", inbox, "--json").stdout)
    assert {each["file"].rpartition("/")[2]: each["outcome"] for each in checked}[shown] == "refused"
    assert f"{shown} nom de fichier impossible" in rotative("check", inbox).stdout
    told = json.loads(rotative("build", inbox, inbox / "site", "--jobs", "1", "--json").stdout)
    assert {each["key"]: each["outcome"] for each in told["receipts"]} == {
        "articles/essai.md": "published",
        f"articles/{shown}": "refused",
    }


def test_whoever_has_no_newsroom_is_told_whose_settings_count(inbox: Path) -> None:
    path = save(inbox, "essai.md", article())
    assert "demo newsroom" not in rotative("check", path).stderr
    (inbox / "newsroom.toml").unlink()
    for told in (rotative("check", path), rotative("build", inbox, inbox / "site", "--jobs", "1")):
        assert "there is no newsroom.toml with the uploads: the demo newsroom's settings" in told.stderr
