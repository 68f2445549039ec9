"""A page: rendered bytes with their key and headers."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from functions.core.objects import etag_of

HTML = "text/html; charset=utf-8"
_CACHE_CONTROL = {
    "moments": "public, max-age=0, s-maxage=60, stale-while-revalidate=60",
    "immutable": "public, max-age=31536000, immutable",
    "private": "private, no-store",
}


@dataclass(frozen=True, slots=True)
class Page:
    """One object of the site bucket. `freshness` is a kind of the table above."""

    key: str
    body: bytes
    content_type: str = HTML
    freshness: str = "moments"
    metadata: Mapping[str, str] = field(default_factory=dict)

    @property
    def cache_control(self) -> str:
        """The Cache-Control header (RFC 9111) of this kind of page."""
        return _CACHE_CONTROL[self.freshness]

    @property
    def etag(self) -> str:
        """The ETag that S3 will give these bytes: the quoted MD5 of a single-part upload."""
        return etag_of(self.body)
