"""What a request did is kept, or known not to be; nothing holds up those that follow."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from infra.local.errors import PressError
from infra.local.journal import FILE, Journal, StoredVersion


def version(key: str) -> StoredVersion:
    return StoredVersion("inbox", key, "1", datetime(2024, 3, 29, tzinfo=UTC), '"0"', {}, b"text")


def test_a_request_that_can_never_be_written_holds_up_none_that_follow(tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    with pytest.raises(UnicodeEncodeError):
        journal.write([version("\udcff.md")])
    journal.write([version("essai.md")])
    assert [each.key for each in journal.versions()] == ["essai.md"]
    journal.close()


def test_a_journal_that_is_damaged_is_told_with_the_way_on(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"no database" * 100)
    with pytest.raises(PressError, match=r"is damaged: .* Put a copy of it back\. Or remove it: the site is made anew"):
        Journal(tmp_path)
