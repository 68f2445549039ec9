"""Markdown and plain text: front matter, then the body."""

import html
import re
from collections.abc import Iterator
from functools import partial

from functions.core import front_matter
from functions.core.files import image_beside
from functions.core.formats.hidden import without_hidden
from functions.core.formats.manuscript import Manuscript, Mention, Source, note_controls
from functions.core.markdown import mentions, to_html
from functions.core.sanitize import without_controls
from functions.core.words import Mistake

_QUOTED = re.compile(r'"([^"]+)"')
_BLANK_LINES = re.compile(r"\n(?:[ \t]*\n)+")


def read_markdown(key: str, text: str, mistakes: list[Mistake], notices: list[Mistake]) -> Manuscript:
    """The manuscript of a Markdown text; Unreadable if it has no front matter. Hidden HTML is left out, and noted."""
    found = _manuscript(key, text, mistakes, plain=False)
    shown, gaps = without_hidden(found.html)
    notices += [Mistake("hidden_text", "body")] if gaps else []
    return found._replace(html=shown)


def read_plain(key: str, text: str, mistakes: list[Mistake]) -> Manuscript:
    """The manuscript of a plain text: blank lines part its paragraphs, and every sign in it means itself."""
    return _manuscript(key, text, mistakes, plain=True)


def _manuscript(key: str, text: str, mistakes: list[Mistake], *, plain: bool) -> Manuscript:
    split = front_matter.split(text)
    tree = front_matter.load(split.header, mistakes)
    note_controls(split.body, split.body_line, mistakes)
    raw = _paragraphs(split.body) if plain else _marked_up(split.body)
    source = Source(lambda: _mentions(split))
    return Manuscript(tree, raw, split.body_line, source, partial(image_beside, key))


def _marked_up(text: str) -> str:
    """HTML of Markdown, where `&#1;` is a character at once: sanitising sees no reference any more."""
    return without_controls(to_html(text)) if "&#" in text else to_html(text)


def _paragraphs(text: str) -> str:
    found = (paragraph.strip() for paragraph in _BLANK_LINES.split(text))
    return "".join(f"<p>{html.escape(paragraph, quote=False)}</p>\n" for paragraph in found if paragraph)


def _mentions(split: front_matter.Split) -> Iterator[Mention]:
    for mention in mentions(split.body):
        for url in _QUOTED.findall(mention.source) if mention.source.startswith("<") else [mention.source]:
            yield Mention(url, split.body_line + mention.line)
