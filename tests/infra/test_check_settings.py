"""`rotative check` of the settings themselves, in their own language; and where files beside articles/ go."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from infra.cli import main
from infra.verdict import key_of
from tests.newsroom import SETTINGS
from tests.workflows.articles import article


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "plan.md").write_text(article("Un plan", category="rien"))
    return tmp_path


def check(inbox: Path, settings: bytes, *names: str) -> Result:
    (inbox / "newsroom.toml").write_bytes(settings)
    return CliRunner().invoke(main, ["check", *(str(inbox / name) for name in names)])


def test_bad_settings_are_told_in_the_language_that_they_name(inbox: Path) -> None:
    found = check(inbox, SETTINGS.replace(b'"fr"', b'"en"').replace(b"base_url", b"address"), "newsroom.toml")
    assert found.exit_code == 1
    assert "the setting “newsroom.base_url” is missing" in found.stdout
    assert "réglage inconnu" in check(inbox, SETTINGS + b"[autre]\n", "newsroom.toml").stdout


def test_good_settings_are_all_good(inbox: Path) -> None:
    found = check(inbox, SETTINGS, "newsroom.toml")
    assert (found.exit_code, "all good" in found.stdout) == (0, True)


def test_nothing_else_is_checked_by_settings_that_cannot_be_used(inbox: Path) -> None:
    found = check(inbox, SETTINGS + b"[autre]\n", "newsroom.toml", "articles")
    assert found.exit_code == 1
    assert "rubrique inconnue" not in found.stdout
    assert "rubrique inconnue" in check(inbox, SETTINGS, "newsroom.toml", "articles").stdout


def test_settings_and_pins_stand_beside_the_folder_of_articles(inbox: Path) -> None:
    assert key_of(inbox / "newsroom.toml") == "newsroom.toml"
    assert key_of(inbox / "front.yaml") == "front.yaml"
    assert key_of(inbox / "articles" / "plan.md") == "articles/plan.md"
