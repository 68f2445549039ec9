"""What Word wraps text in and mammoth passes over, text and all: simple fields, passages of one direction, ruby."""

from collections.abc import Mapping
from xml.etree import ElementTree as ET

from functions.core.formats.vanish import TEXTS, parsed

# Word's element, and one of its own that mammoth reads as it should have read this.
_READ_AS = {
    **dict.fromkeys(("fldSimple", "dir", "bdo", "ruby", "rubyBase"), "smartTag"),
    "cr": "br",
    "ptab": "tab",
}
WRAPPINGS = frozenset(_READ_AS)
_WORD = "/main"  # how the names of Word's own two namespaces end


def unwrapped(parts: Mapping[str, bytes]) -> Mapping[str, bytes]:
    """The parts of a document, which have been checked, in the elements that are read."""
    plain = dict(parts)
    for name in TEXTS:
        if name in parts:
            root = parsed(name, parts[name])
            for element in root.iter():
                _rename(element)
            plain[name] = ET.tostring(root, "utf-8")
    return plain


def _rename(element: ET.Element) -> None:
    namespace, brace, name = element.tag.rpartition("}")
    if name in WRAPPINGS and "wordprocessingml" in namespace and namespace.endswith(_WORD):
        element.tag = f"{namespace}{brace}{_READ_AS[name]}"
