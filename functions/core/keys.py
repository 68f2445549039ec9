"""Every key, path and id is made here; the site's fixed places in places.py, those of issues in newsletter/issue.py."""

import base64
import hashlib
import re
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from functions.core.spelling import one_name

ARTICLES = "articles/"
SETTINGS_KEY = "newsroom.toml"
PINS_KEY, PINS_STATE = "front.yaml", "front.json"
BESIDE = frozenset({SETTINGS_KEY, PINS_KEY})  # articles/: answered like uploads
CLOCK_KEY, REBUILD_BEAT = "clock.json", "rebuild/beat"  # the hour; that a batch of a rebuild has begun
BUILD_KEY, WALK_KEY = "build.json", "walk.json"  # in force; how far it has been made known
INTAKE_KEY = "intake.json"  # that a whole archive comes in
DIRTY = "dirty/"
DUE = "due/"
MARKERS, NEEDS = "idx/", "idx/needs="
RECORDS = "rec/"
POSTINGS = "doc/postings="  # the documents of the archive
RECEIPTS = "receipts/"
SEAL_KEY = "seal.json"  # what makes the addresses of previews unguessable
DRAFTS, ERASURES = "drafts/", "erased/"
PREVIEWS = "preview/"  # of the site: its only objects that no rebuild knows of
SEARCH_PATH = "/search/"
RESERVED_CATEGORIES = frozenset(
    "tags auteurs api corrections search assets images _mail newsletter sitemaps preview".split()
)
MAX_KEY_BYTES = 400
_MAX_MICROSECONDS = 10**20 - 1
_FIRST_INSTANT = datetime(1, 1, 1, tzinfo=UTC)
_UNNATURAL = re.compile(r"[\x00-\x1f\x7f-\x9f\\]|(?:^|/)\.{0,2}(?:/|$)")


# --- the inbox ---------------------------------------------------------------------------------------------------


def id_of(key: str) -> str:
    """The id of the upload at an inbox key: the key below articles/, exactly; `~<hash>` for an unnatural key."""
    return key.removeprefix(ARTICLES) if is_natural(key) else "~" + content_hash(key.encode())[:16]


@lru_cache(maxsize=256)  # every step of an upload's way asks
def is_natural(key: str) -> bool:
    """Whether a key can be an upload's: below articles/, short, no control characters, no empty or dot segment."""
    name = key.removeprefix(ARTICLES)
    return key.startswith(ARTICLES) and not _UNNATURAL.search(name) and len(name.encode()) <= MAX_KEY_BYTES


def inbox_key(upload_id: str) -> str:
    """The inbox key of an id made by `id_of` from a natural key."""
    return ARTICLES + upload_id


def named(name: str) -> str:
    """The inbox key of what is named by its id, or by its key where that is beside articles/."""
    return name if name in BESIDE else inbox_key(name)


def embedded(key: str, name: str) -> str:
    """The key of an image that came inside an article's file, named by its content: no upload has such a key."""
    return f"{key}//{name}"


def file_around(key: str) -> str | None:
    """The key of the file that an image came inside; None for the key of an upload."""
    file, inside, _ = key.partition("//")
    return file if inside else None


def embedded_hash(key: str) -> str:
    """The hash by which the file around an image knows it."""
    return key.partition("//")[2].partition(".")[0]


def code_of(upload_id: str) -> str:
    """Six base32 characters of the id's SHA-256, in every path of the article: so a path has one owner for ever."""
    return base64.b32encode(hashlib.sha256(upload_id.encode()).digest()[:5])[:6].decode().lower()


# --- the state bucket --------------------------------------------------------------------------------------------


def record(upload_id: str) -> str:
    return f"{RECORDS}{upload_id}.json"


def id_of_record(key: str) -> str:
    return key.removeprefix(RECORDS).removesuffix(".json")


def receipt(upload_id: str, version: str) -> str:
    return f"{receipts(upload_id)}{version}.json"


def receipt_page(upload_id: str, version: str) -> str:
    """The same for people to read."""
    return f"{receipts(upload_id)}{version}.html"


def receipts(upload_id: str) -> str:
    """The prefix of all receipts of one upload, one a version."""
    return f"{RECEIPTS}{upload_id}/"


def dirty(group: str) -> str:
    return DIRTY + group


def group_of_dirty(key: str) -> str:
    return key.removeprefix(DIRTY)


@lru_cache(maxsize=64)
def inverted(instant: datetime) -> str:
    """Twenty digits that sort newest first: what S3's LIST order makes of an instant."""
    return f"{_MAX_MICROSECONDS - (instant - _FIRST_INSTANT) // timedelta(microseconds=1):020d}"


def markers(kind: str, value: str) -> str:
    """The prefix of the markers of one list."""
    return f"{MARKERS}{kind}={value}/"


def marker(kind: str, value: str, instant: datetime, upload_id: str) -> str:
    return f"{markers(kind, value)}{inverted(instant)}~{upload_id}"


def id_of_marker(key: str) -> str:
    return key.split("~", 1)[1]


def need(image_key: str, upload_id: str) -> str:
    """The marker that says: this article refers to that image, present or not."""
    return needs(image_key) + upload_id


def needs(image_key: str) -> str:
    """The prefix of the markers of all who refer to an image, in whatever spelling; their ids follow."""
    return f"{NEEDS}{one_name(image_key)}/~"


def values(kind: str, prefix: str = "") -> str:
    """The prefix under which the values of a kind (those that begin with `prefix`) stand, each up to the next slash."""
    return f"{MARKERS}{kind}={prefix}"


def audit(upload_id: str, version: str) -> str:
    """Who made one version of an upload."""
    return f"{audits(upload_id)}{version}.json"


def audits(upload_id: str) -> str:
    return f"audit/{upload_id}/"


def erasure(code: str) -> str:
    """That an upload was erased; the key tells no more of it than its former addresses do."""
    return f"{ERASURES}{code}.json"


def draft(upload_id: str) -> str:
    """A draft as it would be published, for its preview."""
    return f"{DRAFTS}{upload_id}.json"


def document(kind: str, value: str) -> str:
    """The derived document of one list: may be thrown away at any time."""
    return f"doc/{kind}={value}.json"


def due(instant: datetime, upload_id: str) -> str:
    """The marker of something that becomes visible at an instant; sorts by time."""
    return f"{DUE}{instant.astimezone(UTC):%Y%m%dT%H%M%S.%f}~{upload_id}"


def due_until(instant: datetime) -> str:
    """A key just after every due marker at or before the instant."""
    return f"{DUE}{instant.astimezone(UTC):%Y%m%dT%H%M%S.%f}\x7f"


# --- the site ----------------------------------------------------------------------------------------------------


def article_path(category: str, month: str, slug: str, code: str) -> str:
    """`/economie/2024/03/al-omrane-k3j5qa/`; `month` is `yyyy-mm` in the newsroom's zone."""
    name = f"{slug}-{code}" if slug else code
    return f"/{category}/{month.replace('-', '/')}/{name}/"


def category_path(category: str) -> str:
    return f"/{category}/"


def month_path(category: str, month: str, part: int | None = None) -> str:
    """A month of a category; parts are numbered from the oldest, the newest one is the month's own page."""
    path = f"/{category}/{month.replace('-', '/')}/"
    return path if part is None else f"{path}page-{part}/"


def tag_path(tag: str) -> str:
    return f"/tags/{tag}/"


def author_path(author: str) -> str:
    return f"/auteurs/{author}/"


def image_prefix(upload_id: str) -> str:
    """The site key prefix of all images that one article publishes."""
    return f"images/{content_hash(upload_id.encode())[:16]}/"


def image_key(upload_id: str, content: str, width: int, extension: str) -> str:
    return f"{image_prefix(upload_id)}{content}-{width}.{extension}"


def card_key(upload_id: str, content: str) -> str:
    return f"{image_prefix(upload_id)}card-{content}.png"


def preview_path(token: str) -> str:
    return f"/{PREVIEWS}{token}/"


def sitemap_path(month: str) -> str:
    return f"/sitemaps/{month}.xml"


def search_path(month: str, part: int | None = None) -> str:
    """A month's part of the search index; numbered as `month_path`, the newest part is the month's own."""
    return f"{SEARCH_PATH}{month}.json" if part is None else f"{SEARCH_PATH}{month}-{part}.json"


def asset_path(stem: str, digest: str, extension: str) -> str:
    return f"/assets/{stem}.{digest}.{extension}"


def site_key(path: str) -> str:
    """The object that answers for a site path: `/a/b/` is `a/b/index.html`."""
    key = path.removeprefix("/")
    return f"{key}index.html" if not key or key.endswith("/") else key


def content_hash(content: bytes) -> str:
    """The SHA-256 of some bytes, in hex."""
    return hashlib.sha256(content).hexdigest()
