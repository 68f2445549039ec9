"""moto's S3, made fit for a press: listings that do not read the whole bucket, versions in the order of their writes,
and a note of what each request changed, for the journal and the event notifications.

What moto 5.2 does instead: every LIST sorts all keys of the bucket, every listing of versions deep-copies all objects
of the bucket and orders them by a clock of milliseconds, and notifications go out before the metadata is known.
"""

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterator
from dataclasses import dataclass
from types import ModuleType
from typing import Any

from moto.s3 import urls
from moto.s3.models import FakeBucket, FakeDeleteMarker, FakeKey, S3Backend
from moto.s3.utils import _VersionedKeyStore

Version = FakeKey | FakeDeleteMarker
_LAST = "\U0010ffff"


@dataclass(frozen=True)
class ObjectChange:
    """One version that a request made or removed. `event` is S3's name for it, without "s3:"."""

    bucket: str
    version: Version
    event: str

    @property
    def removed(self) -> bool:
        return self.event == "ObjectRemoved:Delete"


class SortedKeys(_VersionedKeyStore):
    """moto's store of a bucket's keys, which also keeps their names in order (that of their UTF-8 bytes, as in S3)."""

    def __init__(self) -> None:
        super().__init__()
        self._names: list[str] = []

    def pop(self, key: str) -> None:  # type: ignore[override] # moto's own signature
        super().pop(key)
        del self._names[bisect_left(self._names, key)]

    def __setitem__(self, key: str, value: Any) -> None:  # noqa: ANN401 - moto's own signature
        self._note(key)
        super().__setitem__(key, value)

    def setlist(self, key: str, list_: Any) -> None:  # noqa: ANN401 - moto's own signature
        self._note(key)
        super().setlist(key, list_)

    def _note(self, key: str) -> None:
        if key not in self:
            insort(self._names, key)

    def first(self, prefix: str, after: str) -> str | None:
        """The first name that starts with the prefix and sorts after `after` (any, if that is empty)."""
        index = max(bisect_left(self._names, prefix), bisect_right(self._names, after) if after else 0)
        name = self._names[index] if index < len(self._names) else None
        return name if name is not None and name.startswith(prefix) else None


class PressS3(S3Backend):
    """The S3 of the local press. `changes` collects what the current request did; the gate empties it."""

    def __init__(self, region_name: str, account_id: str) -> None:
        super().__init__(region_name, account_id)
        self.changes: list[ObjectChange] = []

    @property
    def _url_module(self) -> ModuleType:
        return urls

    def create_bucket(self, *args: Any, **kwargs: Any) -> FakeBucket:
        bucket = super().create_bucket(*args, **kwargs)
        bucket.keys = SortedKeys()
        return bucket

    def put_object(self, bucket_name: str, key_name: str, *args: Any, **kwargs: Any) -> FakeKey:
        key = super().put_object(bucket_name, key_name, *args, **kwargs)
        method = kwargs.get("request_method", "PUT")
        self._note(bucket_name, key, f"ObjectCreated:{method.title()}")
        return key

    def complete_multipart_upload(self, bucket_name: str, *args: Any, **kwargs: Any) -> FakeKey | None:
        key = super().complete_multipart_upload(bucket_name, *args, **kwargs)
        if key is not None:
            self._note(bucket_name, key, "ObjectCreated:CompleteMultipartUpload")
        return key

    def copy_object(
        self, src_key: FakeKey, dest_bucket_name: str, dest_key_name: str, *args: Any, **kwargs: Any
    ) -> None:
        super().copy_object(src_key, dest_bucket_name, dest_key_name, *args, **kwargs)
        self._note(dest_bucket_name, self.get_bucket(dest_bucket_name).keys[dest_key_name], "ObjectCreated:Copy")

    def delete_object(
        self,
        bucket_name: str,
        key_name: str,
        version_id: str | None = None,
        bypass: bool = False,  # noqa: FBT001, FBT002 - moto's own signature
    ) -> tuple[bool, dict[str, Any]]:
        before = list(self.get_bucket(bucket_name).keys.getlist(key_name, []))
        answer = super().delete_object(bucket_name, key_name, version_id, bypass)
        after = self.get_bucket(bucket_name).keys.getlist(key_name, [])
        for version in after[len(before) :]:
            self._note(bucket_name, version, "ObjectRemoved:DeleteMarkerCreated")
        for version in before:
            if version not in after:
                self._note(bucket_name, version, "ObjectRemoved:Delete")
        return answer

    def _note(self, bucket: str, version: Version, event: str) -> None:
        """The last word on a version wins: a multipart upload is first a put for moto.

        No version is older than the one before it, even if somebody has put this machine's clock back.
        """
        if event != "ObjectRemoved:Delete":
            for before in self.get_bucket(bucket).keys.getlist(version.name)[-2:-1]:
                version.last_modified = max(version.last_modified, before.last_modified)
        self.changes = [each for each in self.changes if each.version is not version]
        self.changes.append(ObjectChange(bucket, version, event))

    def list_objects(
        self, bucket: FakeBucket, prefix: str | None, delimiter: str | None, marker: str | None, max_keys: int | None
    ) -> tuple[Any, Any, bool, str | None]:
        after = self._pagination_tokens.get(marker or "", marker or "")
        found, truncated, token = self._page(bucket, prefix, delimiter, after, max_keys)
        keys = [each for each in found if isinstance(each, FakeKey)]
        return keys, [each for each in found if isinstance(each, str)], truncated, token

    def list_objects_v2(
        self,
        bucket: FakeBucket,
        prefix: str | None,
        delimiter: str | None,
        continuation_token: str | None,
        start_after: str | None,
        max_keys: int,
    ) -> tuple[Any, bool, str | None]:
        after = self._pagination_tokens.get(continuation_token or "", start_after or "")
        return self._page(bucket, prefix, delimiter, after, max_keys)

    def _page(
        self, bucket: FakeBucket, prefix: str | None, delimiter: str | None, after: str | None, max_keys: int | None
    ) -> tuple[Any, bool, str | None]:
        if max_keys == 0:
            return [], False, None
        found: list[FakeKey | str] = []
        for each in _entries(_keys(bucket), prefix or "", delimiter, after or ""):
            if len(found) == max_keys:
                page: tuple[Any, bool, str] = self._truncate_result([*found, each], max_keys)
                return page
            found.append(each)
        return found, False, None

    def list_object_versions(
        self,
        bucket_name: str,
        delimiter: str | None = None,
        key_marker: str | None = None,
        max_keys: int | None = 1000,
        prefix: str = "",
        version_id_marker: str | None = None,
    ) -> tuple[list[FakeKey], list[str], list[FakeDeleteMarker], str | None, str | None]:
        keys = _keys(self.get_bucket(bucket_name))
        if delimiter or max_keys == 0:
            return super().list_object_versions(bucket_name, delimiter, key_marker, max_keys, prefix, version_id_marker)
        page: list[Version] = []
        for version in _versions(keys, prefix or "", key_marker or "", version_id_marker):
            if len(page) == max_keys:
                return *_by_kind(page), page[-1].name, page[-1].version_id
            page.append(version)
        return *_by_kind(page), None, None


def _keys(bucket: FakeBucket) -> SortedKeys:
    keys = bucket.keys
    assert isinstance(keys, SortedKeys)  # noqa: S101 - create_bucket makes no other kind
    return keys


def _entries(keys: SortedKeys, prefix: str, delimiter: str | None, after: str) -> Iterator[FakeKey | str]:
    """The objects and, where a delimiter is given, the common prefixes, in order; delete markers left out."""
    name = keys.first(prefix, after)
    while name is not None:
        head, cut, _ = name[len(prefix) :].partition(delimiter) if delimiter else (name, "", "")
        folder = prefix + head + cut
        if cut and folder != after:
            yield folder
        version = keys[name]
        if not cut and isinstance(version, FakeKey):
            yield version
        name = keys.first(prefix, folder + _LAST if cut else name)


def _versions(keys: SortedKeys, prefix: str, key_marker: str, version_marker: str | None) -> Iterator[Version]:
    """All versions by name, newest first, from after the markers on; each learns whether it is the latest."""
    if version_marker is not None:
        ours = list(reversed(keys.getlist(key_marker, [])))
        ids = [each.version_id for each in ours]
        yield from ours[ids.index(version_marker) + 1 :] if version_marker in ids else []
    name = keys.first(prefix, key_marker)
    while name is not None:
        for position, version in enumerate(reversed(keys.getlist(name))):
            version.is_latest = position == 0
            yield version
        name = keys.first(prefix, name)


def _by_kind(page: list[Version]) -> tuple[list[FakeKey], list[str], list[FakeDeleteMarker]]:
    objects = [each for each in page if isinstance(each, FakeKey)]
    return objects, [], [each for each in page if isinstance(each, FakeDeleteMarker)]
