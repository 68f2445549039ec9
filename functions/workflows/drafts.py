"""Drafts: what ingest keeps of one, so that render can show it. Apart from preview.py, which reads no upload."""

from datetime import datetime

from functions.core import keys
from functions.core.errors import WriteConflict
from functions.core.groups import preview_group
from functions.core.objects import Condition
from functions.core.picture import Picture
from functions.core.preview import LIFE, preview_path
from functions.core.record import Record
from functions.workflows.dirty import mark
from functions.workflows.editing import Editor, read_article
from functions.workflows.pictures import look_at_images
from functions.workflows.ports import Press


def keep_draft(press: Press, editor: Editor, record: Record, now: datetime) -> str:
    """Have the newest version rendered if it is a draft; the preview's path, empty where there is none.

    Its images are looked at like those of an article, but it does not wait for them.
    """
    newest = record.history[0]
    if newest.kind != "draft" or now - newest.at > LIFE:
        return ""
    article = read_article(editor, record.key, newest.ver)
    press.state.put_many({keys.need(image, record.id): press.nonce().encode() for image in article.images})
    seen = look_at_images(editor.inbox, editor.desk, article.images)
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
    mark(press, (preview_group(record.id),), record.ver)
    return draft.path or ""


def seal(press: Press) -> bytes:
    """The press's secret, made when it is first asked for."""
    while (stored := press.state.get(keys.SEAL_KEY)) is None:
        try:
            press.state.put(keys.SEAL_KEY, (press.nonce() + press.nonce()).encode(), Condition(None))
        except WriteConflict:
            continue
    return stored.body
