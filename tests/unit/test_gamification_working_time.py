"""Targets by working time."""

from datetime import datetime, timedelta

import pytest
from crm_gamification.goals.working_time import proportional, working

MONDAY = datetime(2026, 3, 2, 8)


def days(*numbers, hours=8):
    """Half a day before noon, half after."""
    half = timedelta(hours=hours / 2)
    for number in numbers:
        start = MONDAY + timedelta(days=number)
        yield start, start + half
        yield start + timedelta(hours=5), start + timedelta(hours=5) + half


def test_share():
    """Part-time, leave, both, and a company that does not work at all."""
    full = list(days(*range(5)))
    half_time = working(days(*range(5), hours=4), full)
    assert (half_time.share, half_time.own_days, half_time.full_days) == (0.5, 5, 5)
    leave = working(days(0, 1), full)
    assert (leave.share, leave.own_days, leave.is_away) == (0.4, 2, False)
    assert working([], full).is_away
    assert working(days(*range(5), hours=10), full).share == 1
    assert (working([], []).share, working([], []).is_away) == (1, False)


@pytest.mark.parametrize(
    ("target", "share", "whole", "expected"),
    [
        (10, 0.7, True, 7),
        (10, 0.74, True, 7),
        (10, 0.75, True, 8),
        (3, 0.1, True, 1),
        (10, 0, True, 0),
        (1000, 0.333, False, 333),
    ],
)
def test_target(target, share, whole, expected):
    """Things are whole ones and never none; money is not rounded."""
    assert proportional(target, share, whole) == expected
