"""A folder as the editors' inbox: what is saved, renamed or deleted there is uploaded or deleted.

Keys are the files' names exactly as they are, with slashes. An object that came from the folder carries the metadata
`from: folder`; at the next start, only such objects are deleted when their file has gone, so that what was uploaded
by another way stays. What was erased from the press is not uploaded again: its folder is no way round the law.
"""

import os
import sqlite3
import threading
import time
from collections.abc import Callable, Container, Iterator
from os.path import samestat
from pathlib import Path
from typing import Any

import boto3
from botocore.exceptions import BotoCoreError, ClientError
from watchfiles import Change, watch

from functions.core import keys
from functions.core.files import kind_of
from functions.core.images import BadImage, inspect
from functions.core.objects import etag_of
from functions.core.unseen import spelled_out
from infra.scratch import is_scratch
from infra.walk import MAX_FILE, leads_inside

_TOP_FILES = (keys.SETTINGS_KEY, keys.PINS_KEY)
MARK = {"from": "folder"}
_STEP_MS = 25  # a change is uploaded once so long has passed without another
_GROUP_MS = 50  # or after this, however busy the folder is
_PAUSE = 0.5  # seconds without a change after which an image that cannot be read is not taken for half a copy
_RESUME = 1.0  # seconds after which the folder is watched again, where that broke off
# What may break it off: a name that is no UTF-8, too few watches, a press that cannot write, as its disk is full.
_TROUBLE = (OSError, RuntimeError, BotoCoreError, ClientError, sqlite3.Error)

Say = Callable[[str], None]


class InboxFolder:
    """Mirrors `folder` into a bucket; `say` gets one line for each file that cannot be taken.

    `state` is the bucket that holds the marks of what was erased.
    """

    def __init__(self, folder: Path, bucket: str, state: str, say: Say) -> None:
        self._root = folder.resolve()
        self._known = folder.stat()
        self._bucket = bucket
        self._state = state
        self._say = say
        self._s3 = boto3.client("s3")
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None
        self._newsroom: Path | None = None
        self._half: set[Path] = set()  # images that are still being copied, it seems
        self._one_at_a_time = threading.Lock()  # else an older look at a file might be uploaded over a newer one

    def sync_settings(self, newsroom: Path | None = None) -> None:
        """Uploads the files beside articles/ that differ from the bucket; `newsroom` in place of newsroom.toml."""
        self._newsroom = newsroom
        for name in _TOP_FILES:
            path = newsroom if newsroom and name == keys.SETTINGS_KEY else self._root / name
            if path.is_file():
                self._upload(name, path, self._etag(name), ())

    def backlog(self) -> int:
        """How many files below articles/ the bucket has no object for."""
        return len(dict(self._files(self._root / keys.ARTICLES)).keys() - self._keys(keys.ARTICLES).keys())

    def sync_articles(self) -> None:
        """Uploads what differs from the bucket, deletes what came from the folder and has gone."""
        there = self._keys(keys.ARTICLES)
        here = dict(self._files(self._root / keys.ARTICLES))
        erased = self._erased()
        for key, path in sorted(here.items()):
            if self._stopping.is_set():
                return
            with self._one_at_a_time:
                self._upload(key, path, there.get(key), erased)
        for key in sorted(set(there) - set(here)):
            with self._one_at_a_time:
                come = leads_inside(str(self._root), f"{self._root}/{key}")  # meanwhile
                if not come and self._is_ours(key):
                    self._delete(key)

    def start(self) -> None:
        """Watches the folder from now on."""
        self._thread = threading.Thread(target=self._run, name="inbox", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        self._stopping.set()
        if self._thread is not None:
            self._thread.join(1)

    def _run(self) -> None:
        """Follows the folder. Where that breaks off, all of it is looked through as soon as it is watched again."""
        broken = False
        while not self._stopping.is_set():
            try:
                for group in self._changes():
                    if not self._is_there():
                        raise FileNotFoundError(f"{self._root} was moved")
                    if broken:
                        self.sync_settings(self._newsroom)
                        self.sync_articles()
                        broken = False
                    half, self._half = self._half, set()
                    for path in sorted(half.union(Path(path) for _, path in group)):
                        with self._one_at_a_time:
                            self._follow(path)
            except _TROUBLE as error:
                if not broken:
                    self._say(f"the inbox folder cannot be followed ({error}): once it can, all of it is looked at")
                broken = True
                self._stopping.wait(_RESUME)

    def _changes(self) -> Iterator[set[tuple[Change, str]]]:
        """What has changed, some at a time; nothing, every half a second, while nothing does."""
        return watch(
            self._root,
            watch_filter=lambda _, path: self._key(Path(path)) is not None,
            debounce=_GROUP_MS,
            step=_STEP_MS,
            stop_event=self._stopping,
            rust_timeout=500,
            raise_interrupt=False,
            ignore_permission_denied=True,
            yield_on_timeout=True,
        )

    def _follow(self, path: Path) -> None:
        """Brings the bucket to what is at the path now: a file, a folder that appeared, or nothing."""
        key = self._key(path)
        if key is None:
            return
        found = dict(self._files(path))
        erased = self._erased() if found else ()
        for each, file in found.items():
            if _is_half(each, file):
                self._half.add(file)
            else:
                self._upload(each, file, self._etag(each), erased)
        for gone in {each for each in self._keys(key) if each == key or each.startswith(f"{key}/")} - set(found):
            # A folder that appears, or goes, says nothing of what was uploaded below its name by another way.
            if gone == key or self._is_ours(gone):
                self._delete(gone)

    def _delete(self, key: str) -> None:
        """Deletes an object whose file has gone; but not because the whole folder was moved away."""
        if self._is_there():
            self._s3.delete_object(Bucket=self._bucket, Key=key)

    def _is_there(self) -> bool:
        """Whether the folder is where it was, and no other one in its place."""
        try:
            return samestat(self._root.stat(), self._known)
        except OSError:
            return False

    def _files(self, path: Path) -> Iterator[tuple[str, Path]]:
        """The files to mirror at or under a path, with their keys."""
        candidates = [path]
        if path.is_dir() and not path.is_symlink():
            candidates = [Path(folder, name) for folder, _, names in os.walk(path) for name in names]
        for each in candidates:
            key = self._key(each)
            if key is not None and leads_inside(str(self._root), str(each)):
                yield key, each

    def _key(self, path: Path) -> str | None:
        """The key of a path; None for what is no upload: other folders and editors' own files."""
        if not path.is_relative_to(self._root):
            return None
        parts = path.relative_to(self._root).parts
        if not parts or any(is_scratch(each) for each in parts):
            return None
        if f"{parts[0]}/" != keys.ARTICLES and not (len(parts) == 1 and parts[0] in _TOP_FILES):
            return None
        return "/".join(parts)

    def _upload(self, key: str, path: Path, etag: str | None, erased: Container[str]) -> None:
        """Uploads a file that differs from the object with this ETag; an erased one only if it has come back since."""
        try:
            key.encode("utf-8")
            if path.stat().st_size > MAX_FILE:
                self._say(f"{spelled_out(key)}: larger than {MAX_FILE // 1024 // 1024} MB, not uploaded")
                return
            body = path.read_bytes()
        except UnicodeEncodeError:
            self._say(f"{key!r}: its name is not UTF-8, not uploaded")
            return
        except OSError as error:  # deleted or replaced meanwhile: the next change tells
            if path.exists():
                self._say(f"{spelled_out(key)}: cannot be read ({error.strerror}), not uploaded")
            return
        if etag is None and keys.erasure(keys.code_of(keys.id_of(key))) in erased:
            named = spelled_out(key)
            self._say(f"{named}: erased from the press, not uploaded again: delete the file, or give it another name")
        elif etag != etag_of(body):
            self._s3.put_object(Bucket=self._bucket, Key=key, Body=body, Metadata=MARK)

    def _erased(self) -> Container[str]:
        """The marks of all that was ever erased: few."""
        return self._keys(keys.ERASURES, self._state)

    def _keys(self, prefix: str, bucket: str = "") -> dict[str, str]:
        """The keys under a prefix, with their ETags."""
        pages = self._s3.get_paginator("list_objects_v2").paginate(Bucket=bucket or self._bucket, Prefix=prefix)
        return {each["Key"]: each["ETag"] for page in pages for each in page.get("Contents", [])}

    def _head(self, key: str) -> dict[str, Any]:
        try:
            return dict(self._s3.head_object(Bucket=self._bucket, Key=key))
        except ClientError as error:
            if error.response["ResponseMetadata"]["HTTPStatusCode"] == 404:
                return {}
            raise

    def _etag(self, key: str) -> str | None:
        return self._head(key).get("ETag")

    def _is_ours(self, key: str) -> bool:
        return bool(self._head(key).get("Metadata") == MARK)


def _is_half(key: str, path: Path) -> bool:
    """Whether a file is an image that somebody may still be writing: it cannot be read, and changed just now."""
    try:
        # A clock that is ahead, on another machine, must not make us wait for ever.
        found = path.stat()
        if kind_of(key) != "image" or found.st_size > MAX_FILE or abs(time.time() - found.st_mtime) > _PAUSE:
            return False
        inspect(key, "", path.read_bytes())
    except BadImage:
        return True
    except OSError:  # gone: the next change tells
        return False
    return False
