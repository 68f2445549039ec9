"""Report: what became of one version of an upload, as far as the press can tell by now. Reads only."""

from collections.abc import Container, Iterable, Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

from functions.core import keys
from functions.core.article import Article
from functions.core.cost import cost_of
from functions.core.groups import Group, article_group, groups_of, groups_of_claims, owned
from functions.core.objects import Listed
from functions.core.preview import preview_path
from functions.core.reading import Reading
from functions.core.record import Record
from functions.core.related.rank import Neighbour
from functions.core.report import Absent, Box, Report, Told, Touched
from functions.core.spelling import one_name, spellings
from functions.workflows.live import seconds_to_live, start_of
from functions.workflows.ports import Press, Site
from functions.workflows.receipts import receipt_of
from functions.workflows.records import record_of, records_of
from functions.workflows.relate import boxes_of, look
from functions.workflows.status import groups_waiting

_LIVE = frozenset({"related.pin", "translation_of"})  # what these name is for readers
_SETTLED = timedelta(minutes=2)  # by then all pages have been written, or reconcile wakes them


class Span(NamedTuple):
    """When the pages of a version were written: from what it waited for until all have followed."""

    begin: datetime
    end: datetime


def report_of(press: Press, key: str, ver: str) -> Report | None:
    """The report on one version of an article's key; None until there is a receipt for it."""
    receipt = receipt_of(press, key, ver)
    record = record_of(press.state, keys.id_of(key))
    reading = next((each for each in record.history if each.ver == ver), None) if record else None
    if receipt is None or record is None or reading is None:
        return None
    groups, waiting = groups_of(record), groups_waiting(press, record)
    versions = tuple(_told(press, record))
    start = start_of(press, reading)
    live_after = seconds_to_live(press, record.id, ver, start.at)
    span = Span(start.at, start.at + timedelta(seconds=live_after or 0) + _SETTLED)
    once = _once_public(record, versions)
    # What was never public has changed no list.
    shown = groups if once or record.state == "live" else (article_group(record.id),)
    gone = once.difference(_site_keys(record, waiting))
    objects = tuple(_objects(press, record, shown, span, gone))
    written = sum(touched.what in {"written", "rewritten"} for touched in objects)
    boxes = tuple(_hosts(press, record))
    related = next(boxes_of(press, [record.about])) if record.about else ()
    cost = cost_of(len(record.ever), len(groups) + len(boxes), written)
    return Report(
        receipt=receipt,
        uploaded_at=reading.at,
        live_after=live_after,
        live_from=start.what,
        preview=_preview(press, record, reading),
        groups=groups,
        waiting_for=waiting,
        objects=objects,
        boxes=boxes,
        related=tuple(_box(placed.neighbour.id, placed.neighbour) for placed in related),
        absent=tuple(_absent(press, record.article)) if record.article else (),
        versions=versions,
        calls=cost.calls,
        usd=cost.usd,
    )


def _told(press: Press, record: Record) -> Iterator[Told]:
    for reading in record.history:
        answer = receipt_of(press, record.key, reading.ver)
        if answer:
            yield Told(ver=reading.ver, at=reading.at, outcome=answer.outcome)


def _once_public(record: Record, versions: Iterable[Told]) -> frozenset[str]:
    """The site keys at which readers have found the upload, or will once they are written."""
    published = {told.ver for told in versions if told.outcome == "published"}
    shown = [each for each in (*record.history, *record.left) if each.exposed and each.ver in published]
    groups = {name for each in shown for name in groups_of_claims(each.claims)}
    listed = (key for name in groups for key in owned(Group.parse(name)).exact)
    return frozenset([*listed, *(keys.site_key(each.path) for each in shown if each.path)])


def _site_keys(record: Record, groups: Iterable[str]) -> Iterator[str]:
    """The keys at which some of an upload's groups write, as far as they can be named."""
    for name in groups:
        own = record.owned_paths if name == article_group(record.id) else ()
        yield from (*map(keys.site_key, own), *owned(Group.parse(name)).exact)


def _objects(
    press: Press, record: Record, groups: Iterable[str], span: Span, gone: Container[str]
) -> Iterator[Touched]:
    """The objects of every group, each with what has happened to it; `gone` are those that were, if they are not."""
    for key in dict.fromkeys(_site_keys(record, groups)):
        found = _listed(press.site, key)
        if found is None and key not in gone:
            continue
        yield _touched(found, span) if found else Touched(key=key, what="deleted")
    for found in press.site.list(keys.image_prefix(record.id)):
        yield _touched(found, span)


def _touched(found: Listed, span: Span) -> Touched:
    if found.modified < span.begin:
        return Touched(key=found.key, what="unchanged")
    return Touched(key=found.key, what="written" if found.modified <= span.end else "rewritten")


def _listed(site: Site, key: str) -> Listed | None:
    return next((found for found in site.list(key) if found.key == key), None)


def _preview(press: Press, record: Record, reading: Reading) -> str:
    stored = press.state.get(keys.SEAL_KEY) if reading.kind == "draft" else None
    path = preview_path(stored.body, record.id, reading.ver) if stored else ""
    return path if path and _listed(press.site, keys.site_key(path)) else ""


def _hosts(press: Press, record: Record) -> Iterator[Box]:
    """The articles in whose related box this one stands, by id."""
    signatures = record.signatures if record.about else ()
    hosts = sorted(look(press, lambda shelves: shelves.archive.hosts_of(record.id, signatures)))
    about = [host.about for host in records_of(press.state, hosts) if host.about]
    for host, box in zip(about, boxes_of(press, about), strict=True):
        yield from (_box(host.id, placed.neighbour) for placed in box if placed.neighbour.id == record.id)


def _absent(press: Press, article: Article) -> Iterator[Absent]:
    """What the header names and is not live; what it does without, or has become, need only have been there."""
    named = [
        *(Absent(field="related.pin", id=id_) for id_ in article.related.pin),
        *(Absent(field="related.exclude", id=id_) for id_ in article.related.exclude),
        *(Absent(field="translation_of", id=id_) for id_ in filter(None, [article.translation_of])),
        *(Absent(field="moved_from", id=id_) for id_ in filter(None, [article.moved_from])),
    ]
    asked = {(each.field, one_name(each.id)): each for each in reversed(named)}
    wanted = (id_ for each in asked.values() for id_ in spellings(each.id))
    states = {record.id: record.state for record in records_of(press.state, wanted)}
    for each in reversed(asked.values()):
        found = [states[id_] for id_ in spellings(each.id) if id_ in states]
        if not ("live" in found if each.field in _LIVE else found):
            yield each


def _box(upload_id: str, neighbour: Neighbour) -> Box:
    return Box(id=upload_id, score=round(neighbour.score, 3), terms=neighbour.terms)
