"""Editing: from the versions of one inbox key to its record. Reads the inbox, writes nothing."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from functions.core.article import Article
from functions.core.build import Build
from functions.core.desk import Desk
from functions.core.duplicates import Compare, Elders, filed
from functions.core.errors import UploadRejected
from functions.core.files import max_bytes
from functions.core.keys import id_of, inbox_key
from functions.core.mistakes import Mistake
from functions.core.picture import Picture
from functions.core.problem import Problem
from functions.core.reading import Reading, Resolution, Version, expose, reading_of, resolve
from functions.core.record import Record
from functions.core.related.fingerprint import fingerprint
from functions.core.upload import changes_ahead, read_upload
from functions.workflows.pictures import Look, Seen
from functions.workflows.ports import Inbox


class Beyond(NamedTuple):
    """How an editor learns what lies beyond an upload's own versions: images, and the texts of other articles."""

    look: Look
    compare: Compare


Read = Mapping[tuple[str, str], Article | UploadRejected]
"""By inbox key and version: what became of uploads that were read already."""
_NOTHING: Read = {}


class Editor(NamedTuple):
    """Who reads uploads: where they lie, what is accepted, under which build; and what was read ahead of that."""

    inbox: Inbox
    desk: Desk
    build: Build
    ahead: Read = _NOTHING


class Edited(NamedTuple):
    """A record, how it came about, and why its newest version waits, if it does."""

    record: Record
    resolution: Resolution
    as_of: datetime
    waiting_for: tuple[Problem, ...]


def edit(
    editor: Editor,
    key: str,
    versions: Sequence[Version],
    *,
    as_of: datetime,
    beyond: Beyond,
    previous: Record | None = None,
) -> Edited:
    """The record of a key with these versions, newest first. What `previous` has read is not read again."""
    build = editor.build.id
    known = {reading.ver: reading for reading in previous.history} if previous and previous.build == build else {}
    articles: dict[str, Article] = {}
    history = expose([known.get(each.ver) or _read(editor, key, each, articles) for each in versions], as_of)
    settled = _settle(id_of(key), history, as_of, beyond)
    resolution = settled.resolution
    record = Record(
        id=id_of(key),
        key=key,
        ver=versions[0].ver,
        build=build,
        state=resolution.state,
        offered=settled.offered,
        elders=filed(settled.elders),
        due=resolution.due,
        # Of a key that was looked at twice, what was seen first: reconcile then finds that there is a newer version.
        images={key: ver for each in reversed(settled.seen.values()) for key, ver in each.newest.items()},
        history=settled.history,
    )
    if resolution.live:
        article = articles.get(resolution.live) or read_article(editor, key, resolution.live)
        record = _made_live(record, resolution.live, article, settled.seen)
    return Edited(record, resolution, as_of, tuple(_obstacles(editor, record, settled)))


class _Settled(NamedTuple):
    """Which version is live, which one would be if nobody else had its text, and all that was looked at to say so."""

    resolution: Resolution
    history: tuple[Reading, ...]
    offered: str | None
    elders: Elders
    seen: dict[str, Seen]


def _settle(upload_id: str, history: tuple[Reading, ...], as_of: datetime, beyond: Beyond) -> _Settled:
    """Resolve, looking at images and at others' texts as far as it takes. A version that repeats another is passed."""
    seen: dict[str, Seen] = {}
    elders: Elders = {}
    offered: str | None = None
    while True:
        pictures = {image: each.shown for image, each in seen.items()}
        resolution = resolve(history, pictures, as_of, elders)
        if resolution.missing:
            seen.update(beyond.look(resolution.missing))
            continue
        live, offered = resolution.live, offered or resolution.live
        # Also one whose hour came after it was replaced, while its successor waits for an image.
        history = tuple(
            each.model_copy(update={"exposed": True}) if each.ver == live and not each.exposed else each
            for each in history
        )
        if live is None or live not in (elders := beyond.compare(upload_id, history)):
            return _Settled(resolution, history, offered, elders, seen)


def _obstacles(editor: Editor, record: Record, settled: _Settled) -> Iterator[Problem]:
    """Why the newest version is not live, though nothing is wrong with it. The eldest is the one that stands."""
    seen = settled.seen
    for shown in (seen[image].shown for image in record.history[0].images if image in seen):
        if not isinstance(shown, Picture):
            yield from shown
    for elder in settled.elders.get(record.ver, ())[:1]:
        repeated = Mistake("duplicate", field="body", value=inbox_key(elder), suggestion="duplicate: true")
        yield from editor.desk.phrases.put([repeated])


def _made_live(record: Record, live: str, article: Article, seen: Mapping[str, Seen]) -> Record:
    reading = next(reading for reading in record.history if reading.ver == live)
    shown = (seen[image].shown for image in reading.images)
    update = {
        "live_ver": live,
        "article": article,
        "about": fingerprint(record.id, article),
        "path": reading.path,
        "pictures": tuple(picture for picture in shown if isinstance(picture, Picture)),
    }
    return record.model_copy(update=update)


def _read(editor: Editor, key: str, version: Version, articles: dict[str, Article]) -> Reading:
    if version.deleted:
        return Reading(ver=version.ver, at=version.at, kind="deleted")
    try:
        article = read_article(editor, key, version.ver)
    except UploadRejected as rejected:
        return Reading(ver=version.ver, at=version.at, kind="refused", problems=rejected.problems)
    if ahead := changes_ahead(article, version.at, editor.desk):
        return Reading(ver=version.ver, at=version.at, kind="refused", problems=ahead)
    articles[version.ver] = article
    settings = editor.desk.settings
    return reading_of(version, id_of(key), article, settings.newsroom.zone, settings.former_slugs(article.category))


def read_article(editor: Editor, key: str, ver: str) -> Article:
    """The article that one version is. Raises UploadRejected."""
    known = editor.ahead.get((key, ver))
    if isinstance(known, UploadRejected):
        raise known
    return known or read_upload(key, editor.inbox.read(key, ver, max_bytes(key) + 1), editor.desk)
