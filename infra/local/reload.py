"""For designers, never for readers: `rotative serve --reload` prints with changed templates; pages reload."""

import base64
import hashlib
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import watchfiles
from werkzeug.wrappers import Request, Response

import functions
from functions.core import keys
from infra.local.edge import Edge, Find
from infra.local.lambda_runtime import InvocationFailed, LambdaRuntime
from infra.local.proof import BadTemplate, prove

TEMPLATES = Path(functions.__file__).parent.parent / "templates"
CHANGES = "/.reload"
SCRIPT = f'new EventSource("{CHANGES}?"+location.pathname).onmessage=()=>location.reload()'
_SOURCE = f"'sha256-{base64.b64encode(hashlib.sha256(SCRIPT.encode()).digest()).decode()}'"
_LOOK, _KNOCK = 0.2, 5.0  # seconds between two looks at a page, and between two signs of life to a browser

Tell = Callable[[str], None]


class Reloading:
    """An edge whose pages watch themselves: a browser that shows one reloads as soon as other bytes stand there.

    What the site holds stays as it is; the script is added on the way, with a content security policy that names it.
    """

    def __init__(self, edge: Edge, find: Find) -> None:
        self._edge = edge
        self._find = find

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:  # noqa: ANN401 - WSGI's shape
        request = Request(environ)
        if request.path == CHANGES:
            path = unquote(request.query_string.decode())
            answer = Response(self._change(keys.site_key(path)), mimetype="text/event-stream")
            answer.headers["Cache-Control"] = "no-store"
            return answer(environ, start_response)
        environ.pop("HTTP_ACCEPT_ENCODING", None)
        answer = Response.from_app(self._edge, environ)
        if answer.mimetype == "text/html" and answer.status_code != 304:
            answer.set_data(answer.get_data() + f"<script>{SCRIPT}</script>\n".encode())
            policy = answer.headers.get("Content-Security-Policy", "")
            answer.headers["Content-Security-Policy"] = _allowing(policy)
        return answer(environ, start_response)

    def _change(self, key: str) -> Iterator[str]:
        before, knocked = self._etag(key), time.monotonic()
        while self._etag(key) == before:
            time.sleep(_LOOK)
            if time.monotonic() - knocked > _KNOCK:
                knocked = time.monotonic()
                yield ":\n\n"  # a comment: it fails when nobody listens any more, which ends this
        yield "data: changed\n\n"

    def _etag(self, key: str) -> str | None:
        found = self._find(key)
        return found.etag if found else None


class TemplateWatch:
    """Puts the templates in force whenever a file of them is saved; one that fails is told, and changes nothing."""

    def __init__(self, runtime: LambdaRuntime, tell: Tell) -> None:
        self._runtime = runtime
        self._tell = tell
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="templates", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stop.set()
        self._thread.join(1)

    def _run(self) -> None:
        for changes in watchfiles.watch(TEMPLATES, stop_event=self._stop, debounce=100, step=20):
            names = ", ".join(sorted(Path(path).name for _, path in changes))
            try:
                prove()
            except BadTemplate as error:
                self._tell(f"{names}: {error}; the site stays as it is")
                continue
            self._tell(f"{names}: the site is printed anew")
            self._put_in_force()

    def _put_in_force(self) -> None:
        self._runtime.cold_start()
        try:
            self._runtime.invoke("ReconcileFunction", {"task": "deploy"})
        except InvocationFailed:
            self._tell("the templates could not be put in force; save one again")


def _allowing(policy: str) -> str:
    """The policy with our script, and with connections to where it came from."""
    directives = dict(part.strip().partition(" ")[::2] for part in policy.split(";") if part.strip())
    for name, source in (("script-src", _SOURCE), ("connect-src", "'self'")):
        sources = [each for each in directives.get(name, "").split() if each not in {"'none'", source}]
        directives[name] = " ".join([*sources, source])
    return "; ".join(f"{name} {sources}".strip() for name, sources in directives.items())
