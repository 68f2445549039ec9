"""Archives that lie: found out before anything is unpacked."""

import io
import struct
import zipfile

import pytest

from functions.core.formats.archive import MAX_ENTRIES, MAX_UNPACKED, unpack
from functions.core.mistakes import Unreadable
from tests.core.documents import zipped


def refusal(body: bytes) -> str:
    with pytest.raises(Unreadable) as unreadable:
        unpack(body)
    return unreadable.value.mistake.code


def overlapping(copies: int) -> bytes:
    """One kernel of packed zeros that every entry of the directory claims as its own (after D. Fifield)."""
    single = zipped({"0" * 4: bytes(1 << 20)})
    start = single.rindex(b"PK\x01\x02")
    end = single.rindex(b"PK\x05\x06")
    entries = b"".join(single[start:end].replace(b"0000", b"%04d" % number) for number in range(copies))
    return (
        single[:start] + entries + struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, copies, copies, len(entries), start, 0)
    )


def lying(size: int) -> bytes:
    """An entry that says it unpacks to less than it does."""
    body = zipped({"a.xml": b"a" * 3_000_000})
    packed = struct.pack("<I", 3_000_000)
    return body.replace(packed, struct.pack("<I", size))


def test_the_parts_of_a_sound_archive_come_out_as_they_went_in() -> None:
    parts = {"a.xml": b"a", "b/c.xml": bytes(range(256)) * 900}
    assert unpack(zipped(parts)) == parts


def test_what_packs_too_well_is_a_bomb() -> None:
    assert refusal(zipped({"a": bytes(5 << 20)})) == "archive_too_large"


def test_what_unpacks_to_too_much_is_a_bomb_even_when_it_packs_badly() -> None:
    noise = bytes(range(256)) * 4096
    assert refusal(zipped({f"{n}": noise[n:] for n in range(MAX_UNPACKED // len(noise) + 2)})) == "archive_too_large"


def test_a_thousand_entries_are_no_document() -> None:
    assert refusal(zipped({f"{number}": b"" for number in range(MAX_ENTRIES + 1)})) == "archive_too_large"


@pytest.mark.parametrize("copies", [2, 200])
def test_parts_that_share_their_bytes_are_refused(copies: int) -> None:
    assert refusal(overlapping(copies)) in {"archive_overlap", "archive_too_large"}


def test_two_small_parts_that_overlap_are_refused() -> None:
    single = zipped({"aaaa": b"abc"})
    start, end = single.rindex(b"PK\x01\x02"), single.rindex(b"PK\x05\x06")
    entries = single[start:end] + single[start:end].replace(b"aaaa", b"bbbb")
    assert refusal(
        single[:start] + entries + struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, 2, 2, len(entries), start, 0)
    ) in {
        "archive_overlap",
        "not_a_docx",
    }


def test_a_name_given_twice_is_refused() -> None:
    body = zipped({"aa": b"1", "bb": b"2"})
    assert refusal(body.replace(b"bb", b"aa")) == "archive_overlap"


@pytest.mark.parametrize("size", [10, 60_000])
def test_a_part_that_is_longer_than_it_says_is_never_unpacked_whole(size: int) -> None:
    assert refusal(lying(size)) == "not_a_docx"


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_only_the_methods_of_word_are_read(method: int) -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        archive.writestr("a", b"a" * 100)
    assert refusal(file.getvalue()) == "not_a_docx"


def test_an_encrypted_part_is_refused() -> None:
    body = bytearray(zipped({"a": b"a"}))
    body[6] |= 1
    body[body.index(b"PK\x01\x02") + 8] |= 1
    assert refusal(bytes(body)) == "not_a_docx"


def test_an_archive_behind_other_bytes_is_refused() -> None:
    assert refusal(b"%PDF-1.4\n" + zipped({"a": b"a"})) == "not_a_docx"


def test_the_large_form_of_an_archive_is_refused() -> None:
    body = zipped({"a": b"a"})
    end = body.rindex(b"PK\x05\x06")
    assert refusal(body[:end] + b"PK\x06\x07" + bytes(16) + body[end:]) == "archive_too_large"
