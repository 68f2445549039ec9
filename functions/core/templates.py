"""Templates: the one module that knows Jinja."""

import re
from collections.abc import Mapping
from typing import Any

from jinja2 import BytecodeCache, DictLoader, Environment, StrictUndefined
from jinja2.bccache import Bucket
from markupsafe import Markup, escape

__all__ = ["Markup", "Templates", "escape", "trusted"]
_INDENTATION = re.compile(r"^[ \t]+", re.MULTILINE)


def trusted(html: str) -> Markup:
    """HTML that we made or sanitised ourselves, hence not to be escaped again; never a field of an upload."""
    return Markup(html)  # noqa: S704 - the one door for safe HTML, so that a search finds all its callers


class Templates:
    """Compiled templates: an unknown name is an error, every value is escaped unless it came through `trusted`.

    A template named `.txt` is plain text: nothing in it is escaped.
    """

    def __init__(self, sources: Mapping[str, str], compiled: Mapping[str, bytes] | None = None) -> None:
        """`sources` are texts by name; their indentation is for designers and does not reach readers.

        `compiled` is what another instance of the same sources gave; what no longer fits its source is not used.
        """
        self._cache = _Compiled(compiled or {})
        self._environment = Environment(
            autoescape=_is_markup,  # noqa: S701 - only plain text is not escaped
            auto_reload=False,
            bytecode_cache=self._cache,
            keep_trailing_newline=True,
            loader=DictLoader({name: _INDENTATION.sub("", source) for name, source in sources.items()}),
            lstrip_blocks=True,
            trim_blocks=True,
            undefined=StrictUndefined,
        )
        # A template sees its context and nothing else: no lipsum, no namespace.
        self._environment.globals.clear()

    def render(self, name: str, values: Mapping[str, Any]) -> str:
        """One template filled with its context."""
        return self._environment.get_template(name).render(values)

    @property
    def compiled(self) -> Mapping[str, bytes]:
        """What this instance had to compile: for the next one to start with."""
        return self._cache.made

    def compile_all(self) -> None:
        """Compile everything now, so that a broken template is known before the first page is written."""
        for name in self._environment.list_templates():
            self._environment.get_template(name)


class _Compiled(BytecodeCache):
    """Jinja's cache of compiled templates as plain bytes: a build compiles them once for every cold start."""

    def __init__(self, known: Mapping[str, bytes]) -> None:
        self._known = known
        self.made: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self._known:
            bucket.bytecode_from_string(self._known[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.made[bucket.key] = bucket.bytecode_to_string()


def _is_markup(name: str | None) -> bool:
    return name is None or not name.endswith(".txt")
