"""Spelling: é is one character, or e and U+0301, as a Mac may store it. Keys that differ in this alone are one name.

So are those of an image that differ in the capitals of their suffix alone: cameras write PHOTO.JPG, people photo.jpg.

Editors cannot see the difference, S3 sees nothing else. So whoever waits for a name does so under its composed form
(NFC), and whoever looks for it tries how it is written, then how else it may be stored.
"""

import re
import unicodedata

_MOST = 600  # bytes, so that a state key made of two names has room in S3's 1,024
_SUFFIX = re.compile(r"\.(?:jpe?g|png|webp|avif)\Z", re.IGNORECASE)  # of an image


def one_name(name: str) -> str:
    """What all spellings of a key, or of an id, have in common; one that would be too long has no other spellings."""
    name = _SUFFIX.sub(lambda suffix: suffix[0].lower(), name)
    if name.isascii():
        return name
    composed = unicodedata.normalize("NFC", name)
    return composed if _fits(composed) else name


def spellings(name: str) -> tuple[str, ...]:
    """A key or id as it is written, then its other spellings, composed before decomposed, its folder apart."""
    found = _with_accents(name)
    if not (suffix := _SUFFIX.search(name)):
        return found
    others = (each[: -len(suffix[0])] + end for each in found for end in (suffix[0].lower(), suffix[0].upper()))
    return tuple(dict.fromkeys((*found, *others)))


def _with_accents(name: str) -> tuple[str, ...]:
    if name.isascii() or not _fits(unicodedata.normalize("NFC", name)):
        return (name,)
    folder, slash, file = name.rpartition("/")
    others = (f"{above}{slash}{below}" for above in _forms(folder) for below in _forms(file))
    return (name, *(other for other in dict.fromkeys(others) if other != name and _fits(other)))


def is_same(written: str | None, name: str) -> bool:
    """Whether something that was written means a name."""
    return written is not None and (written == name or one_name(written) == one_name(name))


def _forms(text: str) -> tuple[str, str, str]:
    return unicodedata.normalize("NFC", text), text, unicodedata.normalize("NFD", text)


def _fits(name: str) -> bool:
    return len(name.encode()) <= _MOST
