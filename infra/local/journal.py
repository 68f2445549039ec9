"""The memory of the press between two runs: S3's versions, DynamoDB's items and SQS's messages, in one SQLite file.

A request is answered only after its rows are committed. The write-ahead log survives kill -9.
"""

import json
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
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
CREATE TABLE IF NOT EXISTS message (
    id TEXT NOT NULL UNIQUE, queue TEXT NOT NULL, body TEXT NOT NULL,
    group_id TEXT, deduplication_id TEXT, due REAL NOT NULL  -- Unix milliseconds
);
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


class StoredMessage(NamedTuple):
    """A message that is in a queue, in hand or not; `due` is when it may be received, in Unix milliseconds."""

    id: str
    queue: str
    body: str
    group: str | None
    deduplication: str | None
    due: float


class _Request(NamedTuple):
    kept: Iterable[StoredVersion]
    removed: Iterable[tuple[str, str, str]]
    items: Iterable[StoredItem]


class Journal:
    """The SQLite file of a data folder."""

    def __init__(self, folder: Path) -> None:
        self._unwritten: list[_Request] = []
        self._alone = threading.Lock()
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._database = sqlite3.connect(folder / FILE, check_same_thread=False, isolation_level=None)
            self._database.executescript(_SCHEMA)
        except (OSError, sqlite3.OperationalError) as error:
            raise PressError(f"The data folder {folder} cannot be used: {error}") from error
        except sqlite3.DatabaseError as error:
            raise PressError(
                f"{folder / FILE} is damaged: {error}. Put a copy of it back. Or remove it: the site is made anew from"
                " the files of the inbox, but their older versions and all subscribers are lost."
            ) from error

    def close(self) -> None:
        with suppress(sqlite3.Error):  # a disk that is still full
            self.write()
        self._database.close()

    def write(
        self,
        kept: Iterable[StoredVersion] = (),
        removed: Iterable[tuple[str, str, str]] = (),
        items: Iterable[StoredItem] = (),
    ) -> None:
        """All of one request, or nothing; `removed` are (bucket, key, version id).

        What cannot be written, as the disk is full, is written with the next request: moto has it already.
        """
        with self._alone:
            self._unwritten.append(_Request(tuple(kept), tuple(removed), tuple(items)))
            try:
                self._database.execute("BEGIN")
                for request in self._unwritten:
                    self._write(request)
                self._database.execute("COMMIT")
            except BaseException as error:
                if self._database.in_transaction:
                    self._database.execute("ROLLBACK")
                if not isinstance(error, sqlite3.OperationalError):
                    self._unwritten.pop()  # it would never be written, and hold up all that follow
                raise
            self._unwritten.clear()

    def _write(self, request: _Request) -> None:
        run = self._database.execute
        for each in request.removed:
            run("DELETE FROM version WHERE bucket = ? AND key = ? AND version_id = ?", each)
        for version in request.kept:
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
        for item in request.items:
            key = json.dumps(item.key, sort_keys=True)
            run("DELETE FROM item WHERE table_name = ? AND key = ?", (item.table, key))
            if item.item is not None:
                run("INSERT INTO item VALUES (?, ?, ?)", (item.table, key, json.dumps(item.item)))

    def keep(self, message: StoredMessage) -> None:
        """A message was sent. One that cannot be written is lost if the press is killed; the reconcile finds most."""
        with self._alone, suppress(sqlite3.Error):
            self._database.execute("INSERT OR REPLACE INTO message VALUES (?, ?, ?, ?, ?, ?)", message)

    def drop(self, message_id: str) -> None:
        """A message is done with. One that cannot be taken out comes again after the next start, as SQS may do too."""
        with self._alone, suppress(sqlite3.Error):
            self._database.execute("DELETE FROM message WHERE id = ?", (message_id,))

    def messages(self) -> list[StoredMessage]:
        """Every message that is not done with, in the order of sending."""
        rows = self._database.execute(
            "SELECT id, queue, body, group_id, deduplication_id, due FROM message ORDER BY rowid"
        )
        return [StoredMessage(*row) for row in rows]

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
