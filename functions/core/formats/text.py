"""Markdown and plain text: front matter, above which a file may have empty lines, then the body."""

import html
import re
from collections.abc import Iterator
from functools import partial
from itertools import pairwise

from functions.core.files import image_beside
from functions.core.formats.habits import BULLETS, as_meant, with_brackets, with_destinations, without_comments
from functions.core.formats.habits import notices as of_habits
from functions.core.formats.hidden import without_hidden
from functions.core.formats.manuscript import Manuscript, Mention, Source, is_same_line, note_controls, title_of
from functions.core.formats.markup import text_of
from functions.core.header import front_matter
from functions.core.html.markdown import mentions, to_html
from functions.core.mistakes import Mistake
from functions.core.unseen import without_controls

_QUOTED = re.compile(r'"([^"]+)"')
_BLANK_LINES = re.compile(r"\n(?:[ \t]*\n)+")
_HEADLINE = re.compile(r"\s*<h[12]>(.*?)</h[12]>\s*", re.DOTALL)
_ABOVE = re.compile(r"\s*\n(?=---)")
_LINE = re.compile("\n")
_FEWEST_VERSES, _WIDEST, _NARROWEST = 3, 60, 40  # a program breaks a text for 40 columns at least
_ENTRY = re.compile(
    rf"\n(?=(?:[{BULLETS}–—-]|(?:[A-Z]{{1,3}}|[سج])[ \u00a0\u202f]?:)[ \t\u00a0\u202f])"
)  # of a list, or of what people say by turns


def read_markdown(key: str, text: str, mistakes: list[Mistake], notices: list[Mistake]) -> Manuscript:
    """The manuscript of a Markdown text; Unreadable if it has no front matter. Hidden HTML is left out, and noted."""
    split, tree = _split(text, mistakes)
    text = without_comments(split.body)
    shown, gaps = without_hidden(_marked_up(with_destinations(as_meant(text))))
    notices += [Mistake("hidden_text", "body")] if gaps or len(text) < len(split.body) else []
    notices += of_habits(split.body, shown, split.body_line)
    return _manuscript(key, split, tree, _without_title(shown, title_of(tree)))


def read_plain(key: str, text: str, mistakes: list[Mistake]) -> Manuscript:
    """The manuscript of a plain text: blank lines part its paragraphs, and every sign in it means itself."""
    split, tree = _split(text, mistakes)
    return _manuscript(key, split, tree, _paragraphs(split.body))


def _split(text: str, mistakes: list[Mistake]) -> tuple[front_matter.Split, front_matter.Mapping | None]:
    start = _ABOVE.match(text)
    above = text.count("\n", 0, start.end()) if start else 0
    split = front_matter.split(text[start.end() :] if start else text)
    split = split._replace(body_line=split.body_line + above)
    tree = front_matter.load(split.header, mistakes, above)
    note_controls(split.body, split.body_line, mistakes)
    return split, tree


def _manuscript(key: str, split: front_matter.Split, tree: front_matter.Mapping | None, raw: str) -> Manuscript:
    source = Source(lambda: _mentions(split))
    return Manuscript(tree, raw, split.body_line, source, partial(image_beside, key))


def _marked_up(text: str) -> str:
    """HTML of Markdown, where `&#1;` is a character at once: sanitising sees no reference any more."""
    html = with_brackets(to_html(text)) if "<" in text else to_html(text)
    return without_controls(html) if "&#" in text else html


def _without_title(html: str, title: str | None) -> str:
    headline = _HEADLINE.match(html)
    return html[headline.end() :] if headline and is_same_line(text_of(headline[1]), title) else html


def _is_stanza(paragraph: str) -> bool:
    """Whether lines are short by their writer's will: a program fills each as far as a word fits. Not of a list."""
    if _ENTRY.search(paragraph):
        return False
    lines = paragraph.split("\n")
    width = max(map(len, lines))
    is_full = all(len(line) + 1 + len(after.partition(" ")[0]) > width for line, after in pairwise(lines))
    return len(lines) >= _FEWEST_VERSES and width <= _WIDEST and not (is_full and width >= _NARROWEST)


def _paragraphs(text: str) -> str:
    found = (paragraph.strip() for paragraph in _BLANK_LINES.split(text))
    lines = (
        (_LINE if _is_stanza(paragraph) else _ENTRY).sub("<br>\n", html.escape(paragraph, quote=False))
        for paragraph in found
        if paragraph
    )
    return "".join(f"<p>{each}</p>\n" for each in lines)


def _mentions(split: front_matter.Split) -> Iterator[Mention]:
    for mention in mentions(with_destinations(split.body)):
        for url in _QUOTED.findall(mention.source) if mention.source.startswith("<") else [mention.source]:
            yield Mention(url, split.body_line + mention.line)
