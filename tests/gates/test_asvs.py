"""The table of docs/asvs.md names tests that exist."""

import ast
import re

from tests.gates import house

TABLE = (house.ROOT / "docs" / "asvs.md").read_text(encoding="utf-8")


def test_every_row_names_tests_and_each_of_them_exists() -> None:
    rows = [line for line in TABLE.splitlines() if re.match(r"\| \d", line)]
    assert len(rows) > 30
    assert [row for row in rows if "`test_" not in row] == []
    written = {
        node.name for module in house.modules() for node in ast.walk(module.tree) if isinstance(node, ast.FunctionDef)
    }
    assert set(re.findall(r"`(test_\w+)`", TABLE)) - written == set()


def test_a_row_has_its_number_and_a_level_of_one_or_two() -> None:
    for line in TABLE.splitlines():
        if re.match(r"\| \d", line):
            assert re.match(r"\| \d+\.\d+\.\d+(, \d+\.\d+\.\d+)* \| [12] \|", line), line
