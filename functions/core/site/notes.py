"""Footnotes: the arrow back from each says where it leads."""

import re

from functions.core.locale import Words

_WAY_BACK = re.compile(r'<a href="#fnref-([0-9]+)">')


def with_named_ways_back(body: str, words: Words) -> str:
    """Sanitised HTML in which the way from a footnote back to its call has a name, in the article's language."""
    if "#fnref-" not in body:
        return body
    return _WAY_BACK.sub(rf'<a href="#fnref-\1" aria-label="{words.back_to_note} \1">', body)
