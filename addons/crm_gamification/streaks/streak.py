"""Streaks in working days and in weeks. Leave, weekends and the time that still runs break none."""

from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Streak:
    """How many in a row.

    :param int length: of the one that runs, 0 where the last was broken
    :param since: first day of the one that runs, in weeks its first Monday; None where none does
    :param int best: the longest
    """

    length: int = 0
    since: date | None = None
    best: int = 0


NONE = Streak()


def in_days(kept, broken, working_days, today):
    """Working days in a row on which something was kept and nothing broken.

    :param set kept, broken: dates; what is broken outside working days breaks nothing
    :param working_days: dates on which the person works
    :param today: counts once something is kept on it, and breaks nothing before
    """
    days = sorted(day for day in working_days if day <= today)
    return _row((day, _of_day(day in kept, day in broken and day < today)) for day in days)


def in_weeks(kept, working_days, today):
    """Weeks in a row, from Monday on, in which something was kept; a week of leave breaks nothing."""
    mondays = {_monday(day) for day in kept if day <= today}
    at_work = {_monday(day) for day in working_days if day <= today} - {_monday(today)}
    return _row((monday, monday in mondays) for monday in sorted(mondays | at_work))


def _of_day(is_kept, is_broken):
    """None where nothing was to be done."""
    return False if is_broken else is_kept or None


def _row(outcomes):
    """:param outcomes: (first day, True: kept, False: broken, None: neither), the earliest first"""
    length, best, since = 0, 0, None
    for start, is_kept in outcomes:
        if is_kept:
            since = since or start
            length += 1
            best = max(best, length)
        elif is_kept is False:
            length, since = 0, None
    return Streak(length, since, best)


def _monday(day):
    return day - timedelta(days=day.weekday())
