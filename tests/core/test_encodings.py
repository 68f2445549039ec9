"""In whatever encoding a text arrives, it is read as it was meant, or refused; never read wrongly."""

import pytest

from functions.core.formats.encodings import decode
from functions.core.mistakes import Unreadable
from functions.core.upload import read_upload
from tests.core.uploads import KEY, desk, read, upload

TEXT = "L’été à Salé : « où ça ? » — 3 €, naïf, cœur, 1ᵉʳ".replace("ᵉʳ", "er")


def refusal(body: bytes) -> tuple[str, int | None]:
    with pytest.raises(Unreadable) as unreadable:
        decode(body)
    return unreadable.value.mistake.code, unreadable.value.mistake.line


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_utf_8_and_utf_16_are_read_without_a_word(encoding: str) -> None:
    article = read_upload(KEY, upload(TEXT).decode().encode(encoding), desk())
    assert article == read(TEXT)
    assert article.notices == ()


@pytest.mark.parametrize(("mark", "encoding"), [(b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")])
def test_the_mark_tells_the_order_of_the_bytes(mark: bytes, encoding: str) -> None:
    assert decode(mark + TEXT.encode(encoding)).text == TEXT


def test_windows_1252_is_recognised_and_its_editor_told() -> None:
    article = read_upload(KEY, upload(TEXT).decode().encode("cp1252"), desk())
    assert article.body == read(TEXT).body
    (notice,) = article.notices
    assert (notice.code, notice.severity, notice.line) == ("windows_1252", "notice", 3)
    assert "Windows-1252" in notice.reason


@pytest.mark.parametrize("line_end", ["\r\n", "\r"])
def test_lines_end_in_a_line_feed_whatever_the_encoding(line_end: str) -> None:
    assert decode(f"é{line_end}è".encode("cp1252")).text == decode(f"é{line_end}è".encode("utf-16")).text == "é\nè"


@pytest.mark.parametrize(
    ("body", "line"),
    [
        ("é\n".encode() + b"\xe9", 2),  # damaged UTF-8: what is whole in it would turn into Ã©
        ("a\nأعلنت الوزارة".encode("cp1256"), 2),
        ("την κυβέρνηση".encode("cp1253"), 1),
        ("été".encode("mac-roman"), 1),
        (b"a\n\nb\x81", 3),
        (b"\xff\xfe\x00\xd8a", 1),
    ],
)
def test_any_other_encoding_is_refused_rather_than_guessed(body: bytes, line: int) -> None:
    assert refusal(body) == ("not_utf8", line)


@pytest.mark.parametrize(
    "body", [b"a\nb\x00c", b"a\n\xe9\x00", "a\nb".encode("utf-16-le"), b"\xff\xfe\x00\x00" + "a".encode("utf-32-le")]
)
def test_what_is_no_text_is_told_so(body: bytes) -> None:
    assert refusal(body)[0] == "binary_file"
