"""Commands in a text that mean something to another system alone: WordPress, Hugo, Jekyll, Pandoc, Obsidian, SPIP.

A caption becomes one, an address to embed can be followed, of a link between notes the words show, and so do SPIP's
bold words and headings; galleries, players and whatever else stands in braces are taken out, and told; so are, in
silence, the boxes of page builders around a text, and attributes behind a piece of it: `{: .caption}`,
`{target="_blank"}`. A text with code in it is left alone: it may speak of them.
"""

import html as entities
import re

_GIVEN = r"[^\[\]<>]{0,1000}\]"
_NAMES = r"(?:gallery|playlist|audio|video|contact-form-7)"
_CAPTION = re.compile(
    rf"(?:<p>\s*)?\[(?:wp_)?caption\b({_GIVEN})\s*(?:<a\b[^<>]*>\s*)?(<img\b[^<>]*>)(?:\s*</a>)?"
    r"((?:(?!\[/?(?:wp_)?caption).){0,1000})\[/(?:wp_)?caption\](?:\s*</p>)?",
    re.DOTALL,
)
_SAID = re.compile(r"\bcaption=\"([^\"]*)\"")  # by WordPress before 2012
_ADDRESS = re.compile(rf"\[embed\b{_GIVEN}\s*(https?://[^\s\[\]<>]{{1,1000}})\s*\[/embed\]")
_SHOWN = re.compile(
    rf"\[{_NAMES}\b{_GIVEN}(?:\[/{_NAMES}\])?|!\[\[[^\[\]<>]{{1,200}}\]\]|{{{{[^{{}}]{{1,1000}}}}}}|{{%[^{{}}]{{1,1000}}%}}"
)
_PICTURED = re.compile(r"(?:<|&lt;)(?:img|doc|emb)[0-9]{1,9}(?:\|[^<>&\n]{0,100})?(?:>|&gt;)")  # by SPIP
# What is to be filled in by another system has dots within its words, or blanks at its edges.
_WORDS = r"(?!\s)((?:[^\W_]|[ \u00a0\u202f'’,;!?%«»“”()–—-]|&(?:quot|amp|nbsp|rsquo);|[.:](?=[\s}])){1,300})(?<!\s)"
_HEADING = re.compile(rf"<p>\s*\{{{{3}}{_WORDS}\}}{{3}}\s*</p>")
_BOLD = re.compile(rf"\{{{{2,3}}{_WORDS}\}}{{2,3}}")
_NOTE = re.compile(r"\[\[(?:[^\[\]<>|]{1,200}\|)?([^\[\]<>|]{1,200})\]\]")
_BEHIND = r"(?:(?<=</a>)|(?<=</em>)|(?<=</strong>)|(?<= />))"
_BRACES = re.compile(rf"\s?(?:\{{(?=:)|{_BEHIND}\{{|\{{(?=[^{{}}<>\n]{{1,300}}\}}</h[1-6]>))([^{{}}<>\n]{{1,300}})\}}")
_ATTRIBUTE = r"(?:[.#][A-Za-z][\w-]*|[A-Za-z][\w-]*=(?:\"[^\"]*\"|'[^']*'|[^\s\"'=]+))"
_ATTRIBUTES = re.compile(rf"(?::\s*toc|:?\s*{_ATTRIBUTE}(?:\s+{_ATTRIBUTE})*)\s*")
_BOX = re.compile(rf"\[/?(?:vc|et_pb|fusion)_[a-z_]{{1,40}}\b{_GIVEN}")


def as_html(html: str) -> tuple[str, list[str]]:
    """HTML without such commands, and those that stood for what no reader will see."""
    if not _has_commands(html) or "<code" in html:
        return html, []
    html = _BOLD.sub(r"<strong>\1</strong>", _HEADING.sub(r"<h2>\1</h2>", html)) if "{{" in html else html
    html = _ADDRESS.sub(r"<p>\1</p>", _CAPTION.sub(_figure, _BRACES.sub(_without_attributes, html)))
    lost = [*_SHOWN.findall(html), *_PICTURED.findall(html)]
    html = _PICTURED.sub("", _SHOWN.sub("", html)) if lost else html
    return _BOX.sub("", _NOTE.sub(r"\1", html)), list(map(entities.unescape, lost))


def _has_commands(html: str) -> bool:
    """Whether there may be any; to look for a few letters takes a tenth of the time of an expression."""
    if "[" in html or "{" in html:
        return True
    is_marked = "<img" in html or "<doc" in html or "<emb" in html or "&lt;" in html
    return is_marked and _PICTURED.search(html) is not None


def _figure(match: re.Match[str]) -> str:
    said = _SAID.search(match[1])
    text = match[3].strip() or (said[1] if said else "")
    return f"<figure>{match[2]}<figcaption>{text}</figcaption></figure>"


def _without_attributes(match: re.Match[str]) -> str:
    return "" if _ATTRIBUTES.fullmatch(entities.unescape(match[1])) else match[0]
