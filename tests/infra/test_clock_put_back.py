"""The clock of the local press's machine is put back, as by a time server."""

from datetime import timedelta

import boto3
import pytest
from moto.core.utils import utcnow

from functions.adapters.s3 import S3Inbox

INBOX, KEY = "rotative-inbox", "articles/a.md"


@pytest.mark.usefixtures("cloud")
def test_what_was_uploaded_last_is_the_newest_version_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    s3 = boto3.client("s3")
    monkeypatch.setattr("moto.s3.models.utcnow", lambda: utcnow() + timedelta(days=1))
    written = [s3.put_object(Bucket=INBOX, Key=KEY, Body=b"1")["VersionId"]]
    monkeypatch.undo()
    written.append(s3.put_object(Bucket=INBOX, Key=KEY, Body=b"2")["VersionId"])
    assert [version.ver for version in S3Inbox(s3, INBOX).versions(KEY)] == written[::-1]
    s3.delete_object(Bucket=INBOX, Key=KEY)
    assert S3Inbox(s3, INBOX).versions(KEY)[0].deleted
