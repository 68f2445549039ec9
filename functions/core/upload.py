"""An upload: bytes under an inbox key become an article or a picture, or the list of all that is wrong with them."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from functions.core import images, keys
from functions.core.article import Article
from functions.core.body import read_body
from functions.core.desk import Desk
from functions.core.errors import UploadRejected
from functions.core.files import (
    ARTICLE_SUFFIXES,
    DOCX,
    HTML,
    IMAGE_SUFFIXES,
    MACRO_SUFFIXES,
    MARKDOWN,
    Kind,
    has_suffix,
    kind_of,
    max_bytes,
)
from functions.core.formats.enclosed import images_in
from functions.core.formats.encodings import decode
from functions.core.formats.manuscript import Manuscript
from functions.core.formats.page import read_page
from functions.core.formats.text import read_markdown, read_plain
from functions.core.header.fields import Header, contract_name, read_header
from functions.core.mistakes import NOTICES, Mistake, Unreadable
from functions.core.picture import MAX_PIXELS, Picture
from functions.core.problem import Problem
from functions.core.search.index import body_terms
from functions.core.tongue import other_tongue
from functions.core.unseen import visible

Problems = tuple[Problem, ...]

_EARLY = timedelta(hours=1)  # clocks differ, and one that goes back or forth in a night differs by as much
_MOST_PIXELS = 4 * MAX_PIXELS  # of a document's images together: each is decoded, and a blank one packs to nothing
_ACCEPTED = " ".join((*ARTICLE_SUFFIXES, *IMAGE_SUFFIXES))


def read_upload(key: str, body: bytes, desk: Desk) -> Article:
    """The article that the bytes at an inbox key are.

    Raises:
        UploadRejected: with every problem, in the order of the lines. The bytes of a file of another kind are not read.
    """
    mistakes = _about_file(key, len(body), "article")
    article = None if mistakes else _article(key, body, desk, mistakes)
    if mistakes or article is None:
        raise UploadRejected(desk.phrases.put(mistakes))
    inside = [image for image in article.images if keys.file_around(image)]
    if inside and images.pixels(images_in(body).values()) > _MOST_PIXELS:
        raise UploadRejected(desk.phrases.put([Mistake("too_many_pixels_inside", limit=_MOST_PIXELS // 10**6)]))
    shown = embedded_images(body, inside, "", desk).values() if inside else ()
    if unfit := tuple(problem for each in shown if isinstance(each, tuple) for problem in each):
        raise UploadRejected(unfit)
    return article


def check_image(key: str, ver: str, body: bytes, desk: Desk) -> Picture:
    """The picture that the bytes of a version of an inbox key are; UploadRejected if they are none."""
    mistakes = _about_file(key, len(body), "image")
    if not mistakes:
        try:
            return images.inspect(key, ver, body)
        except images.BadImage as error:
            mistakes.append(error.mistake)
    raise UploadRejected(desk.phrases.put(mistakes))


def embedded_images(body: bytes, wanted: Sequence[str], ver: str, desk: Desk) -> dict[str, Picture | Problems]:
    """The wanted keys whose image is inside an article's file of these bytes: the picture, or what is wrong with it."""
    try:
        inside = images_in(body)
    except Unreadable:
        return {}
    found: dict[str, Picture | Problems] = {}
    for key in wanted:
        content = inside.get(keys.embedded_hash(key))
        if content is not None:
            try:
                found[key] = images.inspect(key, ver, content)
            except images.BadImage as error:
                found[key] = desk.phrases.put([error.mistake])
    return found


def missing_image(key: str, desk: Desk, like: str | None = None) -> Problem:
    """What an article's editor is told while an image that it shows has not arrived; `like` is there in its place."""
    return desk.phrases.put([Mistake("missing_image", field="image", value=key, suggestion=like)])[0]


def changes_ahead(article: Article, at: datetime, desk: Desk) -> Problems:
    """The problems of an article that was uploaded at an instant and claims changes that were still to come.

    One that waited for its own hour then is believed: what readers see of it is not in the future.
    """
    if article.visible_from > at:
        return ()
    latest, updated = at + _EARLY, article.updated_at
    today = latest.astimezone(desk.zone).date()
    mistakes = [
        Mistake("correction_ahead", "corrections.date", value=_hour(one.at, desk) if one.at else one.date.isoformat())
        for one in article.corrections
        if one.date > today or (one.at and one.at > latest)
    ]
    if updated and updated > latest:
        mistakes.append(Mistake("update_ahead", "updated_at", value=_hour(updated, desk)))
    return desk.phrases.put(mistakes)


def _hour(instant: datetime, desk: Desk) -> str:
    return f"{instant.astimezone(desk.zone):%Y-%m-%d %H:%M}"


def unfit_image(key: str, problems: Problems) -> Problems:
    """What is wrong with an image, as the editor of an article that shows it is told: by its name."""
    name = visible(key)
    return tuple(
        each.model_copy(update={"field": "image", "value": name, "reason": f"{name} — {each.reason}"})
        for each in problems
    )


def _about_file(key: str, size: int, kind: Kind) -> list[Mistake]:
    if key.endswith("/"):
        return [Mistake("directory_marker", value=key)]
    if not keys.is_natural(key):  # nothing but the name is looked at: it may be an article's as well as an image's
        return [Mistake("unnatural_key", value=key, limit=keys.MAX_KEY_BYTES)]
    if has_suffix(key, MACRO_SUFFIXES):
        return [Mistake("macros", value=key.rpartition("/")[2])]
    if kind_of(key) != kind:
        return [Mistake("unknown_suffix", value=key.rpartition("/")[2], suggestion=_ACCEPTED)]
    return [] if size else [Mistake("empty_file")]


def _article(key: str, body: bytes, desk: Desk, mistakes: list[Mistake]) -> Article | None:
    notices: list[Mistake] = []
    try:
        manuscript = _manuscript(key, body, mistakes, notices)
    except Unreadable as stop:
        mistakes.append(stop.mistake)
        return None
    mistakes[:] = (mistake._replace(field=contract_name(mistake.field)) for mistake in mistakes)
    header = read_header(key, manuscript.header, desk, mistakes) if manuscript.header else None
    lang = header.lang if header else desk.settings.newsroom.language
    hand = lang if header is None or header.typography else None
    content = read_body(manuscript, hand, desk.settings.newsroom.base_url, mistakes)
    notices += (mistake for mistake in mistakes if mistake.code in NOTICES)
    mistakes[:] = (mistake for mistake in mistakes if mistake.code not in NOTICES)
    if mistakes or header is None:
        return None
    if other := other_tongue(content.html, lang):
        notices.append(Mistake("other_language", "lang", value=lang, suggestion=other))
    notices += _dated_before(header, desk)
    lead = [header.lead.key] if header.lead else []
    return Article(
        **header._asdict(),
        images=tuple(dict.fromkeys([*lead, *content.images])),
        body=content.html,
        words=content.words,
        terms=body_terms(content.html, lang) if desk.settings.site.search else (),
        notices=desk.phrases.put(notices),
    )


def _dated_before(header: Header, desk: Desk) -> Iterator[Mistake]:
    """What to know of an article that appears on a later day than it is dated: lists are in the order of dates."""
    dated = header.published_at.astimezone(desk.zone)
    appears = (header.embargoed_until or header.published_at).astimezone(desk.zone)
    if appears.date() > dated.date():
        hour = f"{appears:%Y-%m-%d %H:%M}"
        yield Mistake("embargo_later", "embargoed_until", value=f"{dated:%Y-%m-%d}", suggestion=hour)


def _manuscript(key: str, body: bytes, mistakes: list[Mistake], notices: list[Mistake]) -> Manuscript:
    is_docx = has_suffix(key, DOCX)
    if len(body) > (most := max_bytes(key)):
        too_long = (
            Mistake("file_too_heavy", limit=most >> 20) if is_docx else Mistake("file_too_long", limit=most >> 10)
        )
        raise Unreadable(too_long)
    if is_docx:
        from functions.core.formats.docx import read_docx  # noqa: PLC0415 - a cold start's, and most uploads are text

        return read_docx(key, body, mistakes, notices)
    text, found = decode(body)
    notices += found
    if has_suffix(key, HTML):
        return read_page(key, text, mistakes, notices)
    if has_suffix(key, MARKDOWN):
        return read_markdown(key, text, mistakes, notices)
    return read_plain(key, text, mistakes)
