"""The periods of recurring challenges: each day belongs to exactly one."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

ONCE = "once"
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Period:
    """From the first to the last day, both within it; None where there is no bound."""

    start: date | None
    end: date | None


def period_of(kind, day):
    """The daily, weekly, monthly or yearly period of a day. Weeks go from Monday to Sunday."""
    if kind == "daily":
        return Period(day, day)
    if kind == "weekly":
        monday = day - timedelta(days=day.weekday())
        return Period(monday, monday + timedelta(days=6))
    if kind == "monthly":
        return Period(day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1]))
    if kind == "yearly":
        return Period(day.replace(month=1, day=1), day.replace(month=12, day=31))
    raise ValueError(f"not a recurring period: {kind}")


def periods_over(kind, after, today):
    """The periods that ended after one day and before another, the earliest first."""
    found = []
    period = period_of(kind, after + ONE_DAY)
    while period.end < today:
        found.append(period)
        period = period_of(kind, period.end + ONE_DAY)
    return found
