"""Archives: the parts of a zip file, read only after all that it says of them has been looked at.

The standard library's reader (3.11) knows no limits and no overlaps, and inflates a part whatever size it states.
"""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from itertools import pairwise

from functions.core.mistakes import Mistake, Unreadable

MAX_ENTRIES = 500
MAX_UNPACKED = 32 * 1024 * 1024
MAX_RATIO = 200  # Word's own XML packs to a tenth or a twentieth; a bomb to a thousandth
_SMALL = 64 * 1024  # nothing that unpacks to less is a bomb, however well it packs
_MAX_DIRECTORY = 256 * 1024
_LOCAL, _END, _END_64 = b"PK\x03\x04", b"PK\x05\x06", b"PK\x06\x07"
_OLE = b"\xd0\xcf\x11\xe0"  # around an encrypted document, and in it lies a .doc ([MS-CFB] 2.2)
_LOCAL_SIZE, _END_SIZE, _MAX_COMMENT = 30, 22, 0xFFFF
_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_ENCRYPTED = 0x1
# What zipfile raises, by design or not, on bytes that are no sound archive: an encrypted part is a RuntimeError, an
# unknown method a NotImplementedError, a false offset an OSError or a ValueError.
_BROKEN = (
    zipfile.BadZipFile, zlib.error, struct.error, EOFError, LookupError, NotImplementedError, OSError, OverflowError,
    RuntimeError, UnicodeError, ValueError,
)  # fmt: skip


def unpack(body: bytes) -> dict[str, bytes]:
    """The parts of an archive by name.

    Raises:
        Unreadable: not_a_docx; locked_or_old for one with a password, or a .doc;
            archive_too_large (entries, size or ratio) or archive_overlap, with the part's name.
    """
    _check_end(body)
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            infos = archive.infolist()
            _check_sizes(infos)
            _check_places(body, infos, archive.start_dir)
            return dict(_read(archive, info) for info in infos if not info.is_dir())
    except _BROKEN as error:
        raise Unreadable(Mistake("not_a_docx")) from error


def _check_end(body: bytes) -> None:
    """The size of the directory, before anybody reads it."""
    if body.startswith(_OLE):
        raise Unreadable(Mistake("locked_or_old"))
    end = body.rfind(_END, max(0, len(body) - _END_SIZE - _MAX_COMMENT))
    if not body.startswith(_LOCAL) or end < 0 or end + _END_SIZE > len(body):
        raise Unreadable(Mistake("not_a_docx"))
    entries, directory = struct.unpack_from("<HI", body, end + 10)
    if entries > MAX_ENTRIES or directory > _MAX_DIRECTORY or body[max(0, end - 20) :].startswith(_END_64):
        raise Unreadable(Mistake("archive_too_large", value=str(entries)))


def _check_sizes(infos: list[zipfile.ZipInfo]) -> None:
    total = 0
    for count, info in enumerate(infos, 1):
        total += info.file_size
        if count > MAX_ENTRIES or total > MAX_UNPACKED or info.file_size > max(_SMALL, info.compress_size * MAX_RATIO):
            raise Unreadable(Mistake("archive_too_large", value=info.filename))
        if info.flag_bits & _ENCRYPTED or info.compress_type not in _METHODS:
            raise Unreadable(Mistake("not_a_docx", value=info.filename))


def _check_places(body: bytes, infos: list[zipfile.ZipInfo], directory: int) -> None:
    names = sorted(info.filename for info in infos)
    for name, after in pairwise(names):
        if name == after:
            raise Unreadable(Mistake("archive_overlap", value=name))
    spans = sorted(_spans(body, infos))
    for (_, end, name), (start, *_) in pairwise([*spans, (directory, directory, "")]):
        if end > start:
            raise Unreadable(Mistake("archive_overlap", value=name))


def _spans(body: bytes, infos: list[zipfile.ZipInfo]) -> Iterator[tuple[int, int, str]]:
    """Where each part lies in the file: its local header, which has lengths of its own, and its bytes."""
    for info in infos:
        start = info.header_offset
        name, extra = struct.unpack_from("<HH", body, start + 26)
        yield start, start + _LOCAL_SIZE + name + extra + info.compress_size, info.filename


def _read(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> tuple[str, bytes]:
    with archive.open(info) as part:
        content = part.read(info.file_size + 1)
    if len(content) != info.file_size:
        raise Unreadable(Mistake("not_a_docx"))
    return info.filename, content
