"""Images of more parts than anybody makes: each costs time, however little it holds."""

import zlib

import pytest

from tests.core.test_images import chunk, drawn, look, refusal, saved

JPEG, PNG = saved(drawn(), progressive=True), saved(drawn(), "PNG")
REMARK, SCAN = b"\xff\xfe\0\2", b"\xff\xda\0\x08\1\1\0\1?\0"
ENDLESS = {
    "remarks": JPEG[:-2] + REMARK * 11_000 + JPEG[-2:],
    "scans": JPEG[:-2] + SCAN * 200 + JPEG[-2:],
    "profiles": PNG[:33] + chunk(b"iCCP", b"a\0\0" + zlib.compress(bytes(900_000))) * 200 + PNG[33:],
    "chunks": PNG[:33] + chunk(b"abCd", b"") * 11_000 + PNG[33:],
}


@pytest.mark.parametrize("body", ENDLESS.values(), ids=ENDLESS)
def test_an_image_of_endless_parts_is_not_decoded(body: bytes) -> None:
    assert refusal(body) == "broken_image"


@pytest.mark.parametrize(
    "body", [JPEG + SCAN * 200, JPEG[:2] + REMARK * 500 + JPEG[2:], PNG + PNG[33:] * 9], ids=["behind", "some", "twice"]
)
def test_an_image_of_many_parts_and_more_behind_its_end_is_shown(body: bytes) -> None:
    assert look(body).width == 60
