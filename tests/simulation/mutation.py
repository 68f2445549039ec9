"""Guards taken away: a function's source is changed in one place, and runs on with that until the context ends."""

import inspect
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from types import CodeType, FunctionType, ModuleType
from typing import NamedTuple


class Cut(NamedTuple):
    """In a module's source, `old`, which stands there once, becomes `new`."""

    module: str
    old: str
    new: str


class GuardMoved(Exception):
    """The text that a cut changes does not stand (once) in its module: whoever rewrote the guard rewrites the cut."""


@contextmanager
def mutated(cuts: Sequence[Cut]) -> Iterator[None]:
    """The functions of the modules behave as the changed sources say; callers need not look them up again."""
    sources: dict[str, str] = {}
    for cut in cuts:
        source = sources.setdefault(cut.module, inspect.getsource(import_module(cut.module)))
        if source.count(cut.old) != 1:
            raise GuardMoved(f"{cut.module}: {source.count(cut.old)} times: {cut.old}")
        sources[cut.module] = source.replace(cut.old, cut.new)
    before: list[tuple[FunctionType, CodeType]] = []
    try:
        for name, source in sources.items():
            module = import_module(name)
            changed = ModuleType(name)
            exec(compile(source, f"<mutant of {name}>", "exec"), changed.__dict__)  # noqa: S102 - our own source
            for old, new in _functions(module, changed):
                before.append((old, old.__code__))
                old.__code__ = new.__code__
        yield
    finally:
        for function, code in reversed(before):
            function.__code__ = code


def _functions(module: ModuleType, changed: ModuleType) -> Iterator[tuple[FunctionType, FunctionType]]:
    """The module's functions and those of its classes, each with its changed version."""
    for name, old in vars(module).items():
        if getattr(old, "__module__", None) == module.__name__ and hasattr(changed, name):
            yield from _pairs(old, getattr(changed, name))


def _pairs(old: object, new: object) -> Iterator[tuple[FunctionType, FunctionType]]:
    if isinstance(old, property) and isinstance(new, property):
        old, new = old.fget, new.fget
    if isinstance(old, FunctionType) and isinstance(new, FunctionType):
        yield old, new
    elif isinstance(old, type) and isinstance(new, type):
        for name, member in vars(old).items():
            if isinstance(member, FunctionType | property) and len(_free(member)) == len(_free(vars(new).get(name))):
                yield from _pairs(member, vars(new)[name])


def _free(member: object) -> tuple[str, ...]:
    function = member.fget if isinstance(member, property) else member
    return function.__code__.co_freevars if isinstance(function, FunctionType) else ()
