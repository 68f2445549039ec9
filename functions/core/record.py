"""A record: what the press knows of one upload, and how that follows from the inbox's versions."""

from collections.abc import Collection, Mapping, Sequence
from typing import Literal, NamedTuple
from zoneinfo import ZoneInfo

from pydantic import AwareDatetime

from functions.core.article import Article
from functions.core.claims import Claim, claims_of, path_of
from functions.core.entry import Entry, Thumbnail
from functions.core.model import Frozen
from functions.core.picture import Picture, srcset, variants
from functions.core.problem import Problem
from functions.core.related import Fingerprint, fingerprint
from functions.core.sketches import bands_of, sketch_of

State = Literal["live", "held", "draft", "withdrawn", "refused"]


class Version(NamedTuple):
    """One version of an inbox key, as LIST shows it; `deleted` for a delete marker."""

    ver: str
    at: AwareDatetime
    deleted: bool = False


class Reading(Frozen):
    """What reading one version told; everything but `exposed` is a function of its bytes and of the settings.

    An upload that withdraws itself (`withdrawn: true`) reads like a deleted one, and may give its `reason`.

    `exposed`: readers may have seen it, since it was the newest version at some instant at or after `visible_from`.
    Only exposed versions leave traces (markers, redirects, tombstones): what was held stays unknown.
    """

    ver: str
    at: AwareDatetime
    kind: Literal["accepted", "draft", "refused", "deleted"]
    problems: tuple[Problem, ...] = ()
    reason: str = ""
    visible_from: AwareDatetime | None = None
    path: str | None = None
    moved_from: str | None = None
    images: tuple[str, ...] = ()
    claims: tuple[Claim, ...] = ()
    fingerprint: Fingerprint | None = None
    sketch: str = ""
    exposed: bool = False


class Resolution(NamedTuple):
    """Which version is live. `missing` are image keys that must be looked at before it can be said."""

    state: State
    live: str | None = None
    due: AwareDatetime | None = None
    missing: tuple[str, ...] = ()


class Record(Frozen):
    """What is stored of an upload. `article`, `path` and `pictures` are there only while it is live.

    `images`: the newest version of every image that was looked at, None where there never was one; so that a record
    never has the bytes, hence the ETag, that an earlier one had. `left`: readings that an earlier record exposed and
    this one does not know (other settings, other code): their places have to be cleaned up, and get nothing else.
    `offered`: the version that would be live if nobody else had its text; `elders`: by version, the uploads whose text
    it repeats (see core/duplicates.py).
    """

    id: str
    key: str
    ver: str
    build: str
    state: State
    live_ver: str | None = None
    offered: str | None = None
    elders: Mapping[str, tuple[str, ...]] = {}
    due: AwareDatetime | None = None
    article: Article | None = None
    path: str | None = None
    pictures: tuple[Picture, ...] = ()
    images: Mapping[str, str | None] = {}
    history: tuple[Reading, ...] = ()
    left: tuple[Reading, ...] = ()

    def succeeding(self, previous: "Record") -> "Record":
        """This record as the successor of another one of the upload: it remembers what that one leaves behind."""
        here = {_traces(reading) for reading in self.history if reading.exposed}
        before = (*previous.left, *(reading for reading in previous.history if reading.exposed))
        left = {_traces(reading): reading for reading in before if _traces(reading) not in here}
        return self.model_copy(update={"left": tuple(left.values())})

    @property
    def ever(self) -> tuple[Claim, ...]:
        """Every claim of every exposed version, sorted: the lists that may show, or have shown, the article."""
        return tuple(sorted({claim for reading in self.history if reading.exposed for claim in reading.claims}))

    @property
    def left_behind(self) -> tuple[Claim, ...]:
        """The claims of earlier records that are none of its own, sorted."""
        return tuple(sorted({claim for reading in self.left for claim in reading.claims} - set(self.ever)))

    @property
    def paths(self) -> tuple[str, ...]:
        """Every path the article has or had in public, the newest version's first."""
        found = (reading.path for reading in self.history if reading.exposed and reading.path)
        return tuple(dict.fromkeys(found))

    @property
    def owned_paths(self) -> tuple[str, ...]:
        """Every path at which there may be a page of the article, wanted or not."""
        return tuple(dict.fromkeys([*self.paths, *(reading.path for reading in self.left if reading.path)]))

    @property
    def former_paths(self) -> tuple[str, ...]:
        """The paths it had and has no more."""
        return tuple(path for path in self.paths if path != self.path)

    @property
    def moved_from(self) -> tuple[str, ...]:
        """The ids of the uploads whose addresses lead here, or have led here, once those have gone."""
        exposed = [reading for reading in self.history if reading.exposed]
        return tuple(sorted({reading.moved_from for reading in (*exposed, *self.left) if reading.moved_from}))

    @property
    def fingerprints(self) -> tuple[Fingerprint, ...]:
        """The distinct fingerprints of every version that was exposed, or that an earlier record exposed."""
        exposed = [reading for reading in self.history if reading.exposed]
        found = (reading.fingerprint for reading in (*exposed, *self.left) if reading.fingerprint)
        return tuple(dict.fromkeys(found))

    @property
    def claims(self) -> tuple[Claim, ...]:
        """The lists that show it now: none unless it is live."""
        return next((reading.claims for reading in self.history if reading.ver == self.live_ver), ())

    @property
    def about(self) -> Fingerprint | None:
        """What it is about now: None unless it is live."""
        return next((reading.fingerprint for reading in self.history if reading.ver == self.live_ver), None)

    def entry(self) -> Entry | None:
        """The article as lists show it; None unless it is live."""
        if self.article is None or self.path is None:
            return None
        return Entry(
            id=self.id,
            path=self.path,
            thumbnail=self._thumbnail(self.article),
            **{name: getattr(self.article, name) for name in _SHARED_WITH_ENTRIES},
        )

    def _thumbnail(self, article: Article) -> Thumbnail | None:
        if article.lead is None:
            return None
        picture = next(picture for picture in self.pictures if picture.key == article.lead.key)
        files = variants(self.id, picture)
        return Thumbnail(
            src="/" + files[-1].key,
            alt=article.lead.alt,
            width=files[-1].width,
            height=files[-1].height,
            webp=srcset(files),
        )


def _traces(reading: Reading) -> tuple[object, ...]:
    return reading.path, reading.claims, reading.fingerprint, reading.moved_from


_SHARED_WITH_ENTRIES = tuple(Entry.model_fields.keys() & Article.model_fields.keys())


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


def reading_of(version: Version, upload_id: str, article: Article, zone: ZoneInfo) -> Reading:
    """The reading of a version that became an article."""
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
        moved_from=article.moved_from,
        images=article.images,
        claims=claims_of(upload_id, article, zone, bands_of(sketch)),
        fingerprint=fingerprint(upload_id, article),
        sketch=sketch,
    )
