"""Figures: where an article speaks of an uploaded image, its published files are put."""

import re
from collections.abc import Mapping
from html import unescape

from functions.core.article import Figure
from functions.core.contexts import FigurePart, filled
from functions.core.locale import Words
from functions.core.picture import Picture, Variant, image_of, variants
from functions.core.site.house import House
from functions.core.templates import Markup, trusted

_IMG = r"""<img(?P<attributes>(?:\s+[\w-]+="[^"]*")*)\s*/?>"""
_PLACE = re.compile(rf"<p>\s*{_IMG}\s*</p>|{_IMG.replace('attributes', 'inner')}")
_ATTRIBUTE = re.compile(r'([\w-]+)="([^"]*)"')


def widest(upload_id: str, picture: Picture) -> Variant:
    """The largest file that every reader and every robot can show."""
    return variants(upload_id, picture)[-1]


def lead_figure(upload_id: str, figure: Figure | None, picture: Picture | None, words: Words, house: House) -> Markup:
    """The figure over the text; nothing while its image has not arrived."""
    if figure is None or picture is None:
        return Markup()
    image = image_of(upload_id, picture, figure.alt)
    part = FigurePart(image=image, caption=figure.caption, credit=figure.credit, words=words, bare=False, lead=True)
    return _rendered(part, house)


def with_pictures(body: str, upload_id: str, pictures: Mapping[str, Picture], words: Words, house: House) -> Markup:
    """Sanitised HTML in which every `<img src="@key">` has become what readers can load.

    An image alone in its paragraph becomes a figure whose caption is the title; one inside a line stays in the line.
    One that has not arrived is left out, and in a line its alternative text stands for it.
    """
    if "<img" not in body:
        return trusted(body)

    def placed(match: re.Match[str]) -> str:
        alone = match["attributes"] is not None
        attributes = dict(_ATTRIBUTE.findall(match["attributes"] if alone else match["inner"]))
        key = unescape(attributes.get("src", ""))
        if not key.startswith("@"):
            return match[0]
        picture = pictures.get(key[1:])
        if picture is None:
            return "" if alone else attributes.get("alt", "")
        image = image_of(upload_id, picture, unescape(attributes.get("alt", "")))
        caption = unescape(attributes.get("title", ""))
        part = FigurePart(image=image, caption=caption, credit="", words=words, bare=not alone, lead=False)
        return _rendered(part, house)

    return trusted(_PLACE.sub(placed, body))


def _rendered(part: FigurePart, house: House) -> Markup:
    return trusted(filled(house.templates, part))
