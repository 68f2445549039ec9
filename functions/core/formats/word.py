"""DOCX, from Word or Google Docs: what may be read of it, and mammoth's HTML of that."""

import io
import re
import zipfile
from collections.abc import Mapping
from contextlib import AbstractContextManager
from typing import BinaryIO, Protocol
from xml.parsers import expat

from functions.core.formats.archive import MAX_UNPACKED, unpack
from functions.core.formats.enclosed import name_of
from functions.core.formats.initials import FRAMED, join_initials
from functions.core.formats.named import with_usual_names
from functions.core.formats.numbered import NUMBERED, Numbering, as_starts
from functions.core.formats.trees import Change, changed
from functions.core.formats.vanish import HIDING, OUT_OF_SIGHT, Hidden
from functions.core.formats.vml import OLD_PICTURE, draw_anew
from functions.core.formats.weight import MAX_ELEMENTS, weighed
from functions.core.formats.wrapped import WRAPPINGS, unwrap
from functions.core.mistakes import Mistake, Unreadable

MAX_DEPTH = 60
_MAX_UNREAD = 100_000
MAX_IMAGES = 40
_MAX_SHOWN = 8 * MAX_UNPACKED  # bytes of images, each as often as it is shown: to name it, it is read
_HIDDEN = HIDING | {OUT_OF_SIGHT}
_LOST = {"oMath": "equation", "chart": "drawing", "relIds": "drawing"}  # the last is a diagram (SmartArt)
_CHANGES = ((WRAPPINGS, unwrap), (frozenset({OLD_PICTURE}), draw_anew), (frozenset({FRAMED}), join_initials))
_TOLD = _HIDDEN | frozenset(_LOST).union({NUMBERED}, *(told for told, _ in _CHANGES))
_DOCUMENT, _TYPES = "word/document.xml", "[Content_Types].xml"
_READ = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels|word/(?:document|styles|numbering|footnotes|endnotes)\.xml"
    r"|word/_rels/(?:document|footnotes|endnotes)\.xml\.rels|word/media/[^/]+"
)
_XML = (".xml", ".rels")
_MACROS = re.compile(rb"macroEnabled|vbaProject")
# A link is for readers to follow; a template on a disk is what Word notes of where a text was begun.
_LINK, _TEMPLATE = "/hyperlink", "/attachedTemplate"
_ELSEWHERE = re.compile(r"(?!file:///)[a-z][a-z0-9+.-]*://", re.IGNORECASE)
_MEANT: Mapping[str, str] = {  # by the names of Word, of LibreOffice, and of French newsrooms' own styles
    "h1.title:fresh": "Title|Titre",
    "p.standfirst:fresh": "Subtitle|Sous-titre|Chapo|Chapô|Chapeau",
    "p.caption:fresh": "Caption|Légende|Illustration|Figure",
    "blockquote > p:fresh": "Quote|Intense Quote|Quotations|Citation|Citation intense|Exergue",
    "h2:fresh": "Intertitre|Titre 2|Inter",
    "h1:fresh": "Titre 1",
    "h3:fresh": "Titre 3",
}
_BREAKS = "br[type='page'] => br\nbr[type='column'] => br\n"
_STYLES = _BREAKS + "".join(
    f"p[style-name='{name}'] => {means}\n" for means, names in _MEANT.items() for name in names.split("|")
)
# What mammoth raises at XML that is well-formed but no document.
_BROKEN = (ArithmeticError, AttributeError, EOFError, LookupError, OSError, RuntimeError, TypeError, ValueError)
_KIND = re.compile(r"image/(?:x-)?([a-z0-9]{1,10})")


class _Image(Protocol):
    """An image as mammoth tells of it."""

    content_type: str | None

    def open(self) -> AbstractContextManager[BinaryIO]: ...


def to_html(body: bytes, notices: list[Mistake]) -> str:
    """The HTML of a document, not yet safe. An image's address is `<its content's hash>.<suffix>`.

    What Word hides is left out, and noted; so are equations, charts and diagrams, which no page could show.

    Raises:
        Unreadable: whatever is wrong with the archive, its XML (xml_entities, too_many_tags), what it refers to
            (external_relation) or carries (macros, too_many_images), or would become (too_many_tags); not_a_docx,
            locked_or_old.
    """
    from mammoth import convert_to_html, images  # noqa: PLC0415 - 80 ms of a cold start, and most uploads are text

    parts = with_usual_names(unpack(body))
    tells = _check(parts)
    hidden = Hidden(parts) if tells & _HIDDEN else None
    changes: list[Change] = [hidden.leave_out] if hidden else []
    changes += [change for told, change in _CHANGES if tells & told]
    changes += [Numbering(parts).mark] if NUMBERED in tells else []
    parts = changed(parts, changes) if changes else parts
    notices += [Mistake("hidden_text", "body")] if hidden and hidden.cut else []
    notices += [Mistake(code, "body") for code in sorted({_LOST[each] for each in tells & _LOST.keys()})]
    shown = _Shown()
    try:
        html: str = convert_to_html(
            _rebound(parts),
            style_map=_STYLES,
            include_embedded_style_map=False,
            convert_image=images.img_element(shown.name),
            transform_document=weighed,
        ).value
    except _BROKEN as error:
        raise Unreadable(Mistake("not_a_docx")) from error
    if len(shown.names) > MAX_IMAGES:
        raise Unreadable(Mistake("too_many_images", value=str(len(shown.names)), limit=MAX_IMAGES))
    return as_starts(html)


class _Shown:
    """The images that a document shows, as mammoth comes to them."""

    def __init__(self) -> None:
        self.names: set[str] = set()
        self._times = self._bytes = 0

    def name(self, image: _Image) -> dict[str, str]:
        """The attributes of its element; Unreadable once all have more bytes than anybody shows."""
        with image.open() as file:
            content = file.read()
        self._times += 1
        self._bytes += len(content)
        if self._bytes > _MAX_SHOWN:
            raise Unreadable(Mistake("too_many_images", value=str(self._times), limit=MAX_IMAGES))
        self.names.add(found := f"{name_of(content)}.{_suffix(image.content_type)}")
        return {"src": found}


def _suffix(content_type: str | None) -> str:
    kind = _KIND.fullmatch(content_type or "")
    return kind[1].replace("jpeg", "jpg") if kind else "bin"


def _rebound(parts: Mapping[str, bytes]) -> io.BytesIO:
    """A new archive of the parts that make an article, and of nothing else."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in parts.items():
            if _READ.fullmatch(name):
                archive.writestr(zipfile.ZipInfo(name), content)
    file.seek(0)
    return file


def _check(parts: Mapping[str, bytes]) -> set[str]:
    """What the parts that are read hold of the elements that mammoth must not be given as they are."""
    if _DOCUMENT not in parts or _TYPES not in parts:
        raise Unreadable(Mistake("not_a_docx"))
    if _MACROS.search(parts[_TYPES]) or any(name.endswith("vbaProject.bin") for name in parts):
        raise Unreadable(Mistake("macros"))
    left = {True: MAX_ELEMENTS, False: _MAX_UNREAD}
    tells: set[str] = set()
    for name, content in parts.items():
        if name.endswith(_XML):
            is_read = bool(_READ.fullmatch(name))
            reader = _Reader(name, left[is_read])
            left[is_read] -= reader.read(content)
            tells |= reader.tells if is_read else set()
    return tells


class _Reader:
    """One pass over the XML of a part, which builds nothing: no DTD, no great depth, no excess, nothing outside."""

    def __init__(self, part: str, most: int) -> None:
        self._part, self._most = part, most
        self._depth = self._elements = 0
        self.tells: set[str] = set()

    def read(self, content: bytes) -> int:
        """The number of elements."""
        parser = expat.ParserCreate()
        parser.StartDoctypeDeclHandler = self._refuse_doctype
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        try:
            parser.Parse(content, True)  # noqa: FBT003 - expat takes no keywords
        except expat.ExpatError as error:
            raise Unreadable(Mistake("not_a_docx", value=self._part)) from error
        return self._elements

    def _refuse_doctype(self, *_: object) -> None:
        raise Unreadable(Mistake("xml_entities", value=self._part))

    def _start(self, name: str, attributes: Mapping[str, str]) -> None:
        self._depth += 1
        self._elements += 1
        if self._depth > MAX_DEPTH:
            raise Unreadable(Mistake("too_nested", "body", limit=MAX_DEPTH))
        if self._elements > self._most:
            raise Unreadable(Mistake("too_many_tags", limit=MAX_ELEMENTS))
        if attributes.get("TargetMode", "").casefold() == "external" and not _may_be_outside(attributes):
            raise Unreadable(Mistake("external_relation", value=attributes.get("Target", self._part)))
        self.tells |= _TOLD & {name.rpartition(":")[2], *attributes}

    def _end(self, name: str) -> None:
        self._depth -= 1


def _may_be_outside(relation: Mapping[str, str]) -> bool:
    kind, target = relation.get("Type", ""), relation.get("Target", "")
    return kind.endswith(_LINK) or (kind.endswith(_TEMPLATE) and not _ELSEWHERE.match(target))
