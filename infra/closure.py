"""What a handler needs of this repository: its import closure, read from the source without running any of it."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parent.parent


@cache
def modules(handler: str) -> list[str]:
    """The modules under `functions` that importing one of them may ever import, lazily or not, sorted.

    Imports for type checkers alone do not count.
    """
    found: set[str] = set()
    waiting = [handler]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting.extend(_imported(name))
    return sorted(found)


def files(handler: str) -> list[Path]:
    """The closure's files, and the `__init__.py` of each package on the way, from the root of the repository."""
    found = {source(name) for name in modules(handler)}
    packages = {parent / "__init__.py" for path in found for parent in path.parents if parent != ROOT}
    return sorted(path.relative_to(ROOT) for path in found | {each for each in packages if each.exists()})


def clients(handler: str) -> set[str]:
    """The AWS services that the closure makes clients of."""
    return {
        str(call.args[0].value)
        for name in modules(handler)
        for call in ast.walk(_tree(name))
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Attribute)
        and call.func.attr == "client"
        and call.args
        and isinstance(call.args[0], ast.Constant)
    }


def methods(handler: str) -> set[str]:
    """Every name after a dot in the closure's adapters: what they call of their clients is among them."""
    adapters = [name for name in modules(handler) if name.startswith("functions.adapters.")]
    return {node.attr for name in adapters for node in ast.walk(_tree(name)) if isinstance(node, ast.Attribute)}


def source(name: str) -> Path:
    """The file of a module of ours."""
    path = ROOT.joinpath(*name.split("."))
    return path / "__init__.py" if path.is_dir() else path.with_suffix(".py")


def _imported(name: str) -> Iterator[str]:
    for node in _run(_tree(name)):
        if isinstance(node, ast.Import):
            named = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            named = [str(node.module), *(f"{node.module}.{alias.name}" for alias in node.names)]
        else:
            continue
        yield from (one for one in named if one.partition(".")[0] == "functions" and source(one).exists())


def _run(tree: ast.AST) -> Iterator[ast.AST]:
    """Every node but those below `if TYPE_CHECKING:`."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            continue
        yield node
        yield from _run(node)


@cache
def _tree(name: str) -> ast.Module:
    return ast.parse(source(name).read_text(encoding="utf-8"))
