"""Preview: a draft is rendered with the real templates where only those who are told the address can find it."""

from dataclasses import replace
from datetime import datetime

from functions.core import keys
from functions.core.errors import WriteConflict
from functions.core.groups import preview_group
from functions.core.objects import Condition
from functions.core.page import Page
from functions.core.picture import Picture
from functions.core.preview import LIFE, preview_path
from functions.core.record import Record
from functions.core.site.articles import article_pages
from functions.core.site.house import House
from functions.workflows.dirty import mark
from functions.workflows.editing import Editor, look_at_images, read_article
from functions.workflows.ports import Inbox, Press
from functions.workflows.print_article import image_pages, inputs_of
from functions.workflows.printing import HouseOf, in_force, put_changed


def keep_draft(press: Press, editor: Editor, record: Record, now: datetime) -> str:
    """Have the newest version rendered if it is a draft; the preview's path, empty where there is none.

    Its images are looked at like those of an article, but it does not wait for them.
    """
    newest = record.history[0]
    if newest.kind != "draft" or now - newest.at > LIFE:
        return ""
    article = read_article(editor, record.key, newest.ver)
    press.state.put_many({keys.need(image, record.id): press.nonce().encode() for image in article.images})
    seen = look_at_images(editor, article.images)
    draft = Record(
        id=record.id,
        key=record.key,
        ver=newest.ver,
        build=record.build,
        state="draft",
        article=article,
        path=preview_path(seal(press), record.id, newest.ver),
        pictures=tuple(each.shown for each in seen.values() if isinstance(each.shown, Picture)),
    )
    press.state.put(keys.draft(record.id), draft.canonical())
    mark(press, (preview_group(record.id),))
    return draft.path or ""


def seal(press: Press) -> bytes:
    """The press's secret, made when it is first asked for."""
    while (stored := press.state.get(keys.SEAL_KEY)) is None:
        try:
            press.state.put(keys.SEAL_KEY, (press.nonce() + press.nonce()).encode(), Condition(None))
        except WriteConflict:
            continue
    return stored.body


def print_preview(press: Press, house_of: HouseOf, upload_id: str) -> bool:
    """Write what changed of a draft's preview. The group owns what lies below its draft's path; older ones run out."""
    stored = press.state.get(keys.draft(upload_id))
    if stored is None:
        return False
    record = Record.model_validate_json(stored.body)
    have: dict[str, str | None] = {
        found.key: found.etag for found in press.site.list((record.path or "").removeprefix("/"))
    }
    _, house = in_force(press, house_of)
    return put_changed(press, preview_pages(press.inbox, house, record), have)


def preview_pages(inbox: Inbox, house: House, record: Record) -> list[Page]:
    """The pages of a draft; its images stand beside it, so that nothing of it has an address that could be guessed."""
    inputs = replace(inputs_of(record, ()), unlisted=True)
    published, private = keys.image_prefix(record.id), (record.path or "").removeprefix("/")
    pages = [*image_pages(inbox, house, record), *article_pages(inputs, house)]
    return [
        replace(
            page,
            key=page.key.replace(published, private, 1),
            body=page.body.replace(f"/{published}".encode(), f"/{private}".encode()),
            freshness="private",
        )
        for page in pages
    ]


def forget_drafts(press: Press, now: datetime) -> None:
    """Take away the previews whose time is over."""
    for listed, delete in (
        (press.site.list(keys.PREVIEWS), press.site.delete),
        (press.state.list(keys.DRAFTS), press.state.delete),
    ):
        for found in list(listed):
            if now - found.modified > LIFE:
                delete(found.key, Condition(found.etag))
