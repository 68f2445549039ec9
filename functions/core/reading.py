"""A reading: what one version of an upload told, and which of several versions readers get."""

from collections.abc import Collection, Mapping, Sequence
from typing import Literal, NamedTuple
from zoneinfo import ZoneInfo

from pydantic import AwareDatetime

from functions.core.article import Article
from functions.core.claims import Claim, claims_of, path_of
from functions.core.model import Frozen
from functions.core.picture import Picture
from functions.core.problem import Problem
from functions.core.related.fingerprint import Signature, signature_of
from functions.core.sketches import bands_of, sketch_of

State = Literal["live", "held", "draft", "withdrawn", "refused"]
GONE = "gone"  # the version that stands for a deletion of all versions, which leaves no marker of its own


class Version(NamedTuple):
    """One version of an inbox key, as LIST shows it; `deleted` for a delete marker."""

    ver: str
    at: AwareDatetime
    deleted: bool = False


class Reading(Frozen):
    """What reading one version told; everything but `exposed` follows from its bytes, its time and the settings.

    An upload that withdraws itself (`withdrawn: true`) reads like a deleted one, and may give its `reason`.

    `exposed`: readers may have seen it, since it was the newest version at some instant at or after `visible_from`.
    Only exposed versions leave traces (markers, redirects, tombstones): what was held stays unknown.
    `aliases`: where it would be by the slugs that its category had, and lead to it.
    """

    ver: str
    at: AwareDatetime
    kind: Literal["accepted", "draft", "refused", "deleted"]
    problems: tuple[Problem, ...] = ()
    reason: str = ""
    visible_from: AwareDatetime | None = None
    path: str | None = None
    aliases: tuple[str, ...] = ()
    moved_from: str | None = None
    translation_of: str | None = None
    images: tuple[str, ...] = ()
    claims: tuple[Claim, ...] = ()
    signature: Signature | None = None
    sketch: str = ""
    exposed: bool = False


class Resolution(NamedTuple):
    """Which version is live. `missing` are image keys that must be looked at before it can be said."""

    state: State
    live: str | None = None
    due: AwareDatetime | None = None
    missing: tuple[str, ...] = ()


def expose(readings: Sequence[Reading], as_of: AwareDatetime) -> tuple[Reading, ...]:
    """The readings, newest first, each told whether readers may have seen it.

    S3 gives a version's time to the second, so a version replaced within the second counts as seen. A refused version
    replaces nothing.
    """
    replaced_at: AwareDatetime | None = None
    marked = []
    for reading in readings:
        seen = _was_seen(reading, replaced_at, as_of)
        marked.append(reading if reading.exposed == seen else reading.model_copy(update={"exposed": seen}))
        replaced_at = reading.at if reading.kind != "refused" else replaced_at
    return tuple(marked)


def _was_seen(reading: Reading, replaced_at: AwareDatetime | None, as_of: AwareDatetime) -> bool:
    """The newest version is seen from its hour on. One that was replaced had its time before that, whatever the press's
    clock says: a tick that comes late must not make a version unseen which a rebuild takes for seen.
    """
    if reading.kind != "accepted" or reading.visible_from is None:
        return False
    return (
        reading.visible_from <= as_of if replaced_at is None else max(reading.visible_from, reading.at) <= replaced_at
    )


def resolve(
    readings: Sequence[Reading],
    pictures: Mapping[str, Picture | tuple[Problem, ...]],
    as_of: AwareDatetime,
    repeated: Collection[str] = (),
) -> Resolution:
    """Which version readers get: the newest accepted one whose images are all there, unless a newer one forbids it.

    `readings` newest first. A newer version that was refused, that waits for an image, or that repeats another
    article (those in `repeated`) leaves the older one live; one that is deleted, a draft, or not yet due does not.
    """
    waiting: Resolution = Resolution("refused")
    for reading in readings:
        if reading.kind == "deleted":
            return Resolution("withdrawn")
        if reading.kind == "refused" or reading.ver in repeated:
            continue
        if reading.kind == "draft":
            return Resolution("draft")
        if reading.visible_from is not None and reading.visible_from > as_of:
            return Resolution("held", due=reading.visible_from)
        unknown = tuple(key for key in reading.images if key not in pictures)
        if unknown:
            return Resolution("held", missing=unknown)
        if all(isinstance(pictures[key], Picture) for key in reading.images):
            return Resolution("live", live=reading.ver)
        waiting = Resolution("held")
    return waiting


def reading_of(
    version: Version, upload_id: str, article: Article, zone: ZoneInfo, former: Sequence[str] = ()
) -> Reading:
    """The reading of a version that became an article, of a category that had these `former` slugs."""
    if article.withdrawn:
        return Reading(ver=version.ver, at=version.at, kind="deleted", reason=article.reason)
    sketch = "" if article.duplicate else sketch_of(article.body)
    return Reading(
        ver=version.ver,
        at=version.at,
        kind="draft" if article.draft else "accepted",
        problems=article.notices,
        visible_from=article.visible_from,
        path=path_of(upload_id, article, zone),
        aliases=tuple(path_of(upload_id, article, zone, each) for each in former),
        moved_from=article.moved_from,
        translation_of=article.translation_of,
        images=article.images,
        claims=claims_of(article, zone, bands_of(article.body) if sketch else (), former),
        signature=signature_of(article),
        sketch=sketch,
    )
