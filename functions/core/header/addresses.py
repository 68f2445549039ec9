"""Addresses: where an article was before it came here."""

import re

from functions.core.addresses import MAX_ADDRESS, path_of
from functions.core.header.form import Form

MAX_ALIASES = 20
_EXAMPLE = "/2019/03/al-omrane.html"
_APART = re.compile(r"[,;]\s*(?=[\"']?(?:/|https?:)|\Z)")  # `/le-port,1234.html` is one


def read_aliases(form: Form) -> tuple[str, ...]:
    """The paths of the distinct addresses that lead to the article besides its own."""
    found: dict[str, None] = {}
    for written in form.texts("aliases", MAX_ADDRESS, MAX_ALIASES, _APART):
        path = path_of(written.text)
        if path is None:
            form.note("bad_address", "aliases", written.line, value=written.text, suggestion=_EXAMPLE)
        else:
            found[path] = None
    return tuple(found)
