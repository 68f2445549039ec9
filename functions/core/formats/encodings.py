"""Encodings: bytes become text in the one way that they can be meant, or the editor is told."""

import re
from typing import NamedTuple

from functions.core.mistakes import Mistake, Unreadable

_LINE_ENDS = re.compile(r"\r\n?")
_UTF_16 = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}
# A letter of several bytes in UTF-8: where there is one, the rest is UTF-8 as well, only damaged.
_UTF_8_LETTER = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
# What western newsrooms type beyond ASCII. Anything else means another old encoding, or no text at all.
_WESTERN = frozenset(
    "ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØŒÙÚÛÜŸßàáâãäåæçèéêëìíîïñòóôõöøœùúûüÿ’‘“”„«»–—…€£°§•·©®™ªº²³½¼¾±×¿¡\u00a0\u00ad"
)
_ACCENTS_IN_A_ROW = re.compile(r"[À-ÿ]{4}")  # French has never more than two: this is Arabic or Greek in disguise


class Decoded(NamedTuple):
    """A text whose lines end in a line feed, and what its editor should know about how it was read."""

    text: str
    notices: tuple[Mistake, ...] = ()


def decode(body: bytes) -> Decoded:
    """The text that some bytes are: UTF-8, UTF-16 with its mark, or Windows-1252, which is noticed.

    Raises:
        Unreadable: binary_file or not_utf8, with the line.
    """
    utf_16 = _UTF_16.get(body[:2])
    try:
        text = body[2:].decode(utf_16) if utf_16 else body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return _western(body, error)
    if b"\x00" in body and "\x00" in text:
        raise Unreadable(Mistake("binary_file", line=text.count("\n", 0, text.index("\x00")) + 1))
    return Decoded(_LINE_ENDS.sub("\n", text) if "\r" in text else text)


def _western(body: bytes, error: UnicodeDecodeError) -> Decoded:
    line = body.count(b"\n", 0, error.start) + 1
    if b"\x00" in body and error.encoding == "utf-8":
        raise Unreadable(Mistake("binary_file", line=body.count(b"\n", 0, body.index(b"\x00")) + 1)) from error
    text = body.decode("cp1252", "replace")
    foreign = {letter for letter in set(text) if letter > "\x7f"} - _WESTERN
    if error.encoding != "utf-8" or foreign or _UTF_8_LETTER.search(body) or _ACCENTS_IN_A_ROW.search(text):
        raise Unreadable(Mistake("not_utf8", line=line)) from error
    return Decoded(_LINE_ENDS.sub("\n", text), (Mistake("windows_1252", line=line),))
