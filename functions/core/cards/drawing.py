"""Cards: the picture that stands for an article where its address is shared, drawn in the house style.

A card is named by what is written on it, so it is drawn once for each title and never goes stale. Letters are set one
glyph after another, Arabic joined by ourselves: with a layout library the bytes would depend on the machine.
"""

import io
from collections.abc import Iterator, Sequence
from functools import lru_cache, partial
from typing import TYPE_CHECKING, NamedTuple

from functions.core import keys
from functions.core.cards.arabic import is_arabic, joined, visual
from functions.core.cards.lettering import broken, drawable
from functions.core.model import canonical_json
from functions.core.unseen import DIRECTIONS

if TYPE_CHECKING:
    from PIL import Image, ImageFont

WIDTH, HEIGHT = 1200, 630
ENCODER = "3"  # raise when the drawing, or a font in templates/cards, changes
_BAND = 104
_MARGIN = 72
_ROOM = WIDTH - 2 * _MARGIN
_SIZES = (92, 82, 72, 62, 54)
_LARGE = 75  # letters larger than this have room for a line less
_MOST_LINES = 4
_SMALL = 40
_TOP, _BOTTOM = 150, 520
_LEADING = 1.18
_PAPER, _INK, _WHITE = (251, 249, 244), (28, 26, 23), (255, 255, 255)
# The accents of site.css, c1 to c8, in the light: oklch(43% .13 <hue>) as sRGB.
_ACCENTS = ("#892c1c", "#006220", "#723176", "#0f4f95", "#803a00", "#005b84", "#513f91", "#006559")
_SHADES = 8  # of each of the two ramps: 16 colours are half a byte a pixel


class Fonts(NamedTuple):
    """The bytes of the two fonts of templates/cards."""

    latin: bytes
    arabic: bytes


class Card(NamedTuple):
    """All that is written on a card; `accent` is the CSS class of its category's colour (`c1` to `c8`)."""

    title: str
    section: str
    newsroom: str
    accent: str
    rtl: bool

    def key(self, upload_id: str) -> str:
        """The site key of an article's card: another one as soon as anything on it changes."""
        written = canonical_json([ENCODER, *self])
        return keys.card_key(upload_id, keys.content_hash(written)[:16])


def draw(card: Card, fonts: Fonts) -> bytes:
    """The card as a PNG of 1200 by 630 pixels in 16 colours."""
    from PIL import Image  # noqa: PLC0415 - 35 to 65 ms of a cold start, and most calls draw no card

    band = _Sheet(Image.new("L", (WIDTH, _BAND)), fonts, rtl=card.rtl)
    band.write(card.section, _SMALL, _BAND - 36)
    paper = _Sheet(Image.new("L", (WIDTH, HEIGHT - _BAND)), fonts, rtl=card.rtl)
    size, lines = _set(drawable(card.title), paper)
    step = round(size * _LEADING)
    first = (_TOP + _BOTTOM - _BAND * 2 - step * (len(lines) - 1)) // 2 + size // 3
    for number, line in enumerate(lines):
        paper.write(line, size, first + number * step, before="".join(f"{each} " for each in lines[:number]))
    paper.write(card.newsroom, _SMALL, HEIGHT - _BAND - 44)
    picture = Image.new("P", (WIDTH, HEIGHT))
    picture.putpalette(_palette(card.accent))
    picture.paste(band.image.point([value * (_SHADES - 1) // 255 + _SHADES for value in range(256)]), (0, 0))
    picture.paste(paper.image.point([value * (_SHADES - 1) // 255 for value in range(256)]), (0, _BAND))
    file = io.BytesIO()
    picture.save(file, "PNG", bits=4, compress_level=4)
    return file.getvalue()


class _Sheet:
    """Coverage from 0 to 255, and how to write on it."""

    def __init__(self, image: "Image.Image", fonts: Fonts, *, rtl: bool) -> None:
        self.image, self._fonts, self._rtl = image, fonts, rtl

    def width(self, text: str, size: int) -> float:
        """How wide a line would be, in pixels."""
        return sum(glyph.advance for glyph in self._glyphs(text, size))

    def write(self, text: str, size: int, baseline: int, before: str = "") -> None:
        """A line from the margin on, or up to it where the card reads from right to left; `before`: the lines above."""
        text = drawable(text)
        x = WIDTH - _MARGIN - self.width(text, size) if self._rtl else float(_MARGIN)
        for glyph in self._glyphs(text, size, before):
            self.image.paste(255, (round(x) + glyph.left, baseline + glyph.top), glyph.mask)
            x += glyph.advance

    def _glyphs(self, text: str, size: int, before: str = "") -> Iterator["_Glyph"]:
        """The line as seen from left to right."""
        for letter in visual(joined(text), rtl=self._rtl, before=before):
            if letter not in DIRECTIONS:
                yield _glyph(self._fonts.arabic if is_arabic(letter) else self._fonts.latin, size, letter)


class _Glyph(NamedTuple):
    """A letter drawn once: its coverage, where that lies from the pen on the baseline, and how far the pen moves on."""

    mask: "Image.Image"
    left: int
    top: int
    advance: float


@lru_cache(maxsize=4096)
def _glyph(body: bytes, size: int, letter: str) -> _Glyph:
    from PIL import Image, ImageDraw  # noqa: PLC0415 - slow to import; most calls draw no card

    font = _font(body, size)
    left, top, right, bottom = (round(edge) for edge in font.getbbox(letter, anchor="ls"))
    mask = Image.new("L", (max(1, right - left), max(1, bottom - top)))
    ImageDraw.Draw(mask).text((-left, -top), letter, fill=255, font=font, anchor="ls")
    return _Glyph(mask, left, top, font.getlength(letter))


def _set(title: str, sheet: _Sheet) -> tuple[int, Sequence[str]]:
    """The largest size at which the title fits whole, and its lines; the smallest with an ellipsis if none does."""
    *sizes, smallest = _SIZES
    for size in sizes:
        lines = broken(title, _ROOM, partial(sheet.width, size=size))
        if len(lines) <= _MOST_LINES - (size > _LARGE) and " ".join(lines) == title:
            return size, lines
    lines = broken(title, _ROOM, partial(sheet.width, size=smallest))
    if len(lines) > _MOST_LINES:
        lines[_MOST_LINES - 1 :] = [lines[_MOST_LINES - 1].rstrip(" ,;:.") + "…"]
    return smallest, lines


def _palette(accent: str) -> list[int]:
    colour = _ACCENTS[int(accent[1:]) - 1]
    behind = tuple(int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return [*_ramp(_PAPER, _INK), *_ramp(behind, _WHITE)]


def _ramp(ground: Sequence[int], ink: Sequence[int]) -> list[int]:
    steps = range(_SHADES)
    return [low + (high - low) * step // (_SHADES - 1) for step in steps for low, high in zip(ground, ink, strict=True)]


@lru_cache(maxsize=24)
def _font(body: bytes, size: int) -> "ImageFont.FreeTypeFont":
    from PIL import ImageFont  # noqa: PLC0415 - slow to import; most calls draw no card

    return ImageFont.truetype(io.BytesIO(body), size, layout_engine=ImageFont.Layout.BASIC)
