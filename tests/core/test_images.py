import contextlib
import io
import struct
import zlib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageCms, features

from functions.core.images import BadImage, encode, inspect
from functions.core.picture import MAX_BYTES, Picture, Variant, variants

KEY = "articles/2024/03/a.jpg"
FORMATS = ["JPEG", "PNG", "WEBP", "AVIF"]


def drawn(size: tuple[int, int] = (60, 40), mode: str = "RGB") -> Image.Image:
    """Red left, blue right, so that a turn shows."""
    image = Image.new("RGB", size, (200, 30, 30))
    image.paste((30, 30, 200), (size[0] // 2, 0, *size))
    return image.convert(mode)


def saved(image: Image.Image, form: str = "JPEG", **options: Any) -> bytes:
    file = io.BytesIO()
    image.save(file, form, **options)
    return file.getvalue()


def turned(orientation: int) -> bytes:
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010E] = "Secret place"
    return saved(drawn(), exif=exif)


def encoded(body: bytes, variant: Variant) -> bytes:
    (file,) = encode(body, [variant])
    return file


def look(body: bytes) -> Picture:
    return inspect(KEY, "v1", body)


def refusal(body: bytes) -> str:
    with pytest.raises(BadImage) as bad:
        look(body)
    return bad.value.mistake.code


def shown(body: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(body))
    image.load()
    return image


@pytest.mark.parametrize("form", FORMATS)
def test_the_four_formats_are_read(form: str) -> None:
    picture = look(saved(drawn(), form))
    assert (picture.key, picture.ver, picture.width, picture.height, picture.opaque) == (KEY, "v1", 60, 40, True)
    assert len(picture.content) == 16


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGB", "I;16"])
def test_every_mode_of_a_png_without_holes_is_opaque(mode: str) -> None:
    image = Image.new("I;16", (60, 40), 40_000) if mode == "I;16" else drawn(mode=mode)
    body = saved(image, "PNG")
    assert look(body).opaque
    assert shown(encoded(body, Variant("k", 30, 20, "jpeg"))).size == (30, 20)


def test_greys_of_sixteen_bits_stay_what_they_are() -> None:
    body = saved(Image.new("I;16", (40, 20), 30_000), "PNG")
    for variant in variants("2024/03/a.md", look(body)):
        low, high = shown(encoded(body, variant)).convert("L").getextrema()
        assert abs(low - 30_000 // 256) < 3  # type: ignore[operator] # of one band, a number
        assert low == high


@pytest.mark.parametrize("size", [(40, 20_000), (1600, 17_000), (1, 40_000), (20_000, 40)])
def test_a_picture_longer_than_its_format_allows_is_made_narrower(size: tuple[int, int]) -> None:
    body = saved(Image.new("1", size), "PNG")
    made = variants("2024/03/a.md", look(body))
    for variant, file in zip(made, encode(body, made), strict=True):
        assert shown(file).size == (variant.width, variant.height)


def test_a_cmyk_jpeg_is_shown_in_rgb() -> None:
    body = saved(drawn(mode="CMYK"))
    assert look(body).opaque
    assert shown(encoded(body, Variant("k", 30, 20, "jpeg"))).mode == "RGB"


def test_transparency_is_found_only_where_something_shines_through() -> None:
    solid = drawn(mode="RGBA")
    holed = solid.copy()
    holed.putpixel((0, 0), (0, 0, 0, 0))
    assert look(saved(solid, "PNG")).opaque
    assert not look(saved(holed, "PNG")).opaque
    assert not look(saved(holed.quantize(), "PNG", transparency=0)).opaque
    assert shown(encoded(saved(holed, "PNG"), Variant("k", 60, 40, "webp"))).mode == "RGBA"
    assert shown(encoded(saved(holed, "PNG"), Variant("k", 60, 40, "png"))).mode == "RGBA"


@pytest.mark.parametrize("orientation", [5, 6, 7, 8])
def test_an_image_turned_by_exif_is_measured_and_shown_upright(orientation: int) -> None:
    body = turned(orientation)
    picture = look(body)
    assert (picture.width, picture.height) == (40, 60)
    red, _, blue = shown(encoded(body, Variant("k", 40, 60, "png"))).convert("RGB").getpixel((20, 5))  # type: ignore[misc]  # Pillow's stub allows for greys
    assert (red > blue) == (orientation in {5, 6})


def test_the_content_name_depends_on_the_bytes_alone() -> None:
    body = saved(drawn())
    assert look(body).content == inspect("articles/b.jpg", "v2", body).content != look(body + b" ").content


def test_nothing_of_the_metadata_is_published() -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    for form in ("JPEG", "WEBP", "PNG"):
        exif = Image.Exif()
        exif[0x010E] = "Secret place"
        body = saved(drawn(), form, exif=exif, icc_profile=profile)
        for to in ("webp", "jpeg", "png"):
            file = encoded(body, Variant("k", 60, 40, to))
            assert b"Secret" not in file
            assert not {"exif", "icc_profile", "comment"} & set(shown(file).info)


@pytest.mark.parametrize("form", FORMATS)
def test_the_same_image_gives_the_same_files_twice(form: str) -> None:
    body = saved(drawn((700, 500)), form)
    for variant in variants("2024/03/a.md", look(body)):
        assert encoded(body, variant) == encoded(body, variant)


def test_every_variant_has_the_size_and_format_it_promises() -> None:
    body = saved(drawn((2000, 1200)))
    made = variants("2024/03/a.md", look(body))
    assert [variant.width for variant in made] == [480, 960, 1600, 1600]
    for variant, file in zip(made, encode(body, made), strict=True):
        image = shown(file)
        assert file == encoded(body, variant)
        assert (image.size, image.format) == ((variant.width, variant.height), variant.format.upper())


@pytest.mark.parametrize(("width", "widths"), [(300, [300, 300]), (500, [500, 500]), (1000, [480, 1000, 1000])])
def test_no_file_is_hardly_narrower_than_another(width: int, widths: list[int]) -> None:
    picture = look(saved(drawn((width, 200))))
    assert [variant.width for variant in variants("2024/03/a.md", picture)] == widths


def test_a_photograph_does_not_tell_where_it_was_taken() -> None:
    exif = Image.Exif()
    exif.get_ifd(0x8825).update({1: "N", 2: (34.0, 1.0, 15.0), 3: "W", 4: (6.0, 50.0, 30.0)})
    body = saved(drawn((700, 500)), exif=exif)
    assert shown(body).getexif().get_ifd(0x8825)
    for file in encode(body, variants("2024/03/a.md", look(body))):
        assert not shown(file).getexif()
        assert b"Exif" not in file


def test_a_profile_that_cannot_be_used_is_as_good_as_none() -> None:
    body = saved(drawn(), "PNG", icc_profile=b"no profile")
    assert shown(encoded(body, Variant("k", 30, 20, "jpeg"))).size == (30, 20)


def test_what_shines_through_does_so_with_a_profile_too() -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    image = drawn(mode="RGBA")
    image.putalpha(100)
    file = shown(encoded(saved(image, "PNG", icc_profile=profile), Variant("k", 60, 40, "png")))
    assert file.getchannel("A").getextrema() == (100, 100)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"text",
        b"GIF89a" + bytes(100),
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"BM" + bytes(100),
        b"%PDF-1.7",
        b"%!PS-Adobe",
    ],
    ids=["nothing", "text", "gif", "svg", "bmp", "pdf", "postscript"],
)
def test_what_does_not_begin_like_one_of_the_four_is_no_image(body: bytes) -> None:
    assert refusal(body) == "not_an_image"


@pytest.mark.parametrize("form", FORMATS)
def test_half_an_image_is_broken(form: str) -> None:
    body = saved(drawn((300, 200)).effect_spread(20), form)
    assert refusal(body[: len(body) // 2]) in {"broken_image", "not_an_image"}


def test_an_image_that_weighs_too_much_is_not_even_opened() -> None:
    assert refusal(bytes(MAX_BYTES + 1)) == "image_too_heavy"


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def bomb(width: int, height: int) -> bytes:
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b"")


@pytest.mark.parametrize("size", [(8192, 6145), (10_000, 9500), (50_000, 50_000), (2**31 - 1, 1)])
def test_a_bomb_is_refused_before_it_is_decoded(size: tuple[int, int]) -> None:
    with pytest.raises(BadImage) as bad:
        look(bomb(*size))
    assert (bad.value.mistake.code, bool(bad.value.mistake.value)) == ("too_many_pixels", True)


def test_a_bomb_in_a_text_chunk_is_broken() -> None:
    body = saved(drawn(), "PNG")
    text = chunk(b"zTXt", b"a\0\0" + zlib.compress(bytes(10**8)))
    assert refusal(body[:33] + text + body[33:]) in {"broken_image", "not_an_image"}


@pytest.mark.filterwarnings("ignore::UserWarning")  # Pillow's word on odd EXIF, which does not matter
@given(st.sampled_from(FORMATS), st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 255)), max_size=8))
def test_a_damaged_image_is_read_or_refused(form: str, damage: list[tuple[int, int]]) -> None:
    body = bytearray(turned(6) if form == "JPEG" else saved(drawn(), form))
    for place, value in damage:
        body[place % len(body)] = value
    with contextlib.suppress(BadImage):
        picture = look(bytes(body))
        assert picture.width * picture.height > 0


def test_this_pillow_reads_what_editors_may_upload() -> None:
    assert all(features.check(name) for name in ("jpg", "zlib", "webp", "avif"))


@pytest.mark.parametrize("colours", [b"", chunk(b"PLTE", b"abc") + chunk(b"tRNS", bytes(300))], ids=["none", "too few"])
def test_numbers_of_colours_without_the_colours_are_a_broken_image(colours: bytes) -> None:
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", 3, 2, 8, 3, 0, 0, 0))
    body = (
        b"\x89PNG\r\n\x1a\n" + header + colours + chunk(b"IDAT", zlib.compress(b"\0\1\2\3" * 2)) + chunk(b"IEND", b"")
    )
    assert refusal(body) == "broken_image"
