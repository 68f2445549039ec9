"""The README leaves out no command and no field; no guide names a field or a file that there is not."""

import re

import pytest
from click.testing import CliRunner

from functions.core.header import fields
from infra.cli import main
from tests.core.uploads import phrases
from tests.gates import house
from tests.gates.house import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("guide", ["README.md", "CONTRIBUTING.md", "docs/operations.md", "docs/fonts.md"])
def test_every_file_that_a_guide_names_is_there(guide: str) -> None:
    named = set(re.findall(r"`([\w/.-]+\.py)`", (ROOT / guide).read_text(encoding="utf-8")))
    here = [f"/{module.path}" for module in house.modules()]
    assert {name for name in named if not any(path.endswith(f"/{name}") for path in here)} == set()


def test_the_readme_names_every_command() -> None:
    listed = CliRunner().invoke(main, ["--help"]).output.partition("Commands:")[2].partition("A first walk")[0]
    commands = set(re.findall(r"^  ([a-z]+) ", listed, re.MULTILINE))
    rows = "".join(row for row in README.splitlines() if row.startswith("| `rotative "))
    assert commands
    assert {name for name in commands if not re.search(rf"`(?:rotative )?{name}\b", rows)} == set()


def test_help_tells_the_exit_codes_and_cuts_no_summary() -> None:
    told = [CliRunner().invoke(main, [*group, "--help"]).output for group in ([], ["newsletter"])]
    assert "Exit codes: 0" in told[0]
    assert not any("..." in each.partition("Commands:")[2] for each in told)


def test_the_readme_names_every_field_of_an_article_in_both_languages_and_no_other() -> None:
    table = README.partition("| field | in French |")[2].partition("\n\n")[0]
    rows = [row.split("|")[1:3] for row in table.splitlines()[2:]]
    english, french = ({name for row in rows for name in re.findall("`([a-z_-]+)`", row[place])} for place in (0, 1))
    assert english == set(fields._FIELDS)
    assert french == set(fields._ALIASES)
    assert set(fields._ALIASES.values()) <= phrases("fr").field.keys(), "as receipts call them"
