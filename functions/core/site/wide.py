"""What may be wider than its column: tables and preformatted text scroll, with the keyboard too, and have a name.

Safari's keyboard reaches nothing that scrolls unless it can have the focus; what does scroll, only a script could tell.
"""

import re

from functions.core.locale import Words

_TABLE = re.compile(r"<table\b[^<>]*>|</table>")
_STOP = 'role="group" tabindex="0" aria-label'


def with_reachable_boxes(body: str, words: Words) -> str:
    """Sanitised HTML in which whatever scrolls is a stop of the keyboard, named in the article's language."""
    if "<table" in body:
        box = f'<div class="wide" {_STOP}="{words.table}">'
        body = _TABLE.sub(lambda tag: f"{tag[0]}</div>" if tag[0] == "</table>" else box + tag[0], body)
    return body.replace("<pre", f'<pre {_STOP}="{words.preformatted}"') if "<pre" in body else body
