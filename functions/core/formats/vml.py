"""VML: in it older programs write pictures, and Word those that float among shapes, for whoever reads nothing newer."""

from xml.etree import ElementTree as ET

from functions.core.formats.trees import tag_of

OLD_PICTURE = "imagedata"
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PLACED = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_DRAWN = "http://schemas.openxmlformats.org/drawingml/2006/main"
_PICTURE = "http://schemas.openxmlformats.org/drawingml/2006/picture"
_EMBEDDED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}embed"
_AROUND = (
    f"{{{_DRAWN}}}graphic", f"{{{_DRAWN}}}graphicData", f"{{{_PICTURE}}}pic", f"{{{_PICTURE}}}blipFill",
    f"{{{_DRAWN}}}blip",
)  # fmt: skip


def draw_anew(root: ET.Element) -> None:
    """Makes such pictures of a text newer ones: of those mammoth reads the alternative text.

    In VML that stands at the shape around the picture.
    """
    for shape in list(root.iter()):
        for place, picture in enumerate(shape):
            if tag_of(picture) == OLD_PICTURE and (relation := _relation(picture)):
                shape[place] = _drawing(relation, shape.get("alt", ""))


def _relation(picture: ET.Element) -> str:
    return next((value for name, value in picture.attrib.items() if name.endswith("/relationships}id")), "")


def _drawing(relation: str, alt: str) -> ET.Element:
    drawing = ET.Element(f"{{{_WORD}}}drawing")
    inner = ET.SubElement(drawing, f"{{{_PLACED}}}inline")
    ET.SubElement(inner, f"{{{_PLACED}}}docPr", descr=alt)
    for name in _AROUND:
        inner = ET.SubElement(inner, name)
    inner.set(_EMBEDDED, relation)
    return drawing
