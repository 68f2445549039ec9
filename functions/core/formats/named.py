"""The parts of a document by their usual names: what SharePoint has kept calls them document2.xml, styles2.xml."""

import re
from collections.abc import Mapping

_NUMBERED = re.compile(r"(word/(?:_rels/)?)(document|styles|numbering|footnotes|endnotes)\d{1,3}(\.xml(?:\.rels)?)")
_MENTIONED = re.compile(rb"\b(document|styles|numbering|footnotes|endnotes)\d{1,3}\.xml(?=\")")
_DOCUMENT, _TELLS = "word/document.xml", (".rels", "[Content_Types].xml")


def with_usual_names(parts: Mapping[str, bytes]) -> Mapping[str, bytes]:
    """The same parts; those of a document whose first part has another name, and all that tells of them, as usual."""
    if _DOCUMENT in parts:
        return parts
    named = {_NUMBERED.sub(r"\1\2\3", name): content for name, content in parts.items()}
    if len(named) < len(parts) or _DOCUMENT not in named:
        return parts
    return {
        name: _MENTIONED.sub(rb"\1.xml", content) if name.endswith(_TELLS) else content
        for name, content in named.items()
    }
