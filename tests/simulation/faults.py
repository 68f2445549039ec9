"""What goes wrong with a request, on purpose."""

from collections.abc import Callable
from contextlib import suppress
from typing import Literal, TypeVar

from functions.core.errors import StoreUnavailable, WriteConflict
from tests.simulation.ports import Request

T = TypeVar("T")
Fault = Literal["none", "before", "after", "lost", "conflict", "unavailable", "given up"]


class Stopped(BaseException):
    """The function is dead: a time-out, a kill, a crash. No `except Exception` may notice."""


def possible(request: Request) -> list[Fault]:
    """The faults that a request can meet: what only a write can suffer is not tried on reads."""
    found: list[Fault] = ["before", "after", "unavailable"]
    if request.writes:
        found += ["lost", "given up"]
    if request.conditional:
        found.append("conflict")
    return found


def suffer(fault: Fault, request: Request, act: Callable[[], T], again: Callable[[], T]) -> T:
    """Carry out a request that meets a fault; `again` is the SDK's own retry of the same request."""
    if fault == "none":
        return act()
    if fault in {"before", "conflict", "unavailable"}:
        raise _unheard(fault, request)
    with suppress(WriteConflict):  # a 412 can be lost like any other answer
        act()
        if fault == "given up":
            raise StoreUnavailable(f"no answer, {request.key}")
    if fault == "after":
        raise Stopped
    return again()


def _unheard(fault: Fault, request: Request) -> BaseException:
    """What becomes of a request of which nothing was carried out."""
    if fault == "before":
        return Stopped()
    return WriteConflict(f"409 {request.key}") if fault == "conflict" else StoreUnavailable(f"503 {request.key}")
