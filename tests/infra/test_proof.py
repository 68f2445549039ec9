"""A template by which something cannot be made is found before it is built into what is deployed."""

import shutil
from pathlib import Path

import pytest

from infra.closure import ROOT
from infra.local.proof import main

pytestmark = pytest.mark.long  # each time the whole demo newsroom


@pytest.fixture
def templates(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Templates to be spoilt."""
    monkeypatch.setattr("functions.bootstrap.files._ROOT", tmp_path)
    return shutil.copytree(ROOT / "templates", tmp_path / "templates")


@pytest.mark.parametrize("name", ["site/article.html", "site/question.html", "mail/issue.txt", "desk/receipt.html"])
def test_a_template_that_names_what_there_is_not_ends_the_build(
    name: str, templates: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = templates / name
    page.write_text(page.read_text().replace("{{ ", "{{ titel }}{{ ", 1))
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 2
    assert "'titel' is undefined" in capsys.readouterr().err


def test_templates_as_they_are_pass(templates: Path) -> None:
    main()
