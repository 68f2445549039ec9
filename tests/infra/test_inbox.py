import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import boto3
import pytest

from functions.core.keys import code_of, erasure
from infra.local.cloud import LocalCloud
from infra.local.inbox import InboxFolder
from infra.walk import MAX_FILE
from tests.workflows.articles import jpeg

BUCKET, STATE = "rotative-inbox", "rotative-state"
DECOMPOSED = "articles/2024/E\u0301te\u0301 + 1.md"


@pytest.fixture
def said() -> list[str]:
    return []


@pytest.fixture
def mirror(cloud: LocalCloud, inbox: Path, said: list[str]) -> Iterator[InboxFolder]:
    folder = InboxFolder(inbox, BUCKET, STATE, said.append)
    yield folder
    folder.stop()


def keys() -> set[str]:
    return {each["Key"] for each in boto3.client("s3").list_objects_v2(Bucket=BUCKET).get("Contents", [])}


def save(inbox: Path, key: str, text: str = "bonjour") -> Path:
    path = inbox / key
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def eventually(holds: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + 3
    while not holds() and time.monotonic() < deadline:
        time.sleep(0.005)
    return holds()


def versions(key: str) -> int:
    return len(boto3.client("s3").list_object_versions(Bucket=BUCKET, Prefix=key).get("Versions", []))


def test_a_sync_uploads_only_what_an_inbox_holds(mirror: InboxFolder, inbox: Path) -> None:
    wanted = {DECOMPOSED, "articles/a.md", "articles/pictures/b.jpg", "newsroom.toml", "front.yaml"}
    others = {"readme.md", "bad/x.md", "articles/.hidden.md", "articles/a.md~", "articles/.a.md.swp", "articles/4913",
              "articles/b.tmp", "articles/~$a.docx", "articles/Thumbs.db", "articles/pictures/desktop.ini",
              "articles/#a.md#", "articles/b.jpg.part", "articles/b.jpg.crdownload", "articles/b.jpg.filepart",
              "articles/@eaDir/b.jpg/SYNOFILE_THUMB_M.jpg", "articles/Icon\r", "articles/a.md.bak",
              "articles/b.jpg.download/b.jpg", "articles/b.jpg.opdownload", "articles/a.md___jb_tmp___",
              ".rotative/press.sqlite", "articles/.git/config"}  # fmt: skip
    for key in wanted | others:
        save(inbox, key)
    mirror.sync_settings()
    mirror.sync_articles()
    assert keys() == wanted


def test_a_second_sync_uploads_only_what_differs(mirror: InboxFolder, inbox: Path) -> None:
    save(inbox, "articles/a.md", "1")
    save(inbox, "articles/b.md", "1")
    mirror.sync_articles()
    save(inbox, "articles/b.md", "2")
    mirror.sync_articles()
    assert (versions("articles/a.md"), versions("articles/b.md")) == (1, 2)


def test_a_sync_deletes_what_came_from_the_folder_and_nothing_else(mirror: InboxFolder, inbox: Path) -> None:
    path = save(inbox, "articles/a.md")
    mirror.sync_articles()
    boto3.client("s3").put_object(Bucket=BUCKET, Key="articles/by-hand.md", Body=b"uploaded with an S3 client")
    path.unlink()
    mirror.sync_articles()
    assert keys() == {"articles/by-hand.md"}


def test_another_newsroom_file_takes_the_place_of_the_folders(mirror: InboxFolder, inbox: Path, tmp_path: Path) -> None:
    save(inbox, "newsroom.toml", "mine")
    other = tmp_path / "other.toml"
    other.write_text("other", encoding="utf-8")
    mirror.sync_settings(other)
    assert boto3.client("s3").get_object(Bucket=BUCKET, Key="newsroom.toml")["Body"].read() == b"other"


def test_a_link_out_of_the_folder_is_not_followed(mirror: InboxFolder, inbox: Path, tmp_path: Path) -> None:
    secret = save(tmp_path, "secret.md")
    (inbox / "articles" / "link.md").symlink_to(secret)
    (inbox / "articles" / "folder").symlink_to(tmp_path)
    (inbox / "articles" / "loop.md").symlink_to(inbox / "articles" / "loop.md")
    save(inbox, "articles/real.md")
    (inbox / "articles" / "inside.md").symlink_to(inbox / "articles" / "real.md")
    mirror.sync_articles()
    assert keys() == {"articles/real.md", "articles/inside.md"}


def test_a_file_too_large_or_with_an_impossible_name_is_said_not_uploaded(
    mirror: InboxFolder, inbox: Path, said: list[str]
) -> None:
    with save(inbox, "articles/film.jpg").open("r+b") as film:
        film.truncate(MAX_FILE + 1)
    Path(os.fsdecode(os.fsencode(inbox / "articles") + b"/caf\xe9.md")).write_text("latin 1", encoding="utf-8")
    mirror.sync_articles()
    assert keys() == set()
    assert said == [r"'articles/caf\udce9.md': its name is not UTF-8, not uploaded",
                    "articles/film.jpg: larger than 25 MB, not uploaded"]  # fmt: skip


def test_what_is_saved_changed_renamed_or_deleted_follows(mirror: InboxFolder, inbox: Path) -> None:
    mirror.start()
    time.sleep(0.2)  # until the system watches
    path = save(inbox, DECOMPOSED, "1")
    assert eventually(lambda: keys() == {DECOMPOSED})
    path.write_text("2", encoding="utf-8")
    assert eventually(lambda: versions(DECOMPOSED) == 2)
    path.rename(inbox / "articles" / "b.md")
    assert eventually(lambda: keys() == {"articles/b.md"})
    save(inbox, "articles/c.tmp").rename(inbox / "articles" / "c.md")
    assert eventually(lambda: keys() == {"articles/b.md", "articles/c.md"})
    (inbox / "articles" / "b.md").unlink()
    assert eventually(lambda: keys() == {"articles/c.md"})


def test_an_image_that_is_copied_slowly_is_uploaded_once_it_is_whole(mirror: InboxFolder, inbox: Path) -> None:
    body, key = jpeg(), "articles/photo.jpg"
    mirror.start()
    time.sleep(0.2)  # until the system watches
    with (inbox / key).open("wb", buffering=0) as copy:
        for part in (body[:500], body[500:800], body[800:]):
            assert versions(key) == 0
            copy.write(part)
            time.sleep(0.1)
    assert eventually(lambda: versions(key) == 1)
    assert boto3.client("s3").get_object(Bucket=BUCKET, Key=key)["Body"].read() == body


def test_an_image_that_stays_bad_is_uploaded_for_its_receipt(mirror: InboxFolder, inbox: Path) -> None:
    mirror.start()
    time.sleep(0.2)  # until the system watches
    save(inbox, "articles/photo.jpg", "no image")
    assert eventually(lambda: versions("articles/photo.jpg") == 1)


def test_a_folder_that_is_moved_in_or_away_takes_its_files_along(
    mirror: InboxFolder, inbox: Path, tmp_path: Path
) -> None:
    mirror.start()
    time.sleep(0.2)  # until the system watches
    save(tmp_path, "new/deep/a.md")
    save(tmp_path, "new/b.md")
    (tmp_path / "new").rename(inbox / "articles" / "new")
    assert eventually(lambda: keys() == {"articles/new/deep/a.md", "articles/new/b.md"})
    (inbox / "articles" / "new").rename(tmp_path / "away")
    assert eventually(lambda: keys() == set())


def test_an_inbox_that_is_moved_away_is_no_deletion_of_what_it_holds(
    mirror: InboxFolder, inbox: Path, tmp_path: Path, said: list[str]
) -> None:
    save(inbox, "articles/a.md", "1")
    mirror.sync_articles()
    mirror.start()
    time.sleep(0.2)  # until the system watches
    inbox.rename(tmp_path / "away")
    save(tmp_path / "away", "articles/a.md", "2")
    save(inbox, "articles/b.md", "another folder at its place")
    assert eventually(lambda: "cannot be followed" in "".join(said))
    mirror.sync_articles()
    assert "articles/a.md" in keys()
    inbox.rename(tmp_path / "another")
    (tmp_path / "away").rename(inbox)
    assert eventually(lambda: versions("articles/a.md") == 2)
    assert len(said) == 1


def test_a_folder_that_appears_takes_nothing_from_what_was_uploaded_below_its_name(
    mirror: InboxFolder, inbox: Path
) -> None:
    boto3.client("s3").put_object(Bucket=BUCKET, Key="articles/2019/03/a.md", Body=b"imported")
    mirror.start()
    time.sleep(0.2)  # until the system watches
    save(inbox, "articles/2019/03/b.md")
    assert eventually(lambda: keys() == {"articles/2019/03/a.md", "articles/2019/03/b.md"})
    (inbox / "articles" / "2019" / "03" / "b.md").unlink()
    (inbox / "articles" / "2019" / "03").rmdir()
    assert eventually(lambda: keys() == {"articles/2019/03/a.md"})


def test_a_name_that_breaks_the_watch_off_leaves_the_rest_followed(
    mirror: InboxFolder, inbox: Path, said: list[str]
) -> None:
    mirror.start()
    time.sleep(0.2)  # until the system watches
    Path(os.fsdecode(os.fsencode(inbox / "articles") + b"/caf\xe9.md")).write_text("latin 1", encoding="utf-8")
    save(inbox, "articles/a.md")
    assert eventually(lambda: keys() == {"articles/a.md"})
    save(inbox, "articles/b.md")
    assert eventually(lambda: keys() == {"articles/a.md", "articles/b.md"})
    assert said[-1] == r"'articles/caf\udce9.md': its name is not UTF-8, not uploaded"


def test_a_file_that_comes_while_the_folder_is_compared_stays(
    mirror: InboxFolder, inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = save(inbox, "articles/a.md")
    mirror.sync_articles()
    path.rename(inbox / "away.md")
    listed = mirror._files

    def files(folder: Path) -> Iterator[tuple[str, Path]]:
        found = list(listed(folder))
        if not path.exists():
            (inbox / "away.md").rename(path)
        yield from found

    monkeypatch.setattr(mirror, "_files", files)
    mirror.sync_articles()
    assert keys() == {"articles/a.md"}


def test_what_was_erased_is_said_not_uploaded_unless_it_came_back_another_way(
    mirror: InboxFolder, inbox: Path, said: list[str]
) -> None:
    s3 = boto3.client("s3")
    s3.put_object(Bucket=STATE, Key=erasure(code_of("a.md")), Body=b"{}")
    path = save(inbox, "articles/a.md")
    save(inbox, "articles/b.md")
    mirror.sync_articles()
    assert keys() == {"articles/b.md"}
    assert said == [
        "articles/a.md: erased from the press, not uploaded again: delete the file, or give it another name"
    ]
    mirror._follow(path)
    assert (keys(), len(said)) == ({"articles/b.md"}, 2)
    s3.put_object(Bucket=BUCKET, Key="articles/a.md", Body=b"again")
    mirror.sync_articles()
    assert (versions("articles/a.md"), len(said)) == (2, 2)
