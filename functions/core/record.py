"""A record: what the press knows of one upload, and how that follows from the inbox's versions."""

from collections.abc import Iterable, Mapping

from pydantic import AwareDatetime

from functions.core import keys
from functions.core.article import Article, Figure
from functions.core.claims import Claim
from functions.core.entry import Entry
from functions.core.html.description import beginning
from functions.core.model import Frozen
from functions.core.picture import Image, Picture, image_of
from functions.core.reading import Reading, State
from functions.core.related.fingerprint import Fingerprint, Signature
from functions.core.related.rows import Row
from functions.core.related.subjects import Subject

_STAMP = 12


class Record(Frozen):
    """What is stored of an upload. `article`, `path`, `pictures` and `about` are there only while it is live.

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
    about: Fingerprint | None = None
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
    def markers(self) -> tuple[str, ...]:
        """The keys of its markers: of every place in `ever`, and of the hour that it waits for."""
        due = (keys.due(self.due, self.id),) if self.due else ()
        return (*(claim.marker(self.id) for claim in self.ever), *due)

    @property
    def left_behind(self) -> tuple[Claim, ...]:
        """The claims of earlier records that are none of its own, sorted."""
        left = {claim for reading in self.left for claim in reading.claims}
        return tuple(sorted(left.difference(self.ever))) if left else ()

    @property
    def paths(self) -> tuple[str, ...]:
        """Every path the article has or had in public, the newest version's first, or that leads to it."""
        return _paths_of(reading for reading in self.history if reading.exposed)

    @property
    def owned_paths(self) -> tuple[str, ...]:
        """Every path at which there may be a page of the article, wanted or not."""
        return tuple(dict.fromkeys([*self.paths, *_paths_of(self.left)]))

    @property
    def former_paths(self) -> tuple[str, ...]:
        """The paths it had and has no more."""
        return tuple(path for path in self.paths if path != self.path)

    @property
    def moved_from(self) -> tuple[str, ...]:
        """The ids of the uploads whose addresses lead here, or have led here, once those have gone."""
        return tuple(sorted({reading.moved_from for reading in self._shown if reading.moved_from}))

    @property
    def translation_of(self) -> tuple[str, ...]:
        """The ids of the uploads of which it says, or has said in public, that it is a translation."""
        return tuple(sorted({reading.translation_of for reading in self._shown if reading.translation_of}))

    @property
    def signatures(self) -> tuple[Signature, ...]:
        """The distinct signatures of every version that was exposed, or that an earlier record exposed."""
        return tuple(dict.fromkeys(reading.signature for reading in self._shown if reading.signature))

    @property
    def _shown(self) -> tuple[Reading, ...]:
        return (*(reading for reading in self.history if reading.exposed), *self.left)

    @property
    def claims(self) -> tuple[Claim, ...]:
        """The lists that show it now: none unless it is live."""
        return next((reading.claims for reading in self.history if reading.ver == self.live_ver), ())

    @property
    def subject(self) -> Subject | None:
        """The article as related boxes know it; None unless it is live."""
        entry = self.entry(opening=False)
        if entry is None or self.about is None:
            return None
        stamp = keys.content_hash(self.about.canonical() + entry.canonical())[:_STAMP]
        return Subject(self.about, entry, stamp)

    @property
    def row(self) -> Row | None:
        """Its row in the archive; None unless it is live."""
        subject = self.subject
        return Row(subject.stamp) if subject else None

    def entry(self, *, opening: bool = True) -> Entry | None:
        """The article as lists show it; None unless it is live. Boxes do without the `opening`."""
        if self.article is None or self.path is None:
            return None
        return Entry.trusted(
            id=self.id,
            path=self.path,
            thumbnail=self._thumbnail(self.article.lead),
            opening=beginning(self.article.body) if opening and not self.article.standfirst else None,
            **{name: getattr(self.article, name) for name in _SHARED_WITH_ENTRIES},
        )

    def _thumbnail(self, lead: Figure | None) -> Image | None:
        if lead is None:
            return None
        picture = next(picture for picture in self.pictures if picture.key == lead.key)
        return image_of(self.id, picture, lead.alt)


def _paths_of(readings: Iterable[Reading]) -> tuple[str, ...]:
    found = (path for reading in readings if reading.path for path in (reading.path, *reading.aliases))
    return tuple(dict.fromkeys(found))


def _traces(reading: Reading) -> tuple[object, ...]:
    return reading.path, reading.aliases, reading.claims, reading.signature, reading.moved_from, reading.translation_of


_SHARED_WITH_ENTRIES = tuple(Entry.model_fields.keys() & Article.model_fields.keys())
