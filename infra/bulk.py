"""Bulk: a whole inbox read and a whole site written, with as little work a request as there can be.

A rebuild makes two requests for each article; botocore needs longer to make one than the press to print the page.
"""

import os
from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

import boto3
from botocore.config import Config
from obstore import get, put
from obstore.auth.boto3 import Boto3CredentialProvider
from obstore.exceptions import AlreadyExistsError, BaseError, PreconditionError
from obstore.store import S3Store

from functions.adapters.s3 import S3Inbox, S3Site, newest_first, versions_in
from functions.core import keys
from functions.core.errors import WriteConflict
from functions.core.files import kind_of, max_bytes
from functions.core.objects import Condition
from functions.core.page import Page
from functions.core.reading import Version
from functions.workflows.ports import Press

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client
    from obstore import PutMode

T = TypeVar("T")
R = TypeVar("R")
_AT_ONCE = 16


def in_bulk(press: Press) -> Press:
    """The press, with an inbox and a site for whoever wants all of them."""
    s3, inbox, site = client(), os.environ["INBOX_BUCKET"], os.environ["SITE_BUCKET"]
    return replace(press, inbox=BulkInbox(s3, inbox, store(inbox)), site=BulkSite(s3, site, store(site)))


def client() -> "S3Client":
    """A client of S3 with a connection for each item at a time: it would throw others away, and say so each time."""
    return boto3.client("s3", config=Config(max_pool_connections=_AT_ONCE))


def store(bucket: str) -> S3Store:
    """A bucket, in the region, at the endpoint and with the credentials that boto3 would take."""
    session = boto3.Session()
    endpoint = session.client("s3").meta.endpoint_url
    return S3Store(
        bucket,
        endpoint=endpoint,
        region=session.region_name or "us-east-1",
        conditional_put="etag",
        credential_provider=Boto3CredentialProvider(session),
        client_options={"allow_http": endpoint.startswith("http://")},
    )


def at_once(do: Callable[[T], R], items: Iterable[T]) -> Iterator[R]:
    """Do something with several items at a time, few of which wait; the results in the order of the items."""
    waiting: deque[Future[R]] = deque()
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        for item in items:
            waiting.append(pool.submit(do, item))
            if len(waiting) > _AT_ONCE:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


class BulkInbox(S3Inbox):
    """The inbox for whoever reads every version once, in the order of the keys: as it was when `keys` was asked."""

    def __init__(self, client: "S3Client", name: str, bucket: S3Store) -> None:
        super().__init__(client, name)
        self._bucket = bucket
        self._known: dict[str, Sequence[Version]] = {}
        self._coming: deque[tuple[str, str]] = deque()
        self._ahead: dict[tuple[str, str], Future[bytes]] = {}
        self._pool = ThreadPoolExecutor(_AT_ONCE)

    def keys(self, prefix: str = "", after: str = "") -> Iterator[tuple[str, str]]:
        """As an inbox has it. All versions are listed, a thousand a request, before the first key is told."""
        self._known = {key: found for key, found in self._walk(prefix) if key > after}
        articles = [key for key in self._known if keys.is_natural(key) and kind_of(key) == "article"]
        self._coming.extend((key, each.ver) for key in articles for each in self._known[key] if not each.deleted)
        return ((key, versions[0].ver) for key, versions in self._known.items())

    def versions(self, key: str) -> Sequence[Version]:
        """As an inbox has it."""
        return self._known.get(key) or super().versions(key)

    def read(self, key: str, ver: str, most: int) -> bytes:
        """As an inbox has it. The articles that follow are read meanwhile."""
        if kind_of(key) != "article":
            return super().read(key, ver, most)
        while self._coming and len(self._ahead) < _AT_ONCE:
            coming = self._coming.popleft()
            self._ahead[coming] = self._pool.submit(self._read, *coming)
        known = self._ahead.pop((key, ver), None)
        return (known.result() if known else self._read(key, ver))[:most]

    def _read(self, key: str, ver: str) -> bytes:
        most = max_bytes(key) + 1
        try:
            return bytes(get(self._bucket, key, options={"version": ver, "range": (0, most)}).bytes())
        except (BaseError, ValueError):
            return super().read(key, ver, most)  # whose errors have names; and an empty object has no range

    def _walk(self, prefix: str) -> Iterator[tuple[str, Sequence[Version]]]:
        found: defaultdict[str, list[Version]] = defaultdict(list)
        for page in self._pages(Prefix=prefix):
            for key, version in versions_in(page):
                found[key].append(version)
        for key in sorted(found, key=str.encode):
            yield key, newest_first(found[key]) or super().versions(key)


class BulkSite(S3Site):
    """The site for whoever writes a whole one."""

    def __init__(self, client: "S3Client", name: str, bucket: S3Store) -> None:
        super().__init__(client, name)
        self._bucket = bucket

    def put(self, page: Page, condition: Condition) -> None:
        """Write a page with its headers."""
        headers = {"Content-Type": page.content_type, "Cache-Control": page.cache_control, **page.metadata}
        mode: PutMode = "create" if condition.etag is None else {"e_tag": condition.etag}
        try:
            put(self._bucket, page.key, page.body, attributes=headers, mode=mode, use_multipart=False)
        except (AlreadyExistsError, PreconditionError) as error:
            raise WriteConflict(page.key) from error
        except (BaseError, ValueError):
            super().put(page, condition)  # whose errors have names
