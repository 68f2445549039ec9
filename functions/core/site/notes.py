"""Footnotes: the arrow back from each says where it leads."""

import re

from functions.core.locale import Words

_ARROW, _ARROW_OF_TEXT = "↩<", "↩\ufe0e<"  # alone, telephones draw a picture of it
_WAY_BACK = re.compile(r'<a href="#fnref-([0-9]+)">')


def with_named_ways_back(body: str, words: Words) -> str:
    """Sanitised HTML in which the way from a footnote back to its call has a name, in the article's language."""
    if "#fnref-" not in body:
        return body
    named = _WAY_BACK.sub(rf'<a href="#fnref-\1" aria-label="{words.back_to_note} \1">', body)
    return named.replace(_ARROW, _ARROW_OF_TEXT)
