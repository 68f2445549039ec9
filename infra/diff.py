"""Diffs: what a dry run would do to the site, for people to read."""

from collections.abc import Callable, Iterable, Iterator
from difflib import unified_diff

from rich.markup import escape

from functions.core.page import Page
from functions.workflows.rehearse import Change
from infra.console import counted, notes, out

Read = Callable[[str], bytes | None]  # the bytes that stand at a site key, None for nothing
_COLOURS = {"+": "green", "-": "red", "@": "cyan"}
_TEXT = ("text/", "application/json", "application/xml", "application/rss+xml", "application/feed+json")


def named(changes: Iterable[Change], read: Read) -> list[dict[str, str]]:
    """Every change as JSON."""
    return [{"key": change.key, "what": _verb(change, read(change.key))} for change in changes]


def print_changes(changes: Iterable[Change], read: Read) -> None:
    """Every change in one line, then the unified diff of each text."""
    found = list(changes)
    for change in found:
        for line in _lines(change, read(change.key)):
            colour = _COLOURS.get(line[:1])
            out.print(f"[{colour}]{escape(line)}[/]" if colour else escape(line))
    notes.print(f"{counted(len(found), 'object')} would change; nothing was written")


def _lines(change: Change, before: bytes | None) -> Iterator[str]:
    yield f"{_verb(change, before)} {change.key}"
    after = change.page.body if change.page else None
    if _is_text(change.page, before):
        old, new = ((text or b"").decode(errors="replace").splitlines() for text in (before, after))
        was, is_ = change.key if before else "", change.key if change.page else ""
        yield from unified_diff(old, new, was, is_, lineterm="", n=1)


def _verb(change: Change, before: bytes | None) -> str:
    return "delete" if change.page is None else "create" if before is None else "write"


def _is_text(page: Page | None, before: bytes | None) -> bool:
    if page is not None:
        return page.content_type.startswith(_TEXT)
    return before is not None and b"\x00" not in before
