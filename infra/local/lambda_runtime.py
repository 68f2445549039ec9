"""Calls handlers as Lambda does: by their import strings, with a context and a time-out."""

import importlib
import json
import logging
import sys
import threading
import time
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from infra.local.errors import TemplateError
from infra.local.resources import Function

LOG = logging.getLogger("infra.local")
Handler = Callable[[Any, "LambdaContext"], Any]
Invoke = Callable[[str, Any], Any]  # a function by its logical id, with an event


class InvocationFailed(Exception):
    """A handler raised, ran out of time or answered something that is not JSON: Lambda would call this an error."""


@dataclass(frozen=True)
class LambdaContext:
    """What Lambda hands to a handler beside the event."""

    function_name: str
    memory_limit_in_mb: int
    invoked_function_arn: str
    deadline: float  # on time.monotonic()
    function_version: str = "$LATEST"
    aws_request_id: str = field(default_factory=lambda: str(uuid.uuid4()))
    identity: None = None
    client_context: None = None

    @property
    def log_group_name(self) -> str:
        return f"/aws/lambda/{self.function_name}"

    @property
    def log_stream_name(self) -> str:
        return "local"

    def get_remaining_time_in_millis(self) -> int:
        return max(0, int((self.deadline - time.monotonic()) * 1000))


class LambdaRuntime:
    """Runs the functions of a template in this process. `functions` go by logical id."""

    def __init__(self, functions: Mapping[str, Function]) -> None:
        self._functions = functions
        self._handlers: dict[str, Handler] = {}
        self._idle = threading.Condition()
        self._running = 0
        self._given_up: list[threading.Thread] = []

    @property
    def running(self) -> int:
        """How many invocations are under way; those that ran out of time are not counted, as they are given up."""
        return self._running

    @property
    def unfinished(self) -> bool:
        """Whether any handler still runs, those that were given up included."""
        return self._running > 0 or any(each.is_alive() for each in self._given_up)

    def cold_start(self) -> None:
        """Imports every handler, so that a broken one is known at once, and empties what earlier runs cached.

        Raises TemplateError.
        """
        for function in self._functions.values():
            self._handler(function)
        for name, module in list(sys.modules.items()):
            if name.startswith("functions.bootstrap"):
                for value in list(vars(module).values()):
                    getattr(value, "cache_clear", _nothing)()

    def invoke(self, function_id: str, event: Any) -> Any:  # noqa: ANN401 - JSON
        """The handler's answer, as JSON would carry it, within the function's time-out. Raises InvocationFailed.

        A handler that runs out of time is given up; its thread may go on, like a frozen environment that thaws.
        """
        function = self._functions[function_id]
        outcome: list[Any] = []
        failure: list[InvocationFailed] = []

        def work() -> None:
            try:
                outcome.append(self._call(function, event))
            except InvocationFailed as error:
                failure.append(error)

        with self:
            thread = threading.Thread(target=work, name=function.name, daemon=True)
            thread.start()
            thread.join(function.timeout)
        if failure:
            raise failure[0]
        if not outcome:
            self._given_up = [each for each in [*self._given_up, thread] if each.is_alive()]
            LOG.error("%s: given up after %s s", function.name, function.timeout)
            raise InvocationFailed(f"{function.name}: task timed out after {function.timeout} seconds")
        return outcome[0]

    def invoke_here(self, function_id: str, event: Any) -> Any:  # noqa: ANN401 - JSON
        """The same in the caller's own thread, and so without a time-out. Raises InvocationFailed."""
        with self:
            return self._call(self._functions[function_id], event)

    def __enter__(self) -> None:
        with self._idle:
            self._running += 1

    def __exit__(self, *_: object) -> None:
        with self._idle:
            self._running -= 1
            self._idle.notify_all()

    def _call(self, function: Function, event: Any) -> Any:  # noqa: ANN401 - JSON
        context = LambdaContext(
            function_name=function.name,
            memory_limit_in_mb=function.memory,
            invoked_function_arn=function.arn,
            deadline=time.monotonic() + function.timeout,
        )
        try:
            answer = self._handler(function)(json.loads(json.dumps(event)), context)
            return json.loads(json.dumps(answer))
        except Exception as error:  # what a handler may raise is not ours to know; Lambda catches all too
            LOG.exception("%s failed", function.name)
            raise InvocationFailed(f"{function.name}: {type(error).__name__}: {error}") from error

    def _handler(self, function: Function) -> Handler:
        if function.id not in self._handlers:
            module, _, name = function.handler.rpartition(".")
            try:
                self._handlers[function.id] = getattr(importlib.import_module(module), name)
            except (ImportError, AttributeError) as error:
                raise TemplateError(f"{function.id}: no handler {function.handler}: {error}") from error
        return self._handlers[function.id]


def _nothing() -> None:
    """What stands in for cache_clear where nothing is cached."""
