"""The files that this code consists of: templates, and the name of it all. Nothing here knows AWS."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import tzdata  # type: ignore[import-untyped]  # it has no types of its own

import functions
from functions.core.build import code_of_files

_ROOT = Path(functions.__file__).parent.parent


@cache
def code() -> str:
    """The name of this code, its templates and its time zones: what the build stamped on each zip, else computed."""
    stamp = _ROOT / "CODE_VERSION"
    if stamp.exists():
        return stamp.read_text(encoding="utf-8")
    zones = {"tzdata": tzdata.IANA_VERSION.encode()}  # newer rules make other hours of what is written already
    return code_of_files({**template_files(), **_files(_ROOT / "functions" / "core"), **zones})


@cache
def template_files() -> Mapping[str, bytes]:
    """The files of templates/, by their path below it."""
    return _files(_ROOT / "templates")


def _files(folder: Path) -> dict[str, bytes]:
    found = (path for path in sorted(folder.rglob("*")) if path.is_file() and "__pycache__" not in path.parts)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}
