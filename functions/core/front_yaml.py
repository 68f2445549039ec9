"""Reading front.yaml: the pins that it says, and what is wrong with it."""

from zoneinfo import ZoneInfo

from functions.core.errors import UploadRejected
from functions.core.header.form import Form, Names
from functions.core.header.front_matter import load
from functions.core.header.mending import FIRST_LINE
from functions.core.header.references import read_ids
from functions.core.mistakes import Mistake, Phrases
from functions.core.pins import Pins

MAX_BYTES = 64 * 1024
_NAMES = Names({name: name for name in ("pinned", "until")}, {"epingles": "pinned", "une": "pinned"})


def parse_pins(text: str, zone: ZoneInfo) -> tuple[Pins, list[Mistake]]:
    """The pins of a front.yaml, and all that is wrong with it; lines count from 1."""
    mistakes: list[Mistake] = []
    tree = load(text, mistakes) if text.strip() else None
    if tree is None:
        return Pins(), [_from_top(mistake) for mistake in mistakes]
    form = Form(tree, _NAMES, mistakes)
    pins = Pins(pinned=read_ids(form, "pinned"), until=form.instant("until", zone))
    return pins, [_from_top(mistake) for mistake in mistakes]


def decode_pins(body: bytes, zone: ZoneInfo, phrases: Phrases) -> str:
    """The text of a front.yaml that can be used. Raises UploadRejected with every problem."""
    try:
        text = body[:MAX_BYTES].decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = body.count(b"\n", 0, error.start) + 1
        raise UploadRejected(phrases.put([Mistake("not_utf8", line=line)])) from error
    too_long = [Mistake("header_too_long", line=1, limit=MAX_BYTES // 1024)] if len(body) > MAX_BYTES else []
    if mistakes := [*too_long, *parse_pins(text, zone)[1]]:
        raise UploadRejected(phrases.put(mistakes))
    return text


def _from_top(mistake: Mistake) -> Mistake:
    """The parser counts lines as in an article, where a fence stands above them."""
    return mistake._replace(line=mistake.line - FIRST_LINE + 1) if mistake.line else mistake
