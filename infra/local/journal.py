"""The memory of the press between two runs: every S3 version and every DynamoDB item, in one SQLite file.

A request is answered only after its rows are committed. The write-ahead log survives kill -9; messages in queues do
not: the full reconcile that follows each start makes up for them.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from infra.local.errors import PressError

FILE = "press.sqlite"
_SCHEMA = """
PRAGMA journal_mode = WAL;
PRAGMA synchronous = NORMAL;
CREATE TABLE IF NOT EXISTS version (
    position INTEGER PRIMARY KEY,   -- the order of the writes
    bucket TEXT NOT NULL, key TEXT NOT NULL, version_id TEXT NOT NULL,
    last_modified TEXT NOT NULL, etag TEXT,  -- NULL: a delete marker
    headers TEXT NOT NULL, body BLOB NOT NULL,
    UNIQUE (bucket, key, version_id)
);
CREATE TABLE IF NOT EXISTS item (
    table_name TEXT NOT NULL, key TEXT NOT NULL, item TEXT NOT NULL,
    PRIMARY KEY (table_name, key)
) WITHOUT ROWID;
"""


class StoredVersion(NamedTuple):
    """One version of an object as it is kept; `etag` is None for a delete marker, else without quotes."""

    bucket: str
    key: str
    version_id: str
    last_modified: datetime
    etag: str | None
    headers: Mapping[str, Any]
    body: bytes


class StoredItem(NamedTuple):
    """One DynamoDB item: its key and, unless it is gone, all of it, both in DynamoDB's JSON."""

    table: str
    key: Mapping[str, Any]
    item: Mapping[str, Any] | None


class Journal:
    """The SQLite file of a data folder. Its user holds a lock: it is not safe between threads by itself."""

    def __init__(self, folder: Path) -> None:
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._database = sqlite3.connect(folder / FILE, check_same_thread=False, isolation_level=None)
            self._database.executescript(_SCHEMA)
        except (OSError, sqlite3.Error) as error:
            raise PressError(f"The data folder {folder} cannot be used: {error}") from error

    def close(self) -> None:
        self._database.close()

    def write(
        self,
        kept: Iterable[StoredVersion] = (),
        removed: Iterable[tuple[str, str, str]] = (),
        items: Iterable[StoredItem] = (),
    ) -> None:
        """All of one request, or nothing; `removed` are (bucket, key, version id)."""
        run = self._database.execute
        run("BEGIN")
        try:
            for each in removed:
                run("DELETE FROM version WHERE bucket = ? AND key = ? AND version_id = ?", each)
            for version in kept:
                run(
                    "INSERT OR REPLACE INTO version (bucket, key, version_id, last_modified, etag, headers, body)"
                    " VALUES (?, ?, ?, ?, ?, ?, ?)",
                    (
                        *version[:3],
                        version.last_modified.isoformat(),
                        version.etag,
                        json.dumps(dict(version.headers)),
                        version.body,
                    ),
                )
            for item in items:
                key = json.dumps(item.key, sort_keys=True)
                run("DELETE FROM item WHERE table_name = ? AND key = ?", (item.table, key))
                if item.item is not None:
                    run("INSERT INTO item VALUES (?, ?, ?)", (item.table, key, json.dumps(item.item)))
        except BaseException:
            run("ROLLBACK")
            raise
        run("COMMIT")

    def versions(self) -> Iterator[StoredVersion]:
        """Every version kept, in the order of the writes."""
        rows = self._database.execute(
            "SELECT bucket, key, version_id, last_modified, etag, headers, body FROM version ORDER BY position"
        )
        for bucket, key, version_id, last_modified, etag, headers, body in rows:
            moment = datetime.fromisoformat(last_modified)
            yield StoredVersion(bucket, key, version_id, moment, etag, json.loads(headers), body)

    def items(self) -> Iterator[StoredItem]:
        for table, key, item in self._database.execute("SELECT table_name, key, item FROM item"):
            yield StoredItem(table, json.loads(key), json.loads(item))
