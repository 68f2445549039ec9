from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from infra.local.errors import TemplateError
from infra.local.lambda_runtime import InvocationFailed
from infra.local.schedule_expression import parse_expression
from infra.local.schedules import Scheduler
from infra.local.template import load


@pytest.mark.parametrize(
    ("expression", "zone", "now", "expected"),
    [
        ("rate(1 minute)", "UTC", "2024-03-29T12:00:30", "2024-03-29T12:01:00"),
        ("rate(15 minutes)", "UTC", "2024-03-29T12:15:00", "2024-03-29T12:30:00"),
        ("rate(2 hours)", "UTC", "2024-03-29T13:00:00", "2024-03-29T14:00:00"),
        ("cron(17 3 * * ? *)", "UTC", "2024-03-29T03:17:00", "2024-03-30T03:17:00"),
        ("cron(0/20 8-9 ? * MON-FRI *)", "UTC", "2024-03-29T09:41:00", "2024-04-01T08:00:00"),
        ("cron(0 0 29 FEB ? *)", "UTC", "2024-03-01T00:00:00", "2028-02-29T00:00:00"),
        ("cron(30 6 1,15 * ? 2025)", "UTC", "2024-03-29T00:00:00", "2025-01-01T06:30:00"),
        # Morocco stands at UTC in Ramadan and one hour ahead otherwise
        ("cron(0 7 * * ? *)", "Africa/Casablanca", "2024-03-29T00:00:00", "2024-03-29T07:00:00"),
        ("cron(0 7 * * ? *)", "Africa/Casablanca", "2024-03-01T00:00:00", "2024-03-01T06:00:00"),
    ],
)
def test_an_expression_names_its_next_moment(expression: str, zone: str, now: str, expected: str) -> None:
    following = parse_expression(expression, zone)
    found = following(datetime.fromisoformat(now).replace(tzinfo=UTC))
    assert found == datetime.fromisoformat(expected).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    "expression",
    ["cron(nonsense)", "rate(0 minutes)", "rate(5 weeks)", "cron(0 0 * * * *)", "cron(0 0 L * ? *)", "at(now)",
     "cron(61 0 * * ? *)", "cron(5/0 0 * * ? *)"],
)  # fmt: skip
def test_an_expression_that_is_not_understood_is_refused(expression: str) -> None:
    with pytest.raises(TemplateError):
        parse_expression(expression, "UTC")


class Clock:
    def __init__(self) -> None:
        self.now = datetime(2024, 3, 29, 3, 0, 30, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


def test_the_schedules_of_the_template_fire_with_their_input() -> None:
    clock, calls = Clock(), list[tuple[str, Any]]()
    scheduler = Scheduler(load().schedules, lambda *call: calls.append(call), clock)
    assert scheduler.fire_due() == []
    assert scheduler.seconds_to_next() == 30
    clock.now += timedelta(minutes=1)
    assert scheduler.fire_due() == ["ClockFunction.Minute"]
    assert scheduler.fire_due() == []
    clock.now += timedelta(minutes=15)
    assert scheduler.fire_due() == ["ReconcileFunction.Light", "ClockFunction.Minute", "IssueFunction.Hourly"]
    assert ("ReconcileFunction", {"task": "light"}) in calls


def test_the_issue_is_made_once_what_appears_at_its_hour_has_its_page() -> None:
    (hourly,) = (each for each in load().schedules if each.function == "IssueFunction")
    on_the_hour = datetime(2024, 3, 29, 7, tzinfo=UTC)
    made = parse_expression(hourly.expression, hourly.time_zone)(on_the_hour - timedelta(minutes=1))
    assert timedelta(minutes=2) <= made - on_the_hour <= timedelta(minutes=10)


def test_firings_missed_in_sleep_happen_once_even_when_one_fails() -> None:
    clock, calls = Clock(), list[str]()

    def invoke(function: str, _event: Any) -> None:
        calls.append(function)
        raise InvocationFailed(function)

    scheduler = Scheduler(load().schedules, invoke, clock)
    clock.now += timedelta(hours=9)
    scheduler.fire_due()
    scheduler.fire_due()
    assert sorted(calls) == ["ClockFunction", "IssueFunction", "ReconcileFunction", "ReconcileFunction"]


def test_without_schedules_nothing_is_due() -> None:
    assert Scheduler([], print).seconds_to_next() == 3600
