"""Images inside a document, each named by its content."""

import hashlib

from functions.core.formats.archive import unpack

_MEDIA = "word/media/"


def images_in(body: bytes) -> dict[str, bytes]:
    """Every image inside a document, by its name; Unreadable if its archive is."""
    return {name_of(content): content for part, content in unpack(body).items() if part.startswith(_MEDIA)}


def name_of(content: bytes) -> str:
    """An image's name, without a suffix."""
    return hashlib.sha256(content).hexdigest()[:32]
