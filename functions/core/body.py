"""The body of an article: typeset, sanitised HTML, and every mistake in its links and images."""

import html as entities
import re
import unicodedata
from functools import partial
from itertools import count
from typing import NamedTuple
from urllib.parse import unquote

from functions.core.files import IMAGE_SUFFIXES, BadPlace, has_suffix, is_absent, leads_elsewhere, within
from functions.core.formats.bounds import bounded, check_size
from functions.core.formats.manuscript import Manuscript, Source
from functions.core.formats.markup import tags
from functions.core.formats.shortcodes import as_html
from functions.core.html.addresses import with_links
from functions.core.html.redirects import without_redirects
from functions.core.html.sanitize import is_link, sanitize
from functions.core.mistakes import MAX_PROBLEMS, Mistake, Unreadable
from functions.core.typography import Hand, typeset, typeset_html
from functions.core.unseen import without_unseen

_HREF = re.compile(r'<a href="([^"]*)"')
_IMAGE = re.compile(r'<img((?: [a-z]+="[^"]*")*)>')
# A picture that leads to itself, larger, as WordPress has it: pictures are published under other addresses.
_LINKED = re.compile(r'<a\b((?:[^<>"]|"[^"<>]*")*+)>\s*+(<img\b[^<>]*+>)\s*+</a>', re.IGNORECASE)
_ITS_HREF = re.compile(r'\bhref="([^"]*)"', re.IGNORECASE)
_ATTRIBUTE = re.compile(r' ([a-z]+)="([^"]*)"')
_TAG = re.compile(r'<[^<>"]*(?:"[^"]*"[^<>"]*)*>')
_HEADING = re.compile(r"<(/?)h([1-6])\b")
MAX_IMAGES = 200
# Word processors and mailers write a paragraph as a <div>; the parser closes an open <p> where another block begins.
_BLOCK = re.compile(r"<(/?)(?:div|center|address|article|aside|header|main|details|summary)\b", re.IGNORECASE)
# A paragraph that shows nothing, as an empty line becomes one in a word processor.
_EMPTY = re.compile(r"<p(?: [a-z]+=\"[^\"]*\")*>(?:\s|&nbsp;|<br>|</?(?:b|i|em|strong)>)*</p>\n?")
_EMPTY_HEADING = re.compile(r"<(h[1-6])(?: [a-z]+=\"[^\"]*\")*>(?:\s|&nbsp;|<br>|</?(?:b|i|em|strong)>)*</\1>\n?")
_PLACE = "<a></a>"  # what is left of a bookmark: no page leads to a place in a text, but to its notes
_FRAMED = re.compile(r"(?<=<figure>)(\s*)<p>\s*(<img[^>]*>)\s*</p>")
# A picture and a line below it: its caption, if that line was broken off, or if all of it is in italics.
_LINE_BELOW = re.compile(
    r"<p(?: [a-z]+=\"[^\"]*\")*>\s*(<img[^<>]*>)(\s*<br>\s*+|\s+(?=<(?:em|i)>))((?:(?!<img|</p>).)++)</p>", re.DOTALL
)
_ITALIC = re.compile(r"<(em|i)>((?:(?!</\1>).)+)</\1>", re.DOTALL)
_MAX_CAPTION = 500
# How Word ends what it believes a picture to show.
_GUESS = re.compile(
    r"(?:Description automatically generated(?: with \w{1,20} confidence)?|AI-generated content may be incorrect"
    r"|Description générée automatiquement(?: avec [^.\n]{1,40})?|Le contenu généré par l[’']IA peut être incorrect"
    r"|ي?تم إنشاء الوصف تلقائي[^.\n]{0,40})\.?\s*\Z"
)
_EMBEDDED = re.compile(r"<(?:iframe|video|audio|object|embed)\b", re.IGNORECASE)
_EMBEDS = frozenset({"iframe", "video", "audio", "object", "embed"})
_VISIBLE = re.compile(r"\w")
_NO_WORDS = frozenset("? ! : ; « » - – — … / & + = * | ↩ • ·".split())


class Body(NamedTuple):
    """`images` are the inbox keys of the images in it, in their order, each once."""

    html: str
    images: tuple[str, ...]
    words: int


def read_body(manuscript: Manuscript, hand: Hand, site: str, mistakes: list[Mistake]) -> Body:
    """The body of a manuscript, set by hand, for the newsroom's own `site`; every mistake is added to `mistakes`."""
    raw = manuscript.html
    try:
        check_size(raw)
        raw, lost = as_html(raw)
        raw = _LINKED.sub(partial(_unlinked, site), raw) if "<img" in raw else raw
        plain_raw = bounded(raw)
    except Unreadable as stop:
        mistakes.append(stop.mistake._replace(line=manuscript.first_line))
        return Body("", (), 0)
    _check_links(raw, manuscript.source, site, mistakes)
    _note_embeds(raw, manuscript.source, mistakes)
    mistakes += [Mistake("shortcode", "body", value=shortcode) for shortcode in lost[:MAX_PROBLEMS]]
    clean = without_redirects(sanitize(_BLOCK.sub(r"<\1p", plain_raw)))
    html = _tidy(unicodedata.normalize("NFC", without_unseen(clean)))
    images: dict[str, None] = {}
    plain = entities.unescape(_TAG.sub("", html.replace("><", "> <")))
    if "<img" in html:
        html = _LINE_BELOW.sub(_captioned, _with_inbox_images(html, manuscript, hand, site, images, mistakes))
        if len(images) > MAX_IMAGES:  # each is waited for, read and written anew by itself
            mistakes.append(Mistake("too_many_images", "body", value=str(len(images)), limit=MAX_IMAGES))
    elif not _VISIBLE.search(plain):
        mistakes.append(Mistake("empty_body", "body", manuscript.first_line))
    if "://" in plain:
        html = with_links(html)
    return Body(typeset_html(_below_title(html), hand), tuple(images), _count_words(plain))


def _unlinked(site: str, linked: re.Match[str]) -> str:
    href = _ITS_HREF.search(linked[1])
    url = within(site, entities.unescape(href[1])) if href else ""
    is_picture = has_suffix(url.partition("?")[0], (*IMAGE_SUFFIXES, ".gif"))
    return linked[2] if is_picture and not leads_elsewhere(url) else linked[0]


def _tidy(html: str) -> str:
    """Sanitised HTML without the paragraphs, the headings and the links that were none."""
    html = _EMPTY.sub("", html.replace(_PLACE, "") if _PLACE in html else html)
    html = _EMPTY_HEADING.sub("", html) if "</h" in html else html
    return _FRAMED.sub(r"\1\2", html) if "<figure>" in html else html


def _captioned(match: re.Match[str]) -> str:
    picture, parted, line = match[1], "<br>" in match[2], match[3].strip()
    italic = _ITALIC.fullmatch(line)
    if len(line) > _MAX_CAPTION or not (parted or italic):
        return match[0]
    return f"<figure>{picture}<figcaption>{italic[2] if italic else line}</figcaption></figure>"


def _count_words(plain: str) -> int:
    found = plain.split()
    return len(found) - sum(map(_NO_WORDS.__contains__, found))


def _check_links(raw: str, source: Source, site: str, mistakes: list[Mistake]) -> None:
    absent: list[Mistake] = []  # notices come last: they are not to hide what refuses the upload
    for href in _HREF.findall(raw):
        url = entities.unescape(href)
        source.visit(url)
        if not is_link(url) and len(mistakes) < MAX_PROBLEMS:
            suggestion = f"https://{url}" if url.startswith("www.") else None
            mistakes.append(Mistake("bad_link", "body", source.line_of(url), url, suggestion))
        elif is_absent(site, url) and len(absent) < MAX_PROBLEMS:
            absent.append(Mistake("absent_file", "body", source.line_of(url), url))
    mistakes += absent


def _note_embeds(raw: str, source: Source, mistakes: list[Mistake]) -> None:
    """A notice for whatever would have shown something from elsewhere, by its address."""
    if not _EMBEDDED.search(raw):
        return
    for tag in tags(raw):
        if tag.name in _EMBEDS and not tag.closing and len(mistakes) < MAX_PROBLEMS:
            url = tag.attributes.get("src") or tag.attributes.get("data", "")
            source.visit(url)
            mistakes.append(Mistake("embedded", "body", source.line_of(url), url or tag.name))


def _with_inbox_images(
    html: str, manuscript: Manuscript, hand: Hand, site: str, images: dict[str, None], mistakes: list[Mistake]
) -> str:
    """Every image is written anew, so that no address but an inbox key survives."""
    source, numbers = manuscript.source, count(1)

    def rewrite(match: re.Match[str]) -> str:
        has = {name: entities.unescape(value) for name, value in _ATTRIBUTE.findall(match[1])}
        src, alt, title = (has.get(name, "") for name in ("src", "alt", "title"))
        source.visit(src)
        number = next(numbers)
        if not src:  # an address of no place that readers could go to is taken away: data:, cid:, file:
            mistakes.append(Mistake("image_inside", "body", value=str(number)))
            return ""
        alt, wrong = _checked_alt(alt, src, number, manuscript)
        mistakes.extend(wrong)
        try:
            image = manuscript.place(within(site, unquote(src)))
        except BadPlace as error:
            name = f"image {number} ({src.rpartition('.')[2]})" if manuscript.pictures_inside else unquote(src)
            mistakes.append(Mistake(error.code, "body", source.line_of(src), name))
            return ""
        images[image] = None
        caption = f' title="{entities.escape(typeset(title, hand))}"' if title else ""
        return f'<img src="@{entities.escape(image)}" alt="{entities.escape(typeset(alt, hand))}"{caption}>'

    return _IMAGE.sub(rewrite, html)


def _checked_alt(alt: str, src: str, number: int, manuscript: Manuscript) -> tuple[str, list[Mistake]]:
    """The alternative text of an image, without what Word adds to its guess; and what is wrong with it."""
    guess = _GUESS.search(alt)
    said = (alt[: guess.start()].rstrip() if guess else "") or alt
    if not said.strip() and manuscript.pictures_inside:
        return said, [Mistake("picture_alt", "body", value=str(number))]
    if not said.strip():
        return said, [Mistake("missing_alt", "body", manuscript.source.line_of(src), unquote(src))]
    return said, [Mistake("guessed_alt", "body", manuscript.source.line_of(src), said)] if guess else []


def _below_title(html: str) -> str:
    """The title is the page's h1, so the highest heading of the body is h2; none is more than a rank below the last."""
    above: list[int] = []  # the ranks, as written, of what the last heading stands below, and its own
    opened: list[int] = []  # the ranks, as they are now, of what is not closed yet

    def ranked(tag: re.Match[str]) -> str:
        if tag[1]:
            return f"</h{opened.pop()}"
        while above and above[-1] >= int(tag[2]):
            above.pop()
        above.append(int(tag[2]))
        opened.append(min(6, len(above) + 1))
        return f"<h{opened[-1]}"

    return _HEADING.sub(ranked, html) if "<h" in html else html
