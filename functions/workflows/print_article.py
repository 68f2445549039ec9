"""Print an article's group: its page, what stands at its former paths, and its images."""

from collections.abc import Container, Iterator

from functions.core import keys
from functions.core.errors import WriteConflict
from functions.core.files import max_bytes
from functions.core.formats.enclosed import images_in
from functions.core.images import encode
from functions.core.objects import Condition
from functions.core.page import Page
from functions.core.parts import Row
from functions.core.picture import MAX_BYTES, Picture, variants
from functions.core.record import Record
from functions.core.site.articles import ArticleInputs, article_pages
from functions.core.site.house import House
from functions.core.site.sharing import card_of, card_page
from functions.core.translations import Translation
from functions.workflows.follow import follow
from functions.workflows.live import note_live
from functions.workflows.ports import Inbox, Press
from functions.workflows.printing import HouseOf, in_force, put_changed, standing
from functions.workflows.purge import purge
from functions.workflows.records import record_in
from functions.workflows.relate import forget_box, related_box
from functions.workflows.translate import versions_of


def print_article(press: Press, house_of: HouseOf, upload_id: str, *, again: bool = False) -> bool:
    """Write what changed of an article's pages: images first, so that no page names one that is not there.

    `again`: an earlier attempt may have stopped between a write and the note of it.
    """
    before = press.state.get(keys.record(upload_id))
    record = record_in(keys.record(upload_id), before)
    if before is None or record is None:
        return False
    have = standing(press, [keys.site_key(path) for path in record.owned_paths])
    standing_images = _standing_images(press, record)
    now = press.state.get(keys.record(upload_id))
    if now is None or now.etag != before.etag:
        # Which keys are ours follows from the record, so the ETags must be read between two looks at the same one.
        raise WriteConflict(upload_id)
    _, house = in_force(press, house_of)
    live = record.state == "live"
    box = related_box(press, subject) if (subject := record.subject) else forget_box(press, upload_id)
    rows = house.rows([placed.entry for placed in box.placed])
    inputs = inputs_of(record, rows, versions_of(press, record), "" if live else follow(press, upload_id))
    wrote = _put_images(press, house, inputs, standing_images) or box.wrote
    wrote |= put_changed(press, article_pages(inputs, house), have)
    dropped = _drop_images(press, house, record, standing_images)
    if wrote or dropped or again:
        note_live(press, record)
    purge(press, record, dropped=dropped)
    return wrote or dropped


def inputs_of(
    record: Record, related: tuple[Row, ...] = (), versions: tuple[Translation, ...] = (), moved_to: str = ""
) -> ArticleInputs:
    """What an article's pages are made from."""
    return ArticleInputs(
        upload_id=record.id,
        article=record.article,
        path=record.path,
        former=record.former_paths,
        gone=record.state == "withdrawn",
        pictures={picture.key: picture for picture in record.pictures},
        related=related,
        versions=versions,
        moved_to=moved_to,
    )


def image_pages(inbox: Inbox, house: House, inputs: ArticleInputs, standing: Container[str] = ()) -> Iterator[Page]:
    """The image files of an article and its card, less those that stand already: a name says all that is in a file.

    Each upload is read once, also a document that holds many, and each image decoded once.
    """
    card = card_of(inputs.article, house) if inputs.article else None
    if card and card.key(inputs.upload_id) not in standing:
        yield card_page(inputs.upload_id, card, house)
    documents: dict[tuple[str, str], dict[str, bytes]] = {}
    for picture in {picture.content: picture for picture in inputs.pictures.values()}.values():
        absent = [variant for variant in variants(inputs.upload_id, picture) if variant.key not in standing]
        bodies = encode(_upload_of(inbox, picture, documents), absent) if absent else ()
        for variant, body in zip(absent, bodies, strict=True):
            yield Page(variant.key, body, variant.media_type, "immutable")


def _upload_of(inbox: Inbox, picture: Picture, documents: dict[tuple[str, str], dict[str, bytes]]) -> bytes:
    """The bytes that a picture was uploaded as, beside its article or inside it; `documents` are unpacked once."""
    file = keys.file_around(picture.key)
    if file is None:
        return inbox.read(picture.inbox_key, picture.ver, MAX_BYTES)
    if (file, picture.ver) not in documents:
        documents[file, picture.ver] = images_in(inbox.read(file, picture.ver, max_bytes(file)))
    return documents[file, picture.ver][keys.embedded_hash(picture.key)]


def _standing_images(press: Press, record: Record) -> dict[str, str]:
    if not record.owned_paths:
        return {}  # the article was never public, so none was ever published
    return {found.key: found.etag for found in press.site.list(keys.image_prefix(record.id))}


def _put_images(press: Press, house: House, inputs: ArticleInputs, standing: dict[str, str]) -> bool:
    wrote = False
    for page in image_pages(press.inbox, house, inputs, standing):
        press.site.put(page, Condition(None))
        wrote = True
    return wrote


def _drop_images(press: Press, house: House, record: Record, standing: dict[str, str]) -> bool:
    wanted = {variant.key for picture in record.pictures for variant in variants(record.id, picture)}
    card = card_of(record.article, house) if record.article else None
    wanted |= {card.key(record.id)} if card else set()
    unwanted = [key for key in standing if key not in wanted]
    for key in unwanted:
        press.site.delete(key, Condition(standing[key]))
    return bool(unwanted)
