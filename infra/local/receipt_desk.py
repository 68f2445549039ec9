"""Receipts on the local press: private pages for whoever sits at this machine, at /_receipts/."""

from urllib.parse import quote

from markupsafe import escape
from werkzeug.wrappers import Request, Response

from functions.bootstrap.desk import desk_of
from functions.bootstrap.press import press
from functions.core import keys
from functions.core.errors import RotativeError
from functions.workflows.now import current_build
from functions.workflows.report import report_of
from functions.workflows.status import status_of

PREFIX = "/_receipts/"
_MOST = 500
_HEADERS = {
    "Cache-Control": "no-store",
    # A receipt is one file, which brings its own style.
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'",
}
_LIST = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Receipts</title>
<main style="font:1rem/1.75 system-ui,sans-serif;overflow-wrap:anywhere">
<h1>Receipts</h1>
<ul>
{rows}
</ul>
</main>
"""
_IDS = {key: keys.id_of(key) for key in (keys.PINS_KEY, keys.SETTINGS_KEY)}  # what lies beside the articles


def answer(request: Request) -> Response:
    """The page of an upload's newest receipt, with all that is known by now; a list of uploads at the prefix itself."""
    written = request.path.removeprefix(PREFIX)
    upload_id = _IDS.get(written, written)
    try:
        body = _page(upload_id) if upload_id else _index()
    except RotativeError as error:
        return Response(f"{error}\n", 503, content_type="text/plain; charset=utf-8")
    if body is None:
        return Response("No receipt\n", 404, content_type="text/plain; charset=utf-8")
    return Response(body, 200, _HEADERS, content_type="text/html; charset=utf-8")


def _page(upload_id: str) -> bytes | None:
    found = status_of(press(), upload_id)
    report = report_of(press(), found.key, found.ver) if found else None
    build = current_build(press())
    pages = desk_of(build.settings).receipts
    address = build.settings.newsroom.base_url
    if report is None or pages is None:
        page = _stored(upload_id)
    else:
        preview = address + report.preview if report.preview else ""
        page = pages.page(report.receipt, report.groups, preview=preview, report=report)
    return page.replace(f'href="{address}/'.encode(), b'href="/') if page else None  # to this machine's pages


def _stored(upload_id: str) -> bytes | None:
    """The page as it was written with the receipt: all there is for what is no article."""
    listed = [found for found in press().state.list(keys.receipts(upload_id)) if found.key.endswith(".html")]
    newest = max(listed, key=lambda found: found.modified, default=None)
    stored = press().state.get(newest.key) if newest else None
    return stored.body if stored else None


def _index() -> bytes:
    ids = dict.fromkeys(
        found.key.removeprefix(keys.RECEIPTS).rpartition("/")[0] for found in press().state.list(keys.RECEIPTS)
    )
    names = {upload_id: key for key, upload_id in _IDS.items()}
    shown = [names.get(upload_id, upload_id) for upload_id in list(ids)[:_MOST]]
    rows = [f'<li><a href="{quote(PREFIX + name)}">{escape(name)}</a></li>' for name in shown]
    return _LIST.format(rows="\n".join(rows)).encode()
