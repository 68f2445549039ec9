"""The events that S3 sends about a bucket, in the shape that AWS documents and moto does not keep.

Source: the S3 User Guide, "Event message structure" (event version 2.1).
"""

import itertools
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from fnmatch import fnmatchcase
from typing import Any
from urllib.parse import quote_plus

from moto.s3.models import FakeKey

from infra.local.resources import ACCOUNT, REGION, Bucket
from infra.local.s3_backend import ObjectChange

_sequence = itertools.count(time.time_ns())


def queues_to_notify(bucket: Bucket, change: ObjectChange) -> Iterator[str]:
    """The logical ids of the queues that the bucket's configuration names for this change."""
    for notification in bucket.notifications:
        if fnmatchcase(f"s3:{change.event}", notification.event):
            yield notification.queue


def s3_event(bucket: Bucket, change: ObjectChange) -> dict[str, Any]:
    """The message: one record, its key encoded as in a form except for the slash."""
    version = change.version
    now = datetime.now(UTC)
    about: dict[str, Any] = {"key": quote_plus(version.name, safe="/*")}
    if isinstance(version, FakeKey) and not change.removed:
        about |= {"size": version.size, "eTag": version.etag.strip('"')}
    if bucket.versioned:
        about["versionId"] = version.version_id
    about["sequencer"] = f"{next(_sequence):016X}"
    return {
        "Records": [
            {
                "eventVersion": "2.1",
                "eventSource": "aws:s3",
                "awsRegion": REGION,
                "eventTime": now.strftime("%Y-%m-%dT%H:%M:%S.") + f"{now.microsecond // 1000:03d}Z",
                "eventName": change.event,
                "userIdentity": {"principalId": f"AWS:{ACCOUNT}"},
                "requestParameters": {"sourceIPAddress": "127.0.0.1"},
                "responseElements": {"x-amz-request-id": f"{now.timestamp():.6f}", "x-amz-id-2": "local"},
                "s3": {
                    "s3SchemaVersion": "1.0",
                    "configurationId": bucket.id,
                    "bucket": {
                        "name": bucket.name,
                        "ownerIdentity": {"principalId": ACCOUNT},
                        "arn": bucket.arn,
                    },
                    "object": about,
                },
            }
        ]
    }
