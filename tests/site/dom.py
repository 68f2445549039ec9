"""A page as readers' browsers see it: parsed strictly, asked by the hooks of the public contract."""

from xml.etree.ElementTree import Element

import html5lib

from functions.core.page import Page


def parse(page: Page) -> Element:
    """The page's tree; html5lib's ParseError for anything that a browser would have to mend."""
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    root: Element = parser.parse(page.body.decode())
    return root


def select(page: Page | Element, hook: str) -> list[Element]:
    """Elements by a hook such as `ol.entries > li` or `main article h1`, in document order."""
    found = [parse(page) if isinstance(page, Page) else page]
    child = False
    for step in hook.split():
        if step == ">":
            child = True
            continue
        name, *classes = step.split(".")
        below = (element for root in found for element in (list(root) if child else root.iter(name)))
        met = [each for each in below if each.tag == name and set(classes) <= set((each.get("class") or "").split())]
        found = list(dict.fromkeys(met))
        child = False
    return found


def one(page: Page | Element, hook: str) -> Element:
    """The only element of a hook."""
    (element,) = select(page, hook)
    return element


def text(element: Element) -> str:
    """What a reader reads in an element, spaces folded."""
    return " ".join("".join(element.itertext()).split(" ")).strip()


def words(page: Page | Element, hook: str) -> list[str]:
    """The texts of a hook's elements."""
    return [text(element) for element in select(page, hook)]
