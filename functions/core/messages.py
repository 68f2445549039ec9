"""The messages of our queues. They are hints: all that is taken from one is a name, and what the log says of it."""

import json
from collections.abc import Iterator
from urllib.parse import unquote_plus


def keys_of(body: str) -> Iterator[str]:
    """The inbox keys that a message of the ingest queue names.

    Either an S3 event notification, whose keys are URL-encoded (s3:TestEvent names none), or our own `{"key": ...}`.
    https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html
    """
    message = json.loads(body)
    if "key" in message:
        yield message["key"]
    for record in message.get("Records", ()):
        yield unquote_plus(record["s3"]["object"]["key"])


def group_of(body: str) -> str:
    """The group that a message of the render queue names."""
    return str(json.loads(body)["group"])


def ver_of(body: str) -> str:
    """The version of an upload for which a message of the render queue was sent; empty where it was for no one's."""
    return str(json.loads(body).get("nonce", "")).partition("~")[2]
