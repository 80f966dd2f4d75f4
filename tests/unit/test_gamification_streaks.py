"""Streaks, and when the mail of the week is due."""

from datetime import date, datetime, timedelta

import pytest
from crm_gamification.streaks.streak import Streak, in_days, in_weeks
from crm_gamification.week.schedule import due_of, week_due

MONDAY = date(2026, 3, 2)


def day(number):
    return MONDAY + timedelta(days=number)


WORK = [day(number) for number in range(28) if day(number).weekday() < 5]


def test_weekends_and_leave():
    """Friday and Monday are in a row, and so are the days around a week of leave."""
    kept = {day(4), day(7)}
    assert in_days(kept, set(), WORK, day(7)) == Streak(2, day(4), 2)
    at_work = [one for one in WORK if not day(7) <= one <= day(11)]
    assert in_days({day(4), day(14)}, set(), at_work, day(14)).length == 2


def test_broken_days():
    """A step that was not kept breaks it; a day without steps does not, nor what is due today or at a weekend."""
    kept = {day(0), day(1), day(3)}
    assert in_days(kept, {day(2)}, WORK, day(4)) == Streak(1, day(3), 2)
    assert in_days(kept, set(), WORK, day(4)) == Streak(3, day(0), 3)
    assert in_days(kept, {day(4)}, WORK, day(4)).length == 3
    assert in_days(kept | {day(1)}, {day(1)}, WORK, day(3)) == Streak(1, day(3), 1), "also where another was kept"
    assert in_days({day(4)}, {day(5)}, WORK, day(7)).length == 1


def test_weeks():
    """Each week with a deal counts; the running one breaks nothing yet, a week of leave never does."""
    kept = {day(1), day(6), day(8)}
    assert in_weeks(kept, WORK, day(15)) == Streak(2, day(0), 2)
    assert in_weeks(kept, WORK, day(21)) == Streak(0, None, 2)
    at_work = [one for one in WORK if not day(14) <= one <= day(20)]
    assert in_weeks(kept | {day(22)}, at_work, day(23)) == Streak(3, day(0), 3)
    assert in_weeks(set(), WORK, day(15)) == Streak()


def test_due_by_each_clock():
    """Three in the afternoon is another moment in each zone, also where clocks change in between."""
    assert due_of(MONDAY, 4, 15.0, "Europe/Budapest") == datetime(2026, 3, 6, 14)
    assert due_of(date(2026, 3, 30), 4, 15.0, "Europe/Budapest") == datetime(2026, 4, 3, 13)
    assert due_of(MONDAY, 4, 15.5, "America/New_York") == datetime(2026, 3, 6, 20, 30)
    assert due_of(MONDAY, 4, 15.0, "Nowhere/Land") == due_of(MONDAY, 4, 15.0, None) == datetime(2026, 3, 6, 15)
    assert due_of(date(2026, 3, 23), 6, 2.5, "Europe/Budapest") == datetime(2026, 3, 29, 1, 30), "a skipped hour"


@pytest.mark.parametrize(
    ("now", "since", "week"),
    [
        (datetime(2026, 3, 6, 13, 59), datetime(2026, 3, 1), None),
        (datetime(2026, 3, 6, 14), datetime(2026, 3, 1), MONDAY),
        (datetime(2026, 3, 8, 13), datetime(2026, 3, 1), MONDAY),
        (datetime(2026, 3, 8, 14), datetime(2026, 3, 1), None),
        (datetime(2026, 3, 6, 15), datetime(2026, 3, 6, 14, 30), None),
    ],
)
def test_due_now(now, since, week):
    """Due from its hour on for two days; never for a time before it was switched on."""
    assert week_due(now, 4, 15.0, "Europe/Budapest", since) == week
