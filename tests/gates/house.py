"""The rules of the house that import-linter cannot say, as functions from a module's source to its breaches."""

import ast
import builtins
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
BANNED_NAMES = {"base", "common", "helpers", "manager", "misc", "service", "utils"}
ENVIRONMENT = ("os.environ", "os.getenv", "os.putenv")
CLOCK = ("datetime.date.today", "datetime.datetime.now", "datetime.datetime.today", "datetime.datetime.utcnow", "time")
CHANCE = ("random", "secrets", "uuid")
WORLD = ("http.client", "io.open", "open", "print", "socket", "subprocess", "urllib.request")
FILES = (".read_bytes", ".read_text", ".write_bytes", ".write_text")
CLIENTS = ("boto3", "botocore", "open")


class Module(NamedTuple):
    """A source file: its path from the root, its text and its tree."""

    path: Path
    text: str
    tree: ast.Module

    @classmethod
    def of(cls, path: Path, text: str) -> "Module":
        return cls(path, text, ast.parse(text))

    def within(self, *packages: str) -> bool:
        """Whether it belongs to one of these folders, named from the root."""
        return any(self.path.is_relative_to(package) for package in packages)


Rule = Callable[[Module], Iterator[str]]


def modules() -> list[Module]:
    """Every source file of the project."""
    paths = sorted(path for folder in ("functions", "infra", "tests") for path in (ROOT / folder).rglob("*.py"))
    return [Module.of(path.relative_to(ROOT), path.read_text(encoding="utf-8")) for path in paths]


def only_bootstrap_reads_the_environment(module: Module) -> Iterator[str]:
    if module.within("functions") and not module.within("functions/bootstrap"):
        yield from _uses(module, module.tree, ENVIRONMENT)


def core_and_workflows_have_no_clock_no_chance_and_no_files(module: Module) -> Iterator[str]:
    if module.within("functions/core", "functions/workflows"):
        yield from _uses(module, module.tree, CLOCK + CHANCE + WORLD + FILES)


def nothing_happens_at_import(module: Module) -> Iterator[str]:
    if module.within("functions"):
        for statement in _run_at_import(module.tree):
            yield from _uses(module, statement, ENVIRONMENT + CLOCK + CHANCE + CLIENTS + FILES, calls_only=True)


def init_files_are_empty(module: Module) -> Iterator[str]:
    if module.path.name == "__init__.py" and module.text:
        yield f"{module.path}: an __init__.py stays empty"


def modules_are_named_for_what_they_hold(module: Module) -> Iterator[str]:
    if module.path.stem in BANNED_NAMES:
        yield f"{module.path}: {module.path.stem!r} says nothing"


def imports_have_one_name_and_no_alternative(module: Module) -> Iterator[str]:
    yield from _uses(module, module.tree, ("sys.path",))
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Try) and any(isinstance(part, ast.Import | ast.ImportFrom) for part in node.body):
            yield f"{module.path}:{node.lineno}: an import inside try"


def an_exemption_gives_its_reason(module: Module) -> Iterator[str]:
    for number, line in enumerate(module.text.splitlines(), start=1):
        for mark in ("# type: " + "ignore", "# no" + "qa"):
            _, found, rest = line.partition(mark)
            if found and len(rest.partition(" ")[2].strip(" #:-")) < 8:
                yield f"{module.path}:{number}: {mark} without a reason"


RULES: tuple[Rule, ...] = (
    only_bootstrap_reads_the_environment,
    core_and_workflows_have_no_clock_no_chance_and_no_files,
    nothing_happens_at_import,
    init_files_are_empty,
    modules_are_named_for_what_they_hold,
    imports_have_one_name_and_no_alternative,
    an_exemption_gives_its_reason,
)


def _run_at_import(tree: ast.AST) -> Iterator[ast.AST]:
    """The parts of a module that run when it is imported: bodies of functions do not, all else does."""
    for node in ast.iter_child_nodes(tree):
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            yield node
            yield from _run_at_import(node)


def _uses(module: Module, part: ast.AST, banned: tuple[str, ...], *, calls_only: bool = False) -> Iterator[str]:
    """Where a part of a module names something banned; `.name` bans that method of anything."""
    meanings = _imported(module.tree)
    for node in [part] if calls_only else ast.walk(part):
        named = node.func if calls_only and isinstance(node, ast.Call) else None if calls_only else node
        if not isinstance(named, ast.Attribute | ast.Name):
            continue
        name = _dotted(named, meanings)
        if any(name == ban or name.startswith(f"{ban}.") or (ban[0] == "." and name.endswith(ban)) for ban in banned):
            yield f"{module.path}:{named.lineno}: {name}"


def _imported(tree: ast.Module) -> dict[str, str]:
    """What each imported name stands for: `from datetime import datetime as dt` makes dt datetime.datetime."""
    meanings: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            meanings.update({(one.asname or one.name.partition(".")[0]): one.name for one in node.names})
        elif isinstance(node, ast.ImportFrom):
            meanings.update({(one.asname or one.name): f"{node.module}.{one.name}" for one in node.names})
    return meanings


def _dotted(node: ast.expr, meanings: dict[str, str]) -> str:
    """`a.b.c` in full; what is neither imported nor built in becomes `?`."""
    if isinstance(node, ast.Attribute):
        return f"{_dotted(node.value, meanings)}.{node.attr}"
    if isinstance(node, ast.Name):
        return meanings.get(node.id, node.id if node.id in vars(builtins) else "?")
    return "?"
