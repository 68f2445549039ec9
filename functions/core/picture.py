"""A picture: an uploaded image once it has been read; which files the site makes of it is arithmetic."""

from typing import Literal, NamedTuple

from functions.core import keys
from functions.core.model import Frozen

ENCODER = "2"  # raise when images.py encodes otherwise: the names, hence the URLs, change with it
WIDTHS = (480, 960, 1600)
_STEP = 1.25
_TALLEST = 16_383  # pixels: WebP has no more
_SUFFIXES = {"webp": "webp", "jpeg": "jpg", "png": "png"}
MAX_BYTES = 20 * 1024 * 1024
MAX_PIXELS = 8192 * 6144  # what telephones call 50 megapixels


class Picture(Frozen):
    """What reading an image told: `width` and `height` upright (EXIF orientation applied), in pixels.

    `content` is 16 hex digits of the SHA-256 over the encoder's version and the bytes, so a new encoder or a new image
    is a new name; `opaque` tells whether a JPEG can show it, `drawn` whether it is a chart or the like, which
    would lose by one. `stored_as` is the inbox key where that is another spelling of `key`, by which the article knows
    it.
    """

    key: str
    ver: str
    content: str
    width: int
    height: int
    opaque: bool
    drawn: bool = False
    stored_as: str | None = None

    @property
    def inbox_key(self) -> str:
        """The key that it was uploaded under."""
        return self.stored_as or self.key

    def known_as(self, key: str) -> "Picture":
        """This picture as an article names it, by this spelling of its key."""
        other = None if key == self.inbox_key else self.inbox_key
        return self if key == self.key else self.model_copy(update={"key": key, "stored_as": other})


class Variant(NamedTuple):
    """One file made of a picture."""

    key: str
    width: int
    height: int
    format: Literal["webp", "jpeg", "png"]

    @property
    def media_type(self) -> str:
        """As a Content-Type says it."""
        return f"image/{self.format}"


def variants(upload_id: str, picture: Picture) -> tuple[Variant, ...]:
    """The files of a picture in one article: WebP from narrow to wide, then the widest as everything can show it.

    Readers get WebP; the last file is for old browsers, feeds and the cards of social networks, so one size will do.
    """
    widest = min(picture.width, WIDTHS[-1], max(1, picture.width * _TALLEST // picture.height))
    # A file that is hardly narrower than the next saves nobody anything.
    widths = [width for width in WIDTHS if width * _STEP <= widest] + [widest]
    files: list[tuple[int, Literal["webp", "jpeg", "png"]]] = [(width, "webp") for width in widths]
    files.append((widest, "jpeg" if picture.opaque and not picture.drawn else "png"))
    return tuple(
        Variant(
            keys.image_key(upload_id, picture.content, width, _SUFFIXES[form]),
            width,
            min(_TALLEST, max(1, round(picture.height * width / picture.width))),
            form,
        )
        for width, form in files
    )


class Image(NamedTuple):
    """A picture as pages show it: everything can show `src`, `width` and `height` are that file's, `webp` a srcset."""

    src: str
    alt: str
    width: int
    height: int
    webp: str = ""


def image_of(upload_id: str, picture: Picture, alt: str) -> Image:
    """A picture of one article as its pages, and lists of it, show it."""
    files = variants(upload_id, picture)
    webp = ", ".join(f"/{file.key} {file.width}w" for file in files if file.format == "webp")
    return Image("/" + files[-1].key, alt, files[-1].width, files[-1].height, webp)
