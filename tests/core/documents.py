"""Word documents to try out: made part by part, so that every part can be spoiled."""

import io
import zipfile
from collections.abc import Iterable, Mapping
from xml.sax.saxutils import escape

from tests.core.test_images import drawn, saved

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
)
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
TYPES = (
    f'<Types xmlns="{_PACKAGE}/content-types">'
    f'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>'
    '<Default Extension="gif" ContentType="image/gif"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_WORD}.document.main+xml"/>'
    f'<Override PartName="/word/styles.xml" ContentType="{_WORD}.styles+xml"/>'
    f'<Override PartName="/word/footnotes.xml" ContentType="{_WORD}.footnotes+xml"/></Types>'
)
STYLES = f"<w:styles {NAMESPACES}>" + "".join(
    f'<w:style w:type="paragraph" w:styleId="{name.replace(" ", "")}"><w:name w:val="{name}"/></w:style>'
    for name in ("Title", "Subtitle", "heading 1", "heading 2", "Quote")
) + "</w:styles>"  # fmt: skip
FIELDS = {"Titre": "Un titre", "Rubrique": "Économie", "Date": "2024-03-29 14:30"}
PNG = saved(drawn(), "PNG")


def run(text: str, *, marks: str = "") -> str:
    """A run of text; `marks` such as `<w:b/>`."""
    return f'<w:r><w:rPr>{marks}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def paragraph(text: str, style: str = "", *, marks: str = "", inner: str = "") -> str:
    """A paragraph; `inner` is raw XML after its text."""
    named = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{named}{run(text, marks=marks)}{inner}</w:p>"


def table(fields: Mapping[str, str]) -> str:
    """A table of two columns."""
    cells = ("".join(f"<w:tc>{paragraph(text)}</w:tc>" for text in row) for row in fields.items())
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


def picture(relation: str, alt: str = "Une grue") -> str:
    """An image in a line."""
    blip = f'<a:blip r:embed="{relation}"/>'
    graphic = (
        f"<a:graphic><a:graphicData><pic:pic><pic:blipFill>{blip}</pic:blipFill></pic:pic></a:graphicData></a:graphic>"
    )
    about = f'<wp:docPr id="1" name="x" descr="{escape(alt)}"/>'
    return f"<w:r><w:drawing><wp:inline>{about}{graphic}</wp:inline></w:drawing></w:r>"


def link(relation: str, text: str) -> str:
    """A hyperlink."""
    return f'<w:hyperlink r:id="{relation}">{run(text)}</w:hyperlink>'


def relation(name: str, kind: str, target: str, *, outside: bool = False) -> str:
    """A line of a .rels part."""
    mode = ' TargetMode="External"' if outside else ""
    return f'<Relationship Id="{name}" Type="{_OFFICE}/{kind}" Target="{escape(target)}"{mode}/>'


def parts_of(body: str, relations: Iterable[str] = ()) -> dict[str, bytes]:
    """The parts of a sound document with this body."""
    own = [relation("styles", "styles", "styles.xml"), *relations]
    return {
        "[Content_Types].xml": TYPES.encode(),
        "_rels/.rels": _relationships([relation("r1", "officeDocument", "word/document.xml")]),
        "word/document.xml": f"<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>".encode(),
        "word/_rels/document.xml.rels": _relationships(own),
        "word/styles.xml": STYLES.encode(),
    }


def footnotes(text: str) -> bytes:
    """The part of one footnote, number 1."""
    return f'<w:footnotes {NAMESPACES}><w:footnote w:id="1">{paragraph(text)}</w:footnote></w:footnotes>'.encode()


def zipped(parts: Mapping[str, bytes]) -> bytes:
    """An archive, the same bytes each time."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return file.getvalue()


def docx(body: str | None = None, relations: Iterable[str] = (), **more: bytes) -> bytes:
    """A sound document: the table of fields and this body. `more` are parts below word/, `__` a slash, `_` a dot."""
    text = paragraph("Du texte.") if body is None else body
    parts = parts_of(table(FIELDS) + text, relations)
    parts |= {"word/" + name.replace("__", "/").replace("_", "."): content for name, content in more.items()}
    return zipped(parts)


def _relationships(lines: Iterable[str]) -> bytes:
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{"".join(lines)}</Relationships>'.encode()
