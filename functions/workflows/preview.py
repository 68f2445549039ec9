"""Preview: a draft is rendered with the real templates where only those who are told the address can find it."""

from dataclasses import replace

from functions.core import keys
from functions.core.page import Page
from functions.core.record import Record
from functions.core.site.articles import article_pages
from functions.core.site.house import House
from functions.workflows.ports import Inbox, Press
from functions.workflows.print_article import image_pages, inputs_of
from functions.workflows.printing import HouseOf, Standing, in_force, put_changed


def print_preview(press: Press, house_of: HouseOf, upload_id: str) -> bool:
    """Write what changed of a draft's preview. The group owns what lies below its draft's path; older ones run out."""
    stored = press.state.get(keys.draft(upload_id))
    if stored is None:
        return False
    record = Record.read(stored.body)
    listed = press.site.list((record.path or "").removeprefix("/"))
    have = Standing({found.key: found.etag for found in listed})
    _, house = in_force(press, house_of)
    return put_changed(press, preview_pages(press.inbox, house, record), have)


def preview_pages(inbox: Inbox, house: House, record: Record) -> list[Page]:
    """The pages of a draft; its images stand beside it, so that nothing of it has an address that could be guessed."""
    inputs = replace(inputs_of(record), unlisted=True)
    published, private = keys.image_prefix(record.id), (record.path or "").removeprefix("/")
    pages = [*image_pages(inbox, house, inputs), *article_pages(inputs, house)]
    return [
        replace(
            page,
            key=page.key.replace(published, private, 1),
            body=page.body.replace(f"/{published}".encode(), f"/{private}".encode()),
            freshness="private",
        )
        for page in pages
    ]
