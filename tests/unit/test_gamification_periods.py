"""Periods of challenges: each day in exactly one, the ones that are over in order."""

from datetime import date, timedelta

import pytest
from crm_gamification.goals.periods import Period, period_of, periods_over
from hypothesis import given
from hypothesis import strategies as st

KINDS = ("daily", "weekly", "monthly", "yearly")
days = st.dates(min_value=date(1999, 1, 1), max_value=date(2101, 1, 1))


@pytest.mark.parametrize(
    ("kind", "day", "start", "end"),
    [
        ("daily", date(2026, 3, 10), date(2026, 3, 10), date(2026, 3, 10)),
        ("weekly", date(2026, 3, 9), date(2026, 3, 9), date(2026, 3, 15)),
        ("weekly", date(2026, 3, 15), date(2026, 3, 9), date(2026, 3, 15)),
        ("weekly", date(2027, 1, 1), date(2026, 12, 28), date(2027, 1, 3)),
        ("monthly", date(2028, 2, 5), date(2028, 2, 1), date(2028, 2, 29)),
        ("monthly", date(2026, 12, 31), date(2026, 12, 1), date(2026, 12, 31)),
        ("yearly", date(2026, 3, 10), date(2026, 1, 1), date(2026, 12, 31)),
    ],
)
def test_period_of(kind, day, start, end):
    """A period of each kind, at its bounds too."""
    assert period_of(kind, day) == Period(start, end)


def test_not_recurring():
    """A challenge without periodicity has no period of a day."""
    with pytest.raises(ValueError, match="once"):
        period_of("once", date(2026, 3, 10))


@given(st.sampled_from(KINDS), days)
def test_each_day_in_one(kind, day):
    """A period holds its day, is that of each of its bounds, and the next begins on the day after."""
    period = period_of(kind, day)
    assert period.start <= day <= period.end
    assert period_of(kind, period.start) == period_of(kind, period.end) == period
    assert period_of(kind, period.end + timedelta(days=1)).start == period.end + timedelta(days=1)


@given(st.sampled_from(KINDS), days, st.integers(-40, 400))
def test_over(kind, after, ahead):
    """Those that are over follow one another, end after the one day and before the other, and none is missing."""
    today = after + timedelta(days=ahead)
    found = periods_over(kind, after, today)
    expected = {period_of(kind, after + timedelta(days=number)) for number in range(1, max(ahead, 0) + 1)}
    assert found == sorted((one for one in expected if after < one.end < today), key=lambda one: one.start)


@given(st.sampled_from(KINDS), days, st.lists(st.integers(0, 60), max_size=8))
def test_paid_once(kind, first, gaps):
    """However irregularly a job runs that remembers the last end, it pays each period once and in order."""
    paid_until = period_of(kind, first).start - timedelta(days=1)
    today, paid = first, []
    for gap in gaps:
        today += timedelta(days=gap)
        for period in periods_over(kind, paid_until, today):
            paid.append(period)
            paid_until = period.end
    assert paid == periods_over(kind, period_of(kind, first).start - timedelta(days=1), today)
