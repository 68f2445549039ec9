"""The desk that reads uploads: made once for each newsroom's settings."""

from functools import lru_cache

from functions.bootstrap.files import template_files
from functions.core.dates import parse_dates
from functions.core.desk import Desk
from functions.core.mistakes import parse_phrases
from functions.core.receipt_page import ReceiptPages, parse_receipt_words
from functions.core.settings import Settings

_WARM = 4
_COMPILED = "compiled/"


@lru_cache(maxsize=_WARM)
def desk_of(settings: Settings) -> Desk:
    """The desk of a newsroom, told of mistakes in its own language."""
    files, newsroom = template_files(), settings.newsroom
    phrases = parse_phrases(files[f"locales/problems.{newsroom.language}.toml"])
    receipts = ReceiptPages(
        newsroom=newsroom.name,
        zone=newsroom.zone,
        dates=parse_dates(files[f"locales/{newsroom.language}.toml"]),
        words=parse_receipt_words(files[f"locales/receipts.{newsroom.language}.toml"]),
        fields=phrases.field,
        template=files["desk/receipt.html"].decode(),
        compiled={name.removeprefix(_COMPILED): body for name, body in files.items() if name.startswith(_COMPILED)},
    )
    return Desk(settings, phrases, receipts)
