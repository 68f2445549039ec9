"""Small files and small functions: what an admired application of this size has (style guide, measured on six)."""

import ast
from itertools import groupby

from tests.gates import house

MAX_FILE_LINES = 250
MAX_FUNCTION_LINES = 40
MAX_P95 = 25


def function_lines() -> list[tuple[str, int]]:
    """Every function with its length in lines, from `def` to its last line."""
    return [
        (f"{module.path}:{node.lineno} {node.name}", (node.end_lineno or node.lineno) - node.lineno + 1)
        for module in house.modules()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]


def test_no_file_is_long() -> None:
    lengths = [(str(module.path), module.text.count("\n")) for module in house.modules()]
    long = [f"{path}: {lines} lines" for path, lines in lengths if lines > MAX_FILE_LINES]
    assert not long, "\n".join(long)


def test_no_function_is_long() -> None:
    long = [f"{name}: {lines} lines" for name, lines in function_lines() if lines > MAX_FUNCTION_LINES]
    assert not long, "\n".join(long)


def test_nineteen_functions_in_twenty_are_short_in_every_package() -> None:
    found = sorted(function_lines())
    for package, functions in groupby(found, key=lambda one: one[0].partition("/")[0]):
        lengths = sorted(lines for _, lines in functions)
        assert lengths[int(0.95 * (len(lengths) - 1))] <= MAX_P95, package
