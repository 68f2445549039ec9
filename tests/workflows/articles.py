"""Article files for tests, from a few words."""

from io import BytesIO

from PIL import Image


def article(title: str = "Al Omrane investit", *, body: str = "Un texte.", **fields: str) -> str:
    """The text of a valid article file; `fields` are header lines, a value of "" leaves a field out."""
    header = {"title": title, "category": "economie", "date": "2024-03-29", **fields}
    lines = [f'{name}: "{value}"' for name, value in header.items() if value]
    return "\n".join(["---", *lines, "---", "", body, ""])


def with_lead(file: str = "photo.jpg", **fields: str) -> str:
    """An article that shows an image."""
    text = article(**fields)
    return text.replace("---\n\n", f"image:\n  file: {file}\n  alt: Une vue\n---\n\n", 1)


def jpeg(width: int = 640, height: int = 360, colour: str = "teal") -> bytes:
    """A small photograph."""
    buffer = BytesIO()
    Image.new("RGB", (width, height), colour).save(buffer, "JPEG")
    return buffer.getvalue()
