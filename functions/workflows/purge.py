"""Purge: what no reader may see any longer is taken out of the CDN's caches at once."""

from functions.core import keys
from functions.core.places import encoded
from functions.core.record import Record
from functions.workflows.ports import Press


def purge(press: Press, record: Record) -> None:
    """Forget the pages of an article that has been taken off or corrected; of one taken off, its pictures too.

    All else is fresh within minutes by itself, and a purge has its price.
    """
    if press.cdn is None or not record.owned_paths:
        return
    if record.state != "live":
        press.cdn.purge([*map(_all_below, record.owned_paths), _all_below(f"/{keys.image_prefix(record.id)}")])
    elif record.path and record.article and record.article.corrections:
        press.cdn.purge([_all_below(record.path)])


def _all_below(path: str) -> str:
    """A path as CloudFront takes it, with whatever is cached under the key that a function has made of it."""
    return f"{encoded(path)}*"
