"""Charts, maps and the like: what is drawn keeps its lines, where photographs may lose what nobody sees."""

import pytest
from PIL import Image, ImageChops, ImageDraw, ImageFilter

from functions.core.images import encode, inspect
from functions.core.picture import variants
from tests.core.test_images import KEY, saved, shown


def chart(mode: str = "RGB") -> Image.Image:
    """Thin lines in strong colours, with soft edges: what JPEG and lossy WebP blur."""
    image = Image.new("RGB", (600, 400), "white")
    for place in range(0, 600, 20):
        ImageDraw.Draw(image).line((place, 0, 600 - place, 400), fill=("red", "blue", "green")[place % 3])
    return image.resize((300, 200), Image.Resampling.BOX).convert(mode)


def photograph() -> Image.Image:
    noise = [Image.effect_noise((300, 200), 80).filter(ImageFilter.GaussianBlur(2)) for _ in "RGB"]
    return Image.merge("RGB", noise)


@pytest.mark.parametrize("mode", ["RGB", "P", "L", "RGBA"])
def test_a_chart_loses_nothing_in_its_own_size(mode: str) -> None:
    body = saved(chart(mode), "PNG")
    files = variants("id", inspect(KEY, "v1", body))
    assert [file.format for file in files] == ["webp", "png"]
    for file in encode(body, files):
        assert not ImageChops.difference(shown(file).convert("RGB"), chart(mode).convert("RGB")).getbbox()


def test_it_takes_fewer_bytes_so() -> None:
    body = saved(chart(), "PNG")
    webp, png = encode(body, variants("id", inspect(KEY, "v1", body)))
    assert len(webp) < len(saved(chart(), "WEBP", quality=80))
    assert len(png) < len(saved(chart(), "JPEG", quality=80))


def test_readers_do_not_wait_for_lines_that_nobody_sees_among_soft_colours() -> None:
    soft = Image.effect_noise((400, 300), 100).filter(ImageFilter.GaussianBlur(4)).convert("RGB")
    body = saved(soft, "PNG")
    picture = inspect(KEY, "v1", body)
    webp, _ = encode(body, variants("id", picture))
    assert picture.drawn
    assert len(webp) < len(saved(soft, "WEBP", lossless=True)) / 2


@pytest.mark.parametrize(
    "body",
    [saved(photograph(), "PNG"), saved(chart()), saved(photograph().resize((20, 20)), "PNG")],
    ids=["a photograph in PNG", "a chart that JPEG has blurred already", "a small photograph"],
)
def test_what_is_no_drawing_may_lose_what_nobody_sees(body: bytes) -> None:
    picture = inspect(KEY, "v1", body)
    assert not picture.drawn
    assert variants("id", picture)[-1].format == "jpeg"
