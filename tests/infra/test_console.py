"""What commands print is whole, and says nothing but what it means."""

import re
from datetime import UTC, datetime

import pytest

from functions.core.problem import Problem
from functions.core.receipt import Receipt
from functions.core.settings import parse_settings
from infra.cli import _against
from infra.commands.rebuild import _scope
from infra.commands.restore import _whole
from infra.console import bar, out, print_receipt, print_table
from tests.newsroom import SETTINGS

VERSION = "3HL4kqtJvjVBH40Nrjfkd3HL4kqtJvjVB"
HEADS = ["version", "groups"]
ROWS = [[VERSION, ", ".join(f"cat:economie:2024-{month:02}" for month in range(1, 13))]]


def printed(capsys: pytest.CaptureFixture[str]) -> list[str]:
    """The lines on stdout, without the terminal's codes and the blanks that fill a table."""
    return [re.sub(r"\x1b\[[0-9;]*m", "", line).rstrip() for line in capsys.readouterr().out.splitlines()]


def test_a_table_is_whole_where_nobody_reads_it_on_a_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    print_table(HEADS, ROWS)
    assert printed(capsys)[1].split(maxsplit=1) == ROWS[0]


def test_on_a_terminal_a_table_is_folded_not_cut(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")  # as on a terminal
    print_table(HEADS, ROWS)
    lines = printed(capsys)
    width = lines[0].index("groups")
    assert max(map(len, lines)) <= out.width
    assert "".join(line[:width].strip() for line in lines[1:]) == VERSION
    assert " ".join(line[width:].strip() for line in lines[1:]) == ROWS[0][1]


def test_a_name_stays_on_its_line_and_forges_none(capsys: pytest.CaptureFixture[str]) -> None:
    key = "articles/a\npublished articles/b.md\x1b[31m\u202e[red].md"
    problem = Problem(code="unnatural_key", reason="a\nb")
    print_receipt(Receipt(key=key, id="~0", ver="v1", outcome="refused", problems=(problem,)))
    print_table(["key"], [["a\nb"]])
    name = "articles/a\\u000apublished articles/b.md\\u001b[31m\\u202e[red].md"
    assert printed(capsys) == [f"refused   {name}", f"  {name} a\\u000ab", " key", " a\\u000ab"]


def test_a_bar_follows_a_total_that_grows(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")  # as on a terminal
    with bar() as progress:
        progress("printing", 0, 2)
        progress("printing", 3, 9)
    assert "3/9" in capsys.readouterr().err


def test_a_version_is_known_by_its_beginning_if_no_other_begins_so(capsys: pytest.CaptureFixture[str]) -> None:
    versions = ["abc", "abd", "ab", "x"]
    assert [_whole(begun, versions, "a.md") for begun in ("abc", "abd", "ab", "x")] == ["abc", "abd", "ab", "x"]
    assert _whole("abc-1", ["abc-12", "abd"], "a.md") == "abc-12"
    for unclear in ("a", "", "y", "abcd"):
        with pytest.raises(SystemExit) as ended:
            _whole(unclear, versions, "a.md")
        assert ended.value.code == 2
    assert "any of these versions of a.md: abc, abd, ab" in capsys.readouterr().err


def test_a_line_ends_with_what_it_says(capsys: pytest.CaptureFixture[str]) -> None:
    print_receipt(Receipt(key="articles/a.md", id="a.md", ver="v1", outcome="refused"))
    assert capsys.readouterr().out == "refused   articles/a.md\n"


def test_a_rebuild_of_no_day_at_all_is_a_slip_and_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    early, late = datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC)
    settings = parse_settings(SETTINGS)
    assert _scope(settings, None, early, early) is not None
    with pytest.raises(SystemExit) as ended:
        _scope(settings, None, late, early)
    assert ended.value.code == 2
    assert "no day is both since 2027-01-01 and until 2026-01-01" in capsys.readouterr().err


def test_a_name_that_is_not_utf_8_is_told_in_a_line() -> None:
    with pytest.raises(UnicodeEncodeError) as raised:
        b"caf\xe9.md".decode(errors="surrogateescape").encode()
    assert (_against(raised.value) or "").startswith("'caf\\udce9.md' is not UTF-8, which all names here are: ")
    with pytest.raises(UnicodeEncodeError) as raised:
        "é".encode("ascii")
    assert _against(raised.value) is None, "a bug of ours"
