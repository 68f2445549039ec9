"""What Word wraps text in and mammoth passes over, text and all: simple fields, passages of one direction, ruby."""

from xml.etree import ElementTree as ET

# Word's element, and one of its own that mammoth reads as it should have read this.
_READ_AS = {
    **dict.fromkeys(("fldSimple", "dir", "bdo", "ruby", "rubyBase"), "smartTag"),
    "cr": "br",
    "ptab": "tab",
}
WRAPPINGS = frozenset(_READ_AS)
_WORD = "/main"  # how the names of Word's own two namespaces end


def unwrap(root: ET.Element) -> None:
    """Makes such elements of a text those that are read."""
    for element in root.iter():
        _rename(element)


def _rename(element: ET.Element) -> None:
    namespace, brace, name = element.tag.rpartition("}")
    if name in WRAPPINGS and "wordprocessingml" in namespace and namespace.endswith(_WORD):
        element.tag = f"{namespace}{brace}{_READ_AS[name]}"
