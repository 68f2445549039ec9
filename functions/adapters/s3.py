"""Amazon S3: the inbox, the state bucket and the site bucket behind the workflows' ports."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, TypeVar

from botocore.exceptions import BotoCoreError, ClientError

from functions.core.errors import AccessRefused, StoreUnavailable, WriteConflict
from functions.core.objects import Condition, Listed, Stored
from functions.core.page import Page
from functions.core.reading import Version

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client
    from mypy_boto3_s3.type_defs import DeleteMarkerEntryTypeDef, ObjectVersionTypeDef

T = TypeVar("T")
R = TypeVar("R")

_CONFLICTS = frozenset({"PreconditionFailed", "ConditionalRequestConflict", "412", "409"})
_ABSENT = frozenset({"NoSuchKey", "404", "NotFound"})
PARALLEL = 16  # requests at once; a client with fewer connections would make new ones, and throw them away


def _ask(request: Callable[..., T], **parameters: Any) -> T | None:
    """The answer to a request; None when the key does not exist."""
    try:
        return request(**parameters)
    except ClientError as error:
        code = error.response["Error"]["Code"]
        if code in _ABSENT and "IfMatch" not in parameters:
            return None
        if code in _CONFLICTS or code in _ABSENT:
            raise WriteConflict(f"{parameters['Key']}: {code}") from error
        raise (AccessRefused if code == "AccessDenied" else StoreUnavailable)(str(error)) from error
    except BotoCoreError as error:
        raise StoreUnavailable(str(error)) from error


def _fetch(client: "S3Client", **parameters: Any) -> Stored | None:
    """An object, None when there is none; its body is part of the answer, and may break off."""

    def read(**asked: Any) -> Stored:
        answer = client.get_object(**asked)
        return Stored(answer["Body"].read(), answer["ETag"])

    return _ask(read, **parameters)


def _conditional(condition: Condition | None) -> dict[str, str]:
    """The headers of a conditional write (RFC 9110, section 13)."""
    if condition is None:
        return {}
    return {"IfNoneMatch": "*"} if condition.etag is None else {"IfMatch": condition.etag}


def _in_parallel(do: Callable[[T], R], items: Sequence[T]) -> list[R]:
    """Do something with every item at once. The threads end with the call: none survives into a frozen environment."""
    if len(items) < 2:
        return [do(item) for item in items]
    with ThreadPoolExecutor(min(PARALLEL, len(items))) as pool:
        return list(pool.map(do, items))


def newest_first(versions: Sequence[Version]) -> list[Version] | None:
    """All versions of a key in their order; None if one was deleted in the second in which it was uploaded.

    botocore tells versions and delete markers apart but not their order within a second; S3's pages do.
    """
    deletions = {version.at for version in versions if version.deleted}
    if any(version.at in deletions for version in versions if not version.deleted):
        return None
    return sorted(versions, key=lambda version: version.at, reverse=True)


def versions_in(page: Mapping[str, Any]) -> Iterator[tuple[str, Version]]:
    """The versions that a page of LIST tells of, each with its key."""
    for kind in ("Versions", "DeleteMarkers"):
        for found in page.get(kind, ()):
            yield found["Key"], Version(found["VersionId"], found["LastModified"], deleted=kind == "DeleteMarkers")


class _Bucket:
    def __init__(self, client: "S3Client", name: str) -> None:
        self._client = client
        self._name = name

    def delete(self, key: str, condition: Condition) -> None:
        """Delete what the condition describes; WriteConflict when it is something else, or gone."""
        _ask(self._client.delete_object, Bucket=self._name, Key=key, **_conditional(condition))

    def list(self, prefix: str, page_size: int = 1000) -> Iterator[Listed]:
        """The objects below a prefix in key order, a LIST request (of at most 1,000 keys) at a time."""
        for page in self._pages(Prefix=prefix, MaxKeys=page_size):
            for found in page.get("Contents", ()):
                yield Listed(found["Key"], found["ETag"], found["LastModified"])

    def _pages(self, **parameters: Any) -> Iterator[Any]:
        while True:
            page: Any = _ask(self._client.list_objects_v2, Bucket=self._name, **parameters)
            yield page
            if not page.get("IsTruncated"):
                return
            parameters["ContinuationToken"] = page["NextContinuationToken"]


class S3State(_Bucket):
    """The state bucket."""

    def get(self, key: str) -> Stored | None:
        """The object at a key, None when there is none."""
        return _fetch(self._client, Bucket=self._name, Key=key)

    def get_many(self, keys: Sequence[str]) -> Mapping[str, Stored | None]:
        """The objects at several keys, read at once, in the order of the keys."""
        return dict(zip(keys, _in_parallel(self.get, keys), strict=True))

    def put(self, key: str, body: bytes, condition: Condition | None = None) -> str:
        """Write an object; its ETag."""
        answer = _ask(self._client.put_object, Bucket=self._name, Key=key, Body=body, **_conditional(condition))
        if answer is None:
            raise StoreUnavailable(f"{key}: not written, and no reason given that we know")
        return answer["ETag"]

    def put_many(self, objects: Mapping[str, bytes]) -> None:
        """Write several objects at once."""
        _in_parallel(lambda item: self.put(*item), list(objects.items()))

    def values(self, prefix: str) -> Sequence[str]:
        """The distinct continuations of a prefix up to the next slash."""
        return [
            found["Prefix"].removeprefix(prefix).rstrip("/")
            for page in self._pages(Prefix=prefix, Delimiter="/")
            for found in page.get("CommonPrefixes", ())
        ]


class S3Site(_Bucket):
    """The site bucket."""

    def etags(self, keys: Sequence[str]) -> Mapping[str, str]:
        """The ETags of those of the keys that exist."""
        found = zip(keys, _in_parallel(self._etag, keys), strict=True)
        return {key: etag for key, etag in found if etag is not None}

    def _etag(self, key: str) -> str | None:
        answer = _ask(self._client.head_object, Bucket=self._name, Key=key)
        return answer["ETag"] if answer else None

    def put(self, page: Page, condition: Condition) -> None:
        """Write a page with its headers."""
        _ask(
            self._client.put_object,
            Bucket=self._name,
            Key=page.key,
            Body=page.body,
            ContentType=page.content_type,
            CacheControl=page.cache_control,
            Metadata=dict(page.metadata),
            **_conditional(condition),
        )


class S3Inbox:
    """The inbox: every version of every upload."""

    def __init__(self, client: "S3Client", name: str) -> None:
        self._client = client
        self._name = name

    def versions(self, key: str) -> Sequence[Version]:
        """All versions of exactly this key, newest first; empty when there never was one."""
        found = newest_first(list(self._versions(key)))
        return list(self._versions(key, MaxKeys=1)) if found is None else found

    def read(self, key: str, ver: str, most: int) -> bytes:
        """The first `most` bytes of one version."""
        parameters = {"Bucket": self._name, "Key": key, "VersionId": ver, "Range": f"bytes=0-{most - 1}"}
        try:
            found = _fetch(self._client, **parameters)
        except StoreUnavailable as error:
            if "InvalidRange" in str(error):  # the one range that an empty object cannot satisfy
                return b""
            raise
        if found is None:
            raise StoreUnavailable(f"version {ver} of {key} is listed but cannot be read")
        return found.body

    def erase(self, key: str) -> int:
        """Every version of exactly this key, for good; returns how many there were."""
        found = list(self._versions(key))
        for version in found:
            _ask(self._client.delete_object, Bucket=self._name, Key=key, VersionId=version.ver)
        return len(found)

    def keys(self, prefix: str = "", after: str = "") -> Iterator[tuple[str, str]]:
        """Every key with a prefix that has any version and comes after a key, with its newest version, in key order."""
        for page in self._pages(Prefix=prefix, **({"KeyMarker": after} if after else {})):
            found = (*page.get("Versions", ()), *page.get("DeleteMarkers", ()))
            yield from sorted((each["Key"], each["VersionId"]) for each in found if _is_newest(each, after))

    def _versions(self, key: str, **parameters: Any) -> Iterator[Version]:
        for page in self._pages(Prefix=key, **parameters):
            found = list(versions_in(page))
            yield from (version for name, version in found if name == key)
            if any(name != key for name, _ in found):  # LIST is in key order, so longer keys come after this one
                return

    def _pages(self, **parameters: Any) -> Iterator[Any]:
        while True:
            page: Any = _ask(self._client.list_object_versions, Bucket=self._name, **parameters)
            yield page
            if not page.get("IsTruncated"):
                return
            parameters["KeyMarker"] = page["NextKeyMarker"]
            parameters["VersionIdMarker"] = page["NextVersionIdMarker"]


def _is_newest(version: "ObjectVersionTypeDef | DeleteMarkerEntryTypeDef", after: str) -> bool:
    """Whether LIST shows the newest version of a key that comes after another; stores differ on the other itself."""
    return version["IsLatest"] and version["Key"] > after
