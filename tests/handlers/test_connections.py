"""How many connections to S3 are made, and how long an answer is waited for.

Connections are cheap on one machine; on AWS each wants a TLS handshake.
"""

from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Barrier, Thread
from typing import Any

import pytest

from functions.adapters.s3 import PARALLEL, S3State
from functions.bootstrap import newsletter, newsroom, press
from infra import bulk
from infra.local.template import load


def _of_the_press() -> S3State:
    state = press.press.__wrapped__().state
    assert isinstance(state, S3State)
    return state


def _of_a_command() -> S3State:
    return S3State(bulk.client(), "rotative-state")


class S3(ThreadingHTTPServer):
    """A store in which there is nothing. It answers when as many ask as may at once."""

    daemon_threads = True

    def __init__(self) -> None:
        self.connections = 0
        self.all_here = Barrier(PARALLEL, timeout=10)
        super().__init__(("127.0.0.1", 0), Asked)


class Asked(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: S3

    def setup(self) -> None:
        self.server.connections += 1
        super().setup()

    def do_GET(self) -> None:
        self.server.all_here.wait()
        self.send_response(404)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name that it has
        """The tests' output is for what failed."""


@pytest.fixture
def s3(monkeypatch: pytest.MonkeyPatch) -> Iterator[S3]:
    server = S3()
    Thread(target=server.serve_forever, daemon=True).start()
    monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{server.server_port}")
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_DEFAULT_REGION"):
        monkeypatch.setenv(name, "eu-west-3")
    for name, value in load().environment.items():
        monkeypatch.setenv(name, value)
    yield server
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("state", [_of_the_press, newsroom.state.__wrapped__, _of_a_command])
def test_what_asks_for_many_objects_at_once_keeps_its_connections(s3: S3, state: Callable[[], S3State]) -> None:
    asks = state()
    for _ in range(3):
        assert set(asks.get_many([f"rec/{place}.json" for place in range(PARALLEL)]).values()) == {None}
    assert s3.connections <= PARALLEL, "some were thrown away"


def test_an_answer_that_never_comes_leaves_a_function_the_time_to_ask_again(s3: S3) -> None:
    times = {function.id: function.timeout for function in load().functions.values()}
    api = times.pop("NewsletterFunction")
    waiting: list[tuple[Any, float]] = [
        (_of_the_press()._client, min(times.values())),
        (newsroom.state.__wrapped__()._client, api),
        (newsletter.rows.__wrapped__()._client, api),
    ]
    for client, time in waiting:
        assert client.meta.config.connect_timeout + 2 * client.meta.config.read_timeout < time
