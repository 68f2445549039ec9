"""EventBridge's rate(...) and cron(...), as documented in "Schedule types in EventBridge Scheduler"."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from infra.local.errors import TemplateError

_RATE = re.compile(r"rate\((\d+) (minute|hour|day)s?\)")
_CRON = re.compile(r"cron\((\S+) (\S+) (\S+) (\S+) (\S+) (\S+)\)")
_UNIT = {"minute": timedelta(minutes=1), "hour": timedelta(hours=1), "day": timedelta(days=1)}
_MONTHS = {
    name: str(number) for number, name in enumerate("JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC".split(), 1)
}
_DAYS = {name: str(number) for number, name in enumerate("SUN MON TUE WED THU FRI SAT".split(), 1)}
_HORIZON = timedelta(days=366 * 4 + 1)

Next = Callable[[datetime], datetime]


def parse_expression(expression: str, time_zone: str) -> Next:
    """A function from an aware moment to the first firing after it, in UTC.

    Rates fire on the multiples of their period since 1970. Raises TemplateError.
    """
    if rate := _RATE.fullmatch(expression):
        period = int(rate[1]) * _UNIT[rate[2]]
        if not period:
            raise TemplateError(f"{expression}: a rate is at least 1")
        return lambda now: _next_multiple(now, period)
    if cron := _CRON.fullmatch(expression):
        return _Cron.parse(expression, cron.groups(), ZoneInfo(time_zone)).following
    raise TemplateError(f"{expression}: neither rate(...) nor cron(...)")


def _next_multiple(now: datetime, period: timedelta) -> datetime:
    epoch = datetime(1970, 1, 1, tzinfo=UTC)
    return epoch + ((now - epoch) // period + 1) * period


@dataclass(frozen=True)
class _Cron:
    """Each field is the set of its values; None for "?", the day that the other day field decides."""

    expression: str
    minutes: frozenset[int]
    hours: frozenset[int]
    days: frozenset[int] | None
    months: frozenset[int]
    weekdays: frozenset[int] | None
    years: frozenset[int]
    zone: ZoneInfo

    @classmethod
    def parse(cls, expression: str, fields: tuple[str, ...], zone: ZoneInfo) -> "_Cron":
        minutes, hours, days, months, weekdays, years = fields
        if (days == "?") == (weekdays == "?"):
            raise TemplateError(f'{expression}: exactly one of the two day fields is "?"')
        try:
            return cls(
                expression,
                _values(minutes, 0, 59),
                _values(hours, 0, 23),
                None if days == "?" else _values(days, 1, 31),
                _values(_numbers(months, _MONTHS), 1, 12),
                None if weekdays == "?" else _values(_numbers(weekdays, _DAYS), 1, 7),
                _values(years, 1970, 2199),
                zone,
            )
        except ValueError as error:
            raise TemplateError(f"{expression}: {error}") from error

    def following(self, now: datetime) -> datetime:
        moment = now.astimezone(UTC).replace(second=0, microsecond=0) + timedelta(minutes=1)
        end = moment + _HORIZON
        while moment < end:
            local = moment.astimezone(self.zone)
            if not self._is_day(local):
                moment += timedelta(hours=1) - timedelta(minutes=local.minute)
            elif local.hour in self.hours and local.minute in self.minutes:
                return moment
            else:
                moment += timedelta(minutes=1)
        raise TemplateError(f"{self.expression} never fires")

    def _is_day(self, local: datetime) -> bool:
        return (
            local.year in self.years
            and local.month in self.months
            and (self.days is None or local.day in self.days)
            and (self.weekdays is None or local.isoweekday() % 7 + 1 in self.weekdays)
        )


def _numbers(field: str, names: dict[str, str]) -> str:
    return re.sub(r"[A-Za-z]{3}", lambda match: names.get(match[0].upper(), match[0]), field)


def _values(field: str, low: int, high: int) -> frozenset[int]:
    """The values of "*", "5", "1-5", "0/15", "1-5,9". Raises ValueError; L, W and # are not known."""
    found: set[int] = set()
    for part in field.split(","):
        match = re.fullmatch(r"(?:(\*)|(\d+)(?:-(\d+))?)(?:/(\d+))?", part)
        if not match:
            raise ValueError(f"{part!r} is not known")
        star, first, last, step = match.groups()
        start = low if star else int(first)
        stop = int(last) if last else (high if star or step else start)
        if not low <= start <= stop <= high or step == "0":
            raise ValueError(f"{part!r} is not between {low} and {high}")
        found.update(range(start, stop + 1, int(step or 1)))
    return frozenset(found)
