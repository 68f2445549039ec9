"""Purge: what no reader may see any longer is taken out of the CDN's caches at once."""

from datetime import timedelta

from functions.core import keys
from functions.core.places import encoded
from functions.core.record import Record
from functions.workflows.now import as_of
from functions.workflows.ports import Press

_OWED = timedelta(days=14)  # as long as queues keep a message


def purge(press: Press, record: Record, *, dropped: bool) -> None:
    """Forget the pages of an article that has been taken off or corrected; of one taken off, its pictures too.

    Once for each version, and whenever pictures have gone (`dropped`). A note says that it was done: CloudFront may put
    a purge off for longer than a message is tried again, and by then every page is right.

    All else is fresh within minutes by itself, and a purge has its price. CloudFront takes 15 paths with a star at a
    time, and 3,000 without: pages are named, under both keys that a function makes of an address.
    https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/InvalidationLimits.html
    """
    if press.cdn is None or not (paths := _paths(record)):
        return
    note, told = purged_key(record.id), f"{_version(record)} {record.state}".encode()
    if (dropped and record.state != "live") or _is_owed(press, record, note, told):
        press.cdn.purge(paths)
        press.state.put(note, told)


def purged_key(upload_id: str) -> str:
    """The note of which version the CDN was told last."""
    return keys.document("purged", upload_id)


def _paths(record: Record) -> list[str]:
    if not record.owned_paths:
        return []
    if record.state != "live":
        pictures = f"/{keys.image_prefix(record.id)}*"
        return [*(each for path in record.owned_paths for each in _page_at(path)), pictures]
    return [*_page_at(record.path)] if record.path and record.article and record.article.corrections else []


def _is_owed(press: Press, record: Record, note: str, told: bytes) -> bool:
    """Whether it is not long since the version came, and nobody has noted that the CDN was told of it."""
    came = next((reading.at for reading in record.history if reading.ver == _version(record)), None)
    now = as_of(press)
    if came and now and now - came > _OWED:
        return False
    stored = press.state.get(note)
    return stored is None or stored.body != told


def _version(record: Record) -> str:
    return record.live_ver or record.ver


def _page_at(path: str) -> tuple[str, ...]:
    """The paths under which CloudFront may hold the page of a site path: as readers ask for it, and as S3 is asked."""
    return tuple(dict.fromkeys((encoded(path), encoded(f"/{keys.site_key(path)}"))))
