"""What stands between readers and the site bucket: the CDN's behaviour on one port, and the API beside it.

An object with metadata `redirect` is a 301 to that path; with `gone` = "1" a 410 with its body. `/a/b/` is the object
a/b/index.html; `/a/b` leads there if it exists; else 404 with the body of 404.html.
"""

import gzip
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Any
from urllib.parse import quote

from werkzeug.http import http_date
from werkzeug.wrappers import Request, Response

from infra.local import receipt_desk
from infra.local.api import Api
from infra.local.headers import CdnHeader
from infra.local.journal import StoredVersion
from infra.local.mailbox import PATH, Mailbox
from infra.local.resources import Template

_COMPRESSED = (
    "text/",
    "application/json",
    "application/feed+json",
    "application/xml",
    "application/rss+xml",
    "application/atom+xml",
    "application/manifest+json",
    "application/javascript",
    "image/svg+xml",
)
_SMALLEST_TO_COMPRESS = 1000  # bytes, as at CloudFront

Find = Callable[[str], StoredVersion | None]


class Edge:
    """A WSGI application; `find` answers the site object of a key, or None; `headers` go with every answer, but for
    those `below` a folder, which has its own.

    As at the CDN, those that override replace what the site or the API says; pages of this machine alone keep theirs.
    `origin` are the headers that tell the API who asks.
    """

    def __init__(
        self,
        find: Find,
        api: Api,
        headers: Mapping[str, CdnHeader],
        mailbox: Mailbox | None = None,
        origin: Mapping[str, str] = MappingProxyType({}),
        *,
        below: Mapping[str, Mapping[str, CdnHeader]] = MappingProxyType({}),
    ) -> None:
        self._find = find
        self._api = api
        self._mailbox = mailbox
        self._headers = {**below, "": headers}
        self._origin = origin

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:  # noqa: ANN401 - WSGI's shape
        request = Request(environ)
        response = self._answer(request)
        at_the_cdn = not request.path.startswith((PATH, receipt_desk.PREFIX))
        headers = next(each for folder, each in self._headers.items() if request.path.startswith(folder))
        for name, header in headers.items():
            if header.override and at_the_cdn:
                response.headers[name] = header.value
            else:
                response.headers.setdefault(name, header.value)
        return response(environ, start_response)

    def _answer(self, request: Request) -> Response:
        if request.path.startswith("/api/"):
            return self._api.answer(_handed_on(request, self._origin))
        if self._mailbox and request.path.startswith(PATH):
            return self._mailbox.answer(request)
        if request.path.startswith(receipt_desk.PREFIX):
            return receipt_desk.answer(request)
        return self._page(request)

    def _page(self, request: Request) -> Response:
        if request.method not in {"GET", "HEAD"}:
            return Response("", 405, {"Allow": "GET, HEAD"})
        path = request.path.removeprefix("/")
        key = path + "index.html" if path == "" or path.endswith("/") else path
        found = self._find(key)
        if found is not None:
            return _object(request, found, 200)
        if not path.endswith("/") and self._find(f"{path}/index.html"):
            query = f"?{request.query_string.decode('ascii', 'replace')}" if request.query_string else ""
            return Response("", 301, {"Location": quote(f"/{path}/") + query})
        missing = self._find("404.html")
        return _object(request, missing, 404) if missing else Response("Not found\n", 404, content_type="text/plain")


def edge_of(
    template: Template,
    find: Find,
    api: Api,
    mailbox: Mailbox | None = None,
    origin: Mapping[str, str] = MappingProxyType({}),
) -> Edge:
    """The edge of a template over plain HTTP."""
    below = {folder: over_http(headers) for folder, headers in template.headers_below.items()}

    def find_in_all(key: str) -> StoredVersion | None:
        return next(filter(None, (find(folder + key) for folder in template.folders)), None)

    return Edge(find_in_all, api, over_http(template.headers), mailbox, origin, below=below)


def over_http(headers: Mapping[str, CdnHeader]) -> dict[str, CdnHeader]:
    """Headers without the one that is for HTTPS alone: the local press is plain HTTP."""
    return {name: header for name, header in headers.items() if name != "Strict-Transport-Security"}


def _handed_on(request: Request, origin: Mapping[str, str]) -> Request:
    """A request as the CDN makes it anew for the API: what it adds itself, nobody else can say."""
    viewer = f"{request.remote_addr}:{request.environ.get('REMOTE_PORT', 0)}"
    added = {"CloudFront-Viewer-Address": viewer, **origin}
    named = {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in added.items()}
    return Request({**request.environ, **named})


def _object(request: Request, found: StoredVersion, status: int) -> Response:
    metadata = found.headers["metadata"]
    if target := metadata.get("x-amz-meta-redirect"):
        return Response("", 301, {"Location": quote(target, safe="/%?#=&:~+,;@!$'()*")})
    if metadata.get("x-amz-meta-gone") == "1":
        status = 410
    response = Response(found.body, status)
    response.headers["Content-Type"] = metadata.get("content-type", "binary/octet-stream")
    for name in ("cache-control", "content-disposition", "content-language", "content-encoding"):
        if name in metadata:
            response.headers[name.title()] = metadata[name]
    response.set_etag(str(found.etag))
    response.headers["Last-Modified"] = http_date(found.last_modified)
    _compress(request, response)
    if status == 200:
        response.make_conditional(request)
        response.headers.pop("Date", None)  # the server writes its own
    return response


def _compress(request: Request, response: Response) -> None:
    """As CloudFront does it: gzip for text, and the ETag becomes weak."""
    body = response.get_data()
    if "Content-Encoding" in response.headers or len(body) < _SMALLEST_TO_COMPRESS:
        return
    if not response.headers["Content-Type"].startswith(_COMPRESSED):
        return
    response.headers["Vary"] = "Accept-Encoding"
    if request.accept_encodings["gzip"] > 0:
        etag, _ = response.get_etag()
        response.set_data(_gzipped(body))
        response.headers["Content-Encoding"] = "gzip"
        response.set_etag(str(etag), weak=True)


@lru_cache(maxsize=512)
def _gzipped(body: bytes) -> bytes:
    return gzip.compress(body, compresslevel=6, mtime=0)
