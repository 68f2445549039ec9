"""Every bad file there is, and every bomb that can be made, is answered in under 2 seconds and under 256 MB."""

import io

import pytest
from PIL import Image, ImageCms

from functions.core.picture import MAX_BYTES, MAX_PIXELS
from infra.local.template import load
from tests.core.documents import PNG, docx, paragraph, picture, relation, zipped
from tests.core.gauge import Cost, costs
from tests.core.test_archive import lying, overlapping
from tests.core.test_demo_newsroom import INBOX
from tests.core.test_docx import REFUSED
from tests.core.test_hostile_uploads import HUGE, HUGE_HEADERS
from tests.core.test_html import HOSTILE
from tests.core.test_images import bomb, drawn, saved
from tests.core.uploads import upload

pytestmark = [pytest.mark.once, pytest.mark.long]
MAX_SECONDS, MAX_MEGABYTES = 2, 256
_RUNTIME_MEGABYTES = 200  # Lambda's own, the clients, and what a warm function remembers
LONG = "a" * 1_000_000


def uploads() -> dict[str, tuple[str, bytes]]:
    """A key and bytes by name: stored ones, and those that are only ever made."""
    found = {f"bad/{path.name}": (f"articles/{path.name}", path.read_bytes()) for path in (INBOX / "bad").iterdir()}
    found |= {f"markdown of {name}": ("articles/a.md", upload(body)) for name, body in HUGE.items()}
    found |= {f"header of {name}": ("articles/a.md", upload(header=header)) for name, header in HUGE_HEADERS.items()}
    found |= {f"text of {name}": ("articles/a.txt", upload(body)) for name, body in HUGE.items()}
    found |= {f"page {number}": ("articles/a.html", html.encode()) for number, html in enumerate(HOSTILE)}
    found |= {f"document: {name}": ("articles/a.docx", body) for name, (body, _) in REFUSED.items()}
    found |= {f"bomb: {name}": ("articles/a.docx", body) for name, body in BOMBS.items()}
    return found | {f"image: {name}": ("articles/a.png", body) for name, body in IMAGES.items()}


def stripes(width: int, height: int) -> bytes:
    """A PNG that is all right, but large."""
    return saved(drawn((width, height)), "PNG")


BOMBS = {
    "a gigabyte of zeros": zipped({"[Content_Types].xml": b"a", "word/document.xml": bytes(1 << 27)}),
    "a thousand overlapping parts": overlapping(1000),
    "five hundred overlapping parts": overlapping(500),
    "a part that lies": lying(100),
    "fifty thousand parts": zipped({f"{number}": b"" for number in range(50_000)}),
    "a long text": docx("".join(paragraph(f"{number} {'mot ' * 400}") for number in range(900))),
    "deep and wide": docx(("<w:tbl><w:tr><w:tc>" * 15 + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * 15) * 300),
    "one image, forty times": docx(
        "".join(paragraph("", inner=picture("i1")) for _ in range(2000)),
        [relation("i1", "image", "media/a.png")], media__a_png=PNG,
    ),
    "an image that is a bomb": docx(
        paragraph("", inner=picture("i1")), [relation("i1", "image", "media/a.png")], media__a_png=bomb(10_000, 10_000)
    ),
}  # fmt: skip
IMAGES = {
    "a hundred million pixels": bomb(10_000, 10_000),
    "too heavy": bytes(MAX_BYTES + 1),
    "a page in a picture": PNG + b"<html><script>alert(1)</script>",
    "a picture that is an archive": PNG + zipped({"a": b"a"}),
    "half a picture": stripes(2000, 2000)[:-2000],
}


@pytest.fixture(scope="module")
def measured() -> dict[str, Cost]:
    return costs(uploads())


def test_every_bad_file_is_answered_in_two_seconds_and_256_megabytes(measured: dict[str, Cost]) -> None:
    slow = {name: cost for name, cost in measured.items() if cost.seconds >= MAX_SECONDS}
    again = costs({name: upload for name, upload in uploads().items() if name in slow})  # a busy machine counts more
    slow = {name: cost for name, cost in again.items() if cost.seconds >= MAX_SECONDS}
    large = {name: cost for name, cost in measured.items() if cost.megabytes >= MAX_MEGABYTES}
    assert not slow
    assert not large
    assert not [name for name, cost in measured.items() if cost.codes == ["died"]]


def test_the_largest_pictures_that_are_accepted_fit_into_the_functions_that_read_them() -> None:
    """What does not fit is killed five times over, and its editor never hears of it."""
    accepted = costs({form: ("articles/a.png", largest(form)) for form in ("PNG", "WEBP", "JPEG")})
    template = load()
    memory = min(template.functions[f"{name}Function"].memory for name in ("Ingest", "Render", "Rebuild"))
    assert [name for name, cost in accepted.items() if cost.codes] == []
    assert max(cost.megabytes for cost in accepted.values()) < memory - _RUNTIME_MEGABYTES


def largest(form: str) -> bytes:
    """As many pixels as are accepted, that shine through where they can, to be turned, and with a profile."""
    image = Image.new("CMYK" if form == "JPEG" else "RGBA", (8192, MAX_PIXELS // 8192), (1, 2, 3, 100))
    turned = Image.Exif()
    turned[0x112] = 6
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    file = io.BytesIO()
    image.save(file, form, exif=turned, icc_profile=profile, compress_level=1, method=0)
    return file.getvalue()
