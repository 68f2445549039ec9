"""Lambda's Runtime API on loopback, and an environment that runs one function under AWS's own runtime client.

Source: the Lambda Developer Guide, "Using the Lambda runtime API".
"""

import json
import queue
import shutil
import subprocess
import threading
import time
import uuid
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.util import find_spec
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from infra.local.resources import Function
from tests.infra.artifacts import Artifact

_RUNTIME = ("awslambdaric", "snapshot_restore_py", "simplejson", "runtime_client")


class FunctionFailed(Exception):
    """What the function, or its initialisation, reported as its error."""


class Environment:
    """One execution environment: a process that sees the artifact and AWS's client, and answers one event at a time."""

    def __init__(self, function: Function, artifact: Artifact, variables: Mapping[str, str], folder: Path) -> None:
        self._function = function
        self._events: queue.Queue[tuple[str, int, bytes]] = queue.Queue()
        self._answers: queue.Queue[tuple[str, bytes]] = queue.Queue()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self._events, self._answers))
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()
        arguments = ("-m", "awslambdaric", function.handler)
        command, environment = artifact.command(*arguments, beside=runtime_client(folder))
        own = {
            "AWS_LAMBDA_RUNTIME_API": f"127.0.0.1:{self._server.server_port}",
            "AWS_LAMBDA_FUNCTION_NAME": function.name,
            "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": str(function.memory),
        }
        self.log = folder / f"{function.name}-{uuid.uuid4().hex}.log"
        with self.log.open("w") as log:
            self._process = subprocess.Popen(
                command,
                env={**environment, **variables, **own},
                cwd=artifact.task,
                stdout=log,
                stderr=subprocess.STDOUT,
            )

    def invoke(self, event: Any, timeout: float | None = None) -> Any:
        """The function's answer. Raises TimeoutError, the process killed at whatever it was doing; FunctionFailed."""
        seconds = timeout or self._function.timeout
        self._events.put((str(uuid.uuid4()), int((time.time() + seconds) * 1000), json.dumps(event).encode()))
        try:
            outcome, body = self._answers.get(timeout=seconds)
        except queue.Empty:
            self.kill()
            raise TimeoutError(self.log.read_text()) from None
        if outcome != "response":
            raise FunctionFailed(body.decode())
        return json.loads(body)

    def kill(self) -> None:
        """As Lambda ends an environment: at once, wherever it is."""
        self._process.kill()
        self._process.wait()
        self._server.shutdown()
        self._server.server_close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if self._process.poll() is None:
            self.kill()


def _handler(events: queue.Queue[Any], answers: queue.Queue[Any]) -> type[BaseHTTPRequestHandler]:
    class RuntimeApi(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            request, deadline, body = events.get()
            self.send_response(200)
            self.send_header("Lambda-Runtime-Aws-Request-Id", request)
            self.send_header("Lambda-Runtime-Deadline-Ms", str(deadline))
            self.send_header("Lambda-Runtime-Invoked-Function-Arn", "arn:aws:lambda:eu-west-3:123456789012:function:f")
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            answers.put((self.path.rpartition("/")[2], body))
            self.send_response(202)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name is the standard library's
            """One line a request would drown the tests."""

    return RuntimeApi


def runtime_client(folder: Path) -> Path:
    """A folder with AWS's runtime client and what it needs, as Lambda has it in /var/runtime."""
    place = folder / "runtime"
    for name in _RUNTIME if not place.exists() else ():
        found = find_spec(name)
        assert found is not None, f"{name} is not installed"
        assert found.origin is not None
        source = Path(found.origin)
        place.mkdir(exist_ok=True)
        if source.name == "__init__.py":
            shutil.copytree(source.parent, place / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, place / source.name)
    return place
