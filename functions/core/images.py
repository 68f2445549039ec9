"""Images: what the bytes of an upload are, and the files that the site shows of them."""

import contextlib
import hashlib
import io
import re
import struct
import zlib
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from functions.core.mistakes import Mistake
from functions.core.picture import ENCODER, MAX_BYTES, MAX_PIXELS, Picture, Variant

if TYPE_CHECKING:
    from PIL import Image

_FORMATS = ("JPEG", "PNG", "WEBP", "AVIF")  # told by their first bytes; the name's suffix may be wrong
# What Pillow's readers raise at broken files.
_BROKEN = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    EOFError,
    LookupError,
    MemoryError,
    OSError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
    struct.error,
    zlib.error,
)
# A JPEG's parts, not those within what is encoded.
_PART = re.compile(rb"\xff++([^\x00\x01\xd0-\xd8\xff])")
_END = b"\xd9"
# Each scan of a JPEG goes over the whole picture, ten are usual; each profile of a PNG is unpacked, one is allowed.
_COSTLY = frozenset({b"\xda", b"iCCP"})
_PNG = b"\x89PNG\r\n\x1a\n"
_MOST_COSTLY = 100
_DEEP = "I;16"  # greys of 16 bits, as scanners make them
# What is encoded otherwise than the first images of this encoder's version.
_SINCE_THEN = {_DEEP: ".deep"}
_DRAWN = ".drawn"
# A chart or a map has fewer colours, letters with soft edges and all, and each many times; a photograph has more.
_FEW_COLOURS, _TIMES = 4096, 32
_DEAREST = 2  # times the bytes that readers would load otherwise
_QUALITY = 80
_WEBP_METHOD = 2  # a third of the time of Pillow's default, for files that are 4 % larger


class BadImage(ValueError):
    """Bytes that cannot be shown as an image."""

    def __init__(self, code: str, *, value: str | None = None, limit: int | None = None) -> None:
        super().__init__(code)
        self.mistake = Mistake(code, value=value, limit=limit)


def inspect(key: str, ver: str, body: bytes) -> Picture:
    """The picture of a version of an inbox key. Its size is known and bounded before anything is decoded.

    Raises:
        BadImage: image_too_heavy, not_an_image, too_many_pixels or broken_image (every row is decoded to find out).
    """
    opened = _opened(body)
    encoder = ENCODER + _SINCE_THEN.get(opened.mode, "")
    try:
        image = _upright(opened)
    except _BROKEN as error:  # what was decoded makes no picture, such as numbers of colours without the colours
        raise BadImage("broken_image") from error
    drawn = _is_drawn(image, opened.format)
    encoder += _DRAWN if drawn else ""
    return Picture(
        key=key,
        ver=ver,
        content=hashlib.sha256(encoder.encode() + b"\n" + body).hexdigest()[:16],
        width=image.width,
        height=image.height,
        opaque=image.mode == "RGB",
        drawn=drawn,
    )


def pixels(bodies: Iterable[bytes]) -> int:
    """How many pixels some uploads have together, by their first bytes; of those that are images."""
    from PIL import Image  # noqa: PLC0415 - slow to import, and most uploads are text

    total = 0
    for body in bodies:
        with contextlib.suppress(Image.DecompressionBombError, *_BROKEN):
            _check_parts(body)
            image = Image.open(io.BytesIO(body), formats=_FORMATS)
            total += image.width * image.height
    return total


def encode(body: bytes, wanted: Sequence[Variant]) -> Iterator[bytes]:
    """Files of one picture, decoded once: the same bytes for the same bytes, without metadata, in sRGB.

    What one file's bytes are does not depend on which others are wanted with it.
    """
    opened = _opened(body)
    image = _upright(opened)
    image.info.clear()  # Pillow would write a profile or a comment found here
    drawn = _is_drawn(image, opened.format)
    sized: dict[tuple[int, int], Image.Image] = {}
    for variant in wanted:
        size = variant.width, variant.height
        if size not in sized:
            sized[size] = _resized(image, size)
        yield _encoded(sized[size], variant.format, drawn=drawn)


def _resized(image: "Image.Image", size: tuple[int, int]) -> "Image.Image":
    from PIL import Image  # noqa: PLC0415 - slow to import, and most uploads are text

    return image if image.size == size else image.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)


def _encoded(image: "Image.Image", form: str, *, drawn: bool) -> bytes:
    if form == "jpeg":
        return _saved(image.convert("RGB"), form, quality=_QUALITY, optimize=True, progressive=True)
    if form == "png":
        return _saved(image, form, optimize=True)
    lossy = _saved(image, form, quality=_QUALITY, method=_WEBP_METHOD)
    whole = _saved(image, form, method=_WEBP_METHOD, lossless=True) if drawn else lossy
    return whole if len(whole) <= _DEAREST * len(lossy) else lossy


def _saved(image: "Image.Image", form: str, **options: bool | int) -> bytes:
    file = io.BytesIO()
    image.save(file, form, **options)
    return file.getvalue()


def _opened(body: bytes) -> "Image.Image":
    """The decoded image; its size is known and bounded before anything is decoded."""
    from PIL import Image  # noqa: PLC0415 - 35 to 65 ms of a cold start, and most uploads are text

    if len(body) > MAX_BYTES:
        raise BadImage("image_too_heavy", value=f"{len(body) / 2**20:.1f}", limit=MAX_BYTES // 2**20)
    _check_parts(body)
    try:
        image = Image.open(io.BytesIO(body), formats=_FORMATS)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        many = MAX_PIXELS // 10**6
        raise BadImage("too_many_pixels", value=f"> {many} Mpx", limit=many) from error
    except _BROKEN as error:
        raise BadImage("not_an_image") from error
    if image.width * image.height > MAX_PIXELS:
        raise BadImage("too_many_pixels", value=f"{image.width} × {image.height}", limit=MAX_PIXELS // 10**6)
    try:
        image.load()
    except _BROKEN as error:
        raise BadImage("broken_image") from error
    return image


def _check_parts(body: bytes) -> None:
    """BadImage for a JPEG or PNG of more parts, or costly ones, than any camera or program makes."""
    kinds, most = (_parts_of_jpeg(body), 1000) if body.startswith(b"\xff\xd8") else (_parts_of_png(body), 10_000)
    costly = 0
    for number, kind in enumerate(kinds):
        costly += kind in _COSTLY
        if costly > _MOST_COSTLY or number > most:
            raise BadImage("broken_image")


def _parts_of_jpeg(body: bytes) -> Iterator[bytes]:
    at = 2
    while (part := _PART.search(body, at)) and part[1] != _END:
        yield part[1]
        at = part.end() + int.from_bytes(body[part.end() : part.end() + 2], "big")


def _parts_of_png(body: bytes) -> Iterator[bytes]:
    at = len(_PNG)
    while body.startswith(_PNG) and at + 8 <= len(body):
        yield body[at + 4 : at + 8]
        at += 12 + int.from_bytes(body[at : at + 4], "big")


def _upright(image: "Image.Image") -> "Image.Image":
    """The image as it is seen: turned as EXIF says, in sRGB; RGBA if anything shines through, RGB otherwise."""
    from PIL import ImageOps  # noqa: PLC0415 - slow to import, and most uploads are text

    has_alpha = image.has_transparency_data
    with contextlib.suppress(*_BROKEN):  # EXIF that cannot be read says nothing
        image = ImageOps.exif_transpose(image)
    if image.mode == _DEEP:  # which Pillow would cut off at 255: white wherever it is not black
        image = image.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    image = _in_srgb(image).convert("RGBA" if has_alpha else "RGB")
    return image.convert("RGB") if has_alpha and _is_opaque(image) else image


def _is_drawn(image: "Image.Image", form: str | None) -> bool:
    """Whether it is a chart, a map or the like: loss would blur its thin lines and letters, and rarely save bytes."""
    most = min(_FEW_COLOURS, image.width * image.height // _TIMES)
    return form == "PNG" and image.getcolors(most) is not None


def _is_opaque(image: "Image.Image") -> bool:
    return image.getchannel("A").getextrema() == (255, 255)


def _in_srgb(image: "Image.Image") -> "Image.Image":
    profile = image.info.get("icc_profile")
    if not profile or image.mode not in {"RGB", "RGBA", "CMYK"}:
        return image
    from PIL import ImageCms  # noqa: PLC0415 - slow to import, and most uploads are text

    to = "RGBA" if image.mode == "RGBA" else "RGB"
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        return ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode=to) or image
    except (ImageCms.PyCMSError, *_BROKEN):
        return image  # a profile that cannot be used is as good as none
