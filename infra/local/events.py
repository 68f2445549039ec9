"""The event sources of template.yaml's functions that need nothing but themselves: schedules and routes."""

from collections.abc import Iterable
from typing import Any

from infra.local.resources import Route, Schedule

Event = tuple[str, str, str, dict[str, Any]]  # the function, where in the template, the type, its properties


def schedules(events: Iterable[Event]) -> tuple[Schedule, ...]:
    """Those of the clock."""
    return tuple(_schedule(each) for each in events if each[2] == "ScheduleV2")


def routes(events: Iterable[Event]) -> tuple[Route, ...]:
    """Those of the HTTP API."""
    return tuple(
        Route(function, properties["Method"].upper(), properties["Path"])
        for function, _, kind, properties in events
        if kind == "HttpApi"
    )


def _schedule(event: Event) -> Schedule:
    function, where, _, properties = event
    return Schedule(
        name=where,
        function=function,
        expression=properties["ScheduleExpression"],
        time_zone=properties.get("ScheduleExpressionTimezone", "UTC"),
        input=properties.get("Input", "{}"),
    )
