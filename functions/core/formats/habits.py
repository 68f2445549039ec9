"""What writers type into Markdown as they would into a word processor: bullets, headings, lines of a conversation.

And what their telephones call a picture: `![Le port](WhatsApp Image 2024-03-29.jpeg)`, which is no image to CommonMark.
"""

import re
from collections.abc import Iterator

from functions.core.formats.manuscript import MAX_TAGS
from functions.core.html.markdown import slips
from functions.core.mistakes import Mistake

BULLETS = "•▪‣◦·●■➢►"
# Each begins with the end of a line, which is found twenty times as fast as a beginning.
_HTML = re.compile(r"\n {0,3}<")
_BULLET = re.compile(rf"\n( {{0,3}})[{BULLETS}][ \t\u00a0\u202f]*(?=\S)")
_HEADING = re.compile(r"\n(#{2,6})(?=[^#\s])")
_TURN = re.compile(r"\n(?<=\S\n)(?=(?:> ?)?(?:[–—]|--|(?:[A-Z]{1,3}|[سج])[ \u00a0\u202f]?:)[ \u00a0\u202f])")
_RULE = re.compile(r"([.…][ \t]*\n)-{3,}(?=[ \t]*(?:\n|\Z))")  # below a sentence, which is no heading
_QUESTION = re.compile(r"(\n\*\*[^*\n]+\*\*)[ \t]*(?=\n[^\s>])")
# An image, or a link to the web: its name, and a title in whichever marks.
_DESTINATION = re.compile(
    r"(?<![`\\])(!\[[^\[\]\n]{0,500}\]"
    r"|\[(?!\^)[^\[\]\n]{1,500}\](?=\(https?://[^\s()/]{1,200}/| \(https?://[^\s()]{1,400}\)))( ?)\([ \t]{0,9}"
    r"((?:[^()<>\n\"“”«»]|\([^()<>\n\"]{0,200}\)){1,400}?)"
    r"(?:[ \t]{1,9}(\"[^\"\n]{0,500}\"|'[^'\n]{0,500}'|\([^()\n]{0,500}\)"
    r"|“[^”\n]{0,500}”|«[^»\n]{0,500}»))?[ \t]{0,9}\)"
)
_COMMENT = re.compile(r"(?<!\S)%%(?!\s*%).{1,5000}?%%", re.DOTALL)
_BRACKETS = re.compile(r"<([a-zA-Z][a-zA-Z0-9]*)>")
_ENDED = re.compile(r"</([a-z][a-z0-9]*)")
_ELEMENTS = frozenset(
    "a abbr acronym address applet area article aside audio b base basefont bdi bdo big blink blockquote body br "
    "button canvas caption center cite code col colgroup data datalist dd del details dfn dialog dir div dl dt em "
    "embed fieldset figcaption figure font footer form frame frameset h1 h2 h3 h4 h5 h6 header hgroup hr html i "
    "iframe image img input ins kbd label legend li link main map mark marquee math menu meta meter nav nobr noembed "
    "noframes noscript object ol optgroup option output p param picture plaintext pre progress q rb rp rt rtc ruby s "
    "samp script search section select slot small source span strike strong style sub summary sup svg table tbody td "
    "template textarea tfoot th thead time title tr track tt u ul var video wbr xmp".split()
)
_INDENT = re.compile(r"^(?: {4}| {0,3}\t)", re.MULTILINE)


def as_meant(text: str) -> str:
    """A text with what its writer sees in Markdown's spelling, line by line; not one with blocks of code or HTML."""
    lines = "\n" + text
    if "```" in text or "~~~" in text or _HTML.search(lines):
        return text
    lines = _HEADING.sub(r"\n\1 ", _BULLET.sub(r"\n\1- ", lines))
    lines = _QUESTION.sub(r"\1  ", lines) if "**" in text else lines
    lines = _RULE.sub(r"\1***", lines) if "\n---" in lines else lines
    return _TURN.sub("  \n", lines[1:])


def with_destinations(text: str) -> str:
    """A text whose images and links are some to CommonMark too, whatever their names; not one with blocks of code."""
    if ("](" not in text and "] (" not in text) or "```" in text or "~~~" in text:
        return text
    return _DESTINATION.sub(_spelled, text)


def _spelled(match: re.Match[str]) -> str:
    words, gap, name, title = match.groups()
    if not gap and not {" ", "\t"} & set(name) and (title is None or title[0] in "\"'("):
        return match[0]
    said = ' "' + title[1:-1].strip().replace('"', "&quot;") + '"' if title else ""
    return f"{words}(<{name}>{said})"


def without_comments(text: str) -> str:
    """A text without what Obsidian shows to its writer alone, line by line; not one with blocks of code."""
    if "%%" not in text or "```" in text:
        return text
    return _COMMENT.sub(lambda comment: "\n" * comment[0].count("\n"), text)


def with_brackets(html: str) -> str:
    """HTML of Markdown in which a word between angle brackets that is no element, and that nothing ends, is a word."""
    known = _ELEMENTS.union(_ENDED.findall(html.lower()))

    def shown(match: re.Match[str]) -> str:
        return match[0] if match[1].lower() in known else f"&lt;{match[1]}&gt;"

    return _BRACKETS.sub(shown, html)


def notices(text: str, html: str, first_line: int) -> Iterator[Mistake]:
    """Of what shows in a page otherwise than its writer meant; none of a text that is refused for its many tags."""
    if html.count("<") > MAX_TAGS:
        return
    if "**" in html or "<table><thead>" in html or ("<pre><code>" in html and _INDENT.search(text)):
        lines = text.split("\n")
        for code, line in slips(text).items():
            yield Mistake(code, "body", first_line + line, lines[line].strip())
