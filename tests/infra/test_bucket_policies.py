"""What the buckets refuse whoever asks: moto lets all of it pass."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from infra.package import document

RESOURCES = document()["Resources"]
# A condition's operators as IAM has them: what is not told equals nothing.
_HOLDS: Mapping[str, Callable[[Any, str | None], bool]] = {
    "Bool": lambda wanted, told: told == wanted,
    "Null": lambda wanted, told: (told is None) == (wanted == "true"),
    "StringEquals": lambda wanted, told: told in wanted,
    "StringNotEquals": lambda wanted, told: told not in wanted,
}
_HTTPS = {"aws:SecureTransport": "true"}


@pytest.mark.parametrize(
    "wish",
    [
        {"s3:x-amz-server-side-encryption": "aws:kms"},
        {"s3:x-amz-server-side-encryption": "aws:kms:dsse"},
        {"s3:x-amz-server-side-encryption-customer-algorithm": "AES256"},
        {"s3:x-amz-storage-class": "GLACIER"},
        {"s3:x-amz-storage-class": "DEEP_ARCHIVE"},
    ],
)
def test_an_upload_that_no_function_could_read_is_refused_at_the_door(wish: dict[str, str]) -> None:
    """Its key could never be taken in again: a record is made of all versions of its key.

    https://docs.aws.amazon.com/AmazonS3/latest/userguide/ServerSideEncryptionCustomerKeys.html
    """
    assert refusals("InboxBucketPolicy", wish)


@pytest.mark.parametrize(
    "wish",
    [
        {},
        {"s3:x-amz-server-side-encryption": "AES256"},
        {"s3:x-amz-storage-class": "STANDARD"},
        {"s3:x-amz-storage-class": "GLACIER_IR"},
    ],
)
def test_any_other_upload_is_taken(wish: dict[str, str]) -> None:
    assert not refusals("InboxBucketPolicy", wish)


def test_a_record_is_replaced_by_who_says_what_it_replaces_alone() -> None:
    assert refusals("StateBucketPolicy", {}) == ["RecordsAreNeverOverwrittenBlindly"]
    assert not refusals("StateBucketPolicy", {"s3:if-match": '"etag"'})
    assert not refusals("StateBucketPolicy", {"s3:if-none-match": "*"})


def refusals(policy: str, told: Mapping[str, str]) -> list[str]:
    """The statements that deny a PUT, by HTTPS, of which S3 is told this."""
    statements = RESOURCES[policy]["Properties"]["PolicyDocument"]["Statement"]
    return [
        each["Sid"]
        for each in statements
        if each["Effect"] == "Deny" and each["Action"] in {"s3:*", "s3:PutObject"} and _holds(each, {**_HTTPS, **told})
    ]


def _holds(statement: Mapping[str, Any], told: Mapping[str, str]) -> bool:
    return all(
        _HOLDS[name](wanted if name in {"Bool", "Null"} or isinstance(wanted, list) else [wanted], told.get(key))
        for name, keys in statement["Condition"].items()
        for key, wanted in keys.items()
    )
