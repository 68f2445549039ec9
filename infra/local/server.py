"""Two small HTTP servers on loopback: one for readers, one for AWS clients."""

import logging
import re
import socket
import threading
from collections.abc import Callable, Iterable
from typing import Any

from moto.moto_server.werkzeug_app import DomainDispatcherApplication, MotoRequestHandler, create_backend_app
from werkzeug.serving import BaseWSGIServer, make_server

from infra.local.errors import PressError
from infra.local.resources import REGION

HOST = "127.0.0.1"
_HERE = r"(?:127\.0\.0\.1|localhost)(?::[0-9]+)?"
_OUR_ORIGIN = re.compile(rf"https?://{_HERE}")
_OUR_HOST = re.compile(rf"(?:[a-z0-9-]+\.)*{_HERE}", re.IGNORECASE)  # S3 clients put the bucket before it
_SCOPE = re.compile(r"(/\d{8}/)[^/,]+(/[a-z0-9-]+/aws4_request)")
_QUERY_SCOPE = re.compile(r"(%2F\d{8}%2F)[^%&]+(%2F[a-z0-9-]+%2Faws4_request)", re.IGNORECASE)
WsgiApp = Callable[[dict[str, Any], Any], Iterable[bytes]]


class _Quiet(MotoRequestHandler):
    """HTTP/1.1, so that clients keep their connections; no line for each request."""

    protocol_version = "HTTP/1.1"

    def log(self, type: str, message: str, *args: Any) -> None:  # noqa: A002 - werkzeug's signature
        logging.getLogger("infra.http").debug("%s %s", type, message % args)


class Server:
    """A WSGI application on a loopback port. Raises PressError, naming the option, when the port is taken."""

    def __init__(self, name: str, app: WsgiApp, port: int, option: str) -> None:
        self._listening = _listen(port, option)
        self.port: int = self._listening.getsockname()[1]
        self._server: BaseWSGIServer = make_server(
            HOST, self.port, _under_our_name(app), threaded=True, request_handler=_Quiet, fd=self._listening.fileno()
        )
        self._server.daemon_threads = True  # type: ignore[attr-defined] # of socketserver's mix-in
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.1,), name=name, daemon=True)

    @property
    def url(self) -> str:
        return f"http://{HOST}:{self.port}"

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        if self._thread.is_alive():
            self._server.shutdown()
        self._server.server_close()
        self._listening.close()


def aws_app() -> WsgiApp:
    """The WSGI application of moto; whatever region a client signs for, it meets our resources.

    moto asks for no password and lets every web site read its answers: a page that somebody at this machine happens to
    look at would get at drafts, embargoed articles and readers' addresses. So it hears no page but one of this machine.
    """
    moto = DomainDispatcherApplication(create_backend_app)

    def app(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:  # noqa: ANN401 - WSGI's shape
        origin = environ.get("HTTP_ORIGIN")
        if origin and not _OUR_ORIGIN.fullmatch(origin):
            return _refused(start_response, "Not for a page of another machine.")
        if signed := environ.get("HTTP_AUTHORIZATION"):
            environ["HTTP_AUTHORIZATION"] = _SCOPE.sub(rf"\g<1>{REGION}\g<2>", signed)
        if query := environ.get("QUERY_STRING"):
            environ["QUERY_STRING"] = _QUERY_SCOPE.sub(rf"\g<1>{REGION}\g<2>", query)
        answer: Iterable[bytes] = moto(environ, start_response)
        return answer

    return app


def _under_our_name(inner: WsgiApp) -> WsgiApp:
    """An application that answers under the names of this machine alone.

    A name of elsewhere may be made to lead here (DNS rebinding); what its pages ask for, and read, is to a browser all
    of one origin: drafts, mails and S3 as well. The Host tells.
    """

    def app(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:  # noqa: ANN401 - WSGI's shape
        host = environ.get("HTTP_HOST")
        if host and not _OUR_HOST.fullmatch(host):
            return _refused(start_response, "This press answers to 127.0.0.1 and localhost alone.")
        return inner(environ, start_response)

    return app


def _refused(start_response: Any, why: str) -> Iterable[bytes]:  # noqa: ANN401 - WSGI's shape
    start_response("403 Forbidden", [("Content-Type", "text/plain; charset=utf-8")])
    return [f"{why}\n".encode()]


def _listen(port: int, option: str) -> socket.socket:
    """A listening socket. Port 0 means any free one."""
    listening = socket.socket()
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((HOST, port))
    except OSError as error:
        listening.close()
        raise PressError(f"Port {port} cannot be used ({error.strerror}). Choose another with {option}.") from error
    listening.listen(128)
    return listening
