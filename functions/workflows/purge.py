"""Purge: what no reader may see any longer is taken out of the CDN's caches at once."""

from functions.core import keys
from functions.core.places import encoded
from functions.core.record import Record
from functions.workflows.ports import Press


def purge(press: Press, record: Record) -> None:
    """Forget the pages of an article that has been taken off or corrected; of one taken off, its pictures too.

    All else is fresh within minutes by itself, and a purge has its price. CloudFront takes 15 paths with a star at a
    time, and 3,000 without: pages are named, under both keys that a function makes of an address.
    """
    if press.cdn is None or not record.owned_paths:
        return
    if record.state != "live":
        pictures = f"/{keys.image_prefix(record.id)}*"
        press.cdn.purge([*(each for path in record.owned_paths for each in _page_at(path)), pictures])
    elif record.path and record.article and record.article.corrections:
        press.cdn.purge(_page_at(record.path))


def _page_at(path: str) -> tuple[str, ...]:
    """The paths under which CloudFront may hold the page of a site path: as readers ask for it, and as S3 is asked."""
    return tuple(dict.fromkeys((encoded(path), encoded(f"/{keys.site_key(path)}"))))
