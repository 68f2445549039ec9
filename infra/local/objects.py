"""Objects, items and messages of moto, to and from what the journal keeps. Tags and access lists are not kept."""

import json
from collections.abc import Iterator, Mapping
from types import SimpleNamespace
from typing import Any, cast

from moto.core.utils import unix_time_millis
from moto.dynamodb.models import dynamodb_backends
from moto.dynamodb.models.dynamo_type import DynamoType
from moto.dynamodb.models.table import Table as MotoTable
from moto.s3.models import FakeDeleteMarker, FakeKey
from moto.sqs.models import MAXIMUM_MESSAGE_DELAY

from infra.local.journal import StoredItem, StoredMessage, StoredVersion
from infra.local.resources import ACCOUNT, REGION
from infra.local.s3_backend import PressS3, Version
from infra.local.sqs_backend import PressSqs

_KEPT = (
    "website_redirect_location",
    "checksum_algorithm",
    "checksum_value",
    "checksum_type",
    "checksum_parts",
    "encryption",
)


def stored_version(bucket: str, version: Version) -> StoredVersion:
    """The version as a row of the journal."""
    moment = version.last_modified
    if isinstance(version, FakeDeleteMarker):
        return StoredVersion(bucket, version.name, version.version_id, moment, None, {}, b"")
    headers = {"metadata": dict(version.metadata), **{each: getattr(version, each) for each in _KEPT}}
    etag = version.etag.strip('"')
    return StoredVersion(bucket, version.name, version.version_id, moment, etag, headers, version.value)


def restore_version(backend: PressS3, stored: StoredVersion) -> None:
    """Puts the version behind those that its key already has, with its old id, ETag and time."""
    bucket = backend.get_bucket(stored.bucket)
    version: Version
    if stored.etag is None:
        before = bucket.keys.get(stored.key) or SimpleNamespace(name=stored.key)
        version = FakeDeleteMarker(cast("FakeKey", before))
        version._version_id = stored.version_id  # noqa: SLF001 - moto offers no other way
    else:
        version = FakeKey(
            name=stored.key,
            bucket_name=stored.bucket,
            value=stored.body,
            account_id=backend.account_id,
            region_name=backend.region_name,
            etag=stored.etag,
            is_versioned=bucket.is_versioned,
            version_id=stored.version_id,
        )
        version.set_metadata(dict(stored.headers["metadata"]))
        for each in _KEPT:
            setattr(version, each, stored.headers[each])
    version.last_modified = stored.last_modified
    bucket.keys[stored.key] = version


def touched_items(target: str, body: bytes) -> Iterator[StoredItem]:
    """The items that a DynamoDB request may have written, as they are now. `target` is its X-Amz-Target header."""
    operation = target.rpartition(".")[2]
    request = json.loads(body) if operation in _TOUCHED else {}
    for table_name, key_or_item in _TOUCHED.get(operation, lambda _: ())(request):
        table = moto_table(table_name)
        key = {name: key_or_item[name] for name in (table.hash_key_attr, table.range_key_attr) if name}
        hash_key, range_key = (*[DynamoType(each) for each in key.values()], None)[:2]
        found = table.get_item(hash_key, range_key) if hash_key else None
        yield StoredItem(table.name, key, found.to_json()["Attributes"] if found else None)


def restore_item(stored: StoredItem) -> None:
    if stored.item is not None:
        moto_table(stored.table).put_item(dict(stored.item), overwrite=True)


def restore_message(backend: PressSqs, stored: StoredMessage) -> None:
    """Sends again what an earlier run was not done with; what is for a queue that is no more is let go."""
    if stored.queue in backend.queues:
        left = int(stored.due - unix_time_millis()) // 1000
        backend.send_message(
            stored.queue,
            stored.body,
            delay_seconds=min(max(0, left), MAXIMUM_MESSAGE_DELAY),
            deduplication_id=stored.deduplication,
            group_id=stored.group,
        )


def moto_table(name: str) -> MotoTable:
    table: MotoTable = dynamodb_backends[ACCOUNT][REGION].get_table(name)
    return table


_Touched = Iterator[tuple[str, Mapping[str, Any]]]


def _of_one(request: Mapping[str, Any]) -> _Touched:
    yield request["TableName"], request.get("Key") or request["Item"]


def _of_batch(request: Mapping[str, Any]) -> _Touched:
    for table, writes in request["RequestItems"].items():
        for write in writes:
            ((_, each),) = write.items()
            yield table, each.get("Key") or each["Item"]


def _of_transaction(request: Mapping[str, Any]) -> _Touched:
    for action in request["TransactItems"]:
        yield from _of_one(next(iter(action.values())))


_TOUCHED = {
    "PutItem": _of_one,
    "UpdateItem": _of_one,
    "DeleteItem": _of_one,
    "BatchWriteItem": _of_batch,
    "TransactWriteItems": _of_transaction,
}
