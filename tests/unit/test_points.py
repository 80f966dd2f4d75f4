"""How many points hits give, how they fade, and when time alone changes them."""

from datetime import date

import pytest
from crm_lead_scoring.points.rule import Rule
from crm_lead_scoring.points.tally import DAY, Worth, tally
from hypothesis import given
from hypothesis import strategies as st

NOW = 1_800_000_000.0

MOMENTS = st.lists(st.floats(NOW - 2_000 * DAY, NOW + 10 * DAY), min_size=1, max_size=30)
WORTHS = st.builds(
    Worth,
    points=st.integers(-100, 100),
    half_life=st.sampled_from((0, 1, 7, 30, 365)),
    most_times=st.integers(0, 5),
    most_points=st.integers(0, 200),
)


def days_ago(*ages):
    return [NOW - age * DAY for age in ages]


@pytest.mark.parametrize(
    ("worth", "ages", "points"),
    [
        (Worth(10), (0, 5, 500), 30),  # each hit counts, however old
        (Worth(-10), (0, 5), -20),  # points are taken
        (Worth(10, half_life=30), (30,), 5),  # half after one half-life
        (Worth(10, half_life=30), (0, 30, 60), 18),  # 10 + 5 + 2.5
        (Worth(-10, half_life=30), (0, 30, 60), -18),
        (Worth(10, most_times=2), (0, 1, 2), 20),
        (Worth(10, half_life=30, most_times=1), (60, 0), 10),  # the newest counts
        (Worth(10, most_points=25), (0, 1, 2), 25),
        (Worth(-10, most_points=25), (0, 1, 2), -25),
        (Worth(10, half_life=1), (100,), 0),  # faded away, yet it happened
        (Worth(10, half_life=30), (-3,), 10),  # a date in the future counts as of now
        (Worth(0), (0,), 0),
    ],
)
def test_points(worth, ages, points):
    """Each setting of a rule does to its hits what its words say."""
    line = tally(worth, days_ago(*ages), NOW)
    assert (line.points, line.hits, line.last) == (points, len(ages), max(days_ago(*ages)))


def test_no_hits_no_line():
    assert tally(Worth(10), [], NOW) is None


@pytest.mark.parametrize("wrong", [{"half_life": -1}, {"most_times": -1}, {"most_points": -1}])
def test_limits_below_zero_are_refused(wrong):
    with pytest.raises(ValueError, match="below zero"):
        Worth(10, **wrong)


@given(WORTHS, MOMENTS)
def test_never_beyond_the_limit_nor_the_wrong_sign(worth, moments):
    """Points have the rule's sign, keep its limit, and don't depend on the order in which hits are told."""
    line = tally(worth, moments, NOW)
    assert line.points * worth.points >= 0
    assert not worth.most_points or abs(line.points) <= worth.most_points
    assert line == tally(worth, list(reversed(moments)), NOW)


@given(WORTHS, MOMENTS)
def test_points_only_fade(worth, moments):
    """Without new hits points never move away from zero."""
    later = tally(worth, moments, NOW + 40 * DAY)
    assert abs(later.points) <= abs(tally(worth, moments, NOW).points)


@given(WORTHS, MOMENTS)
def test_changes_is_told_in_time(worth, moments):
    """Nothing changes before the told moment; at it something has, where all hits were in the past."""
    line = tally(worth, moments, NOW)
    if line.changes is None:
        assert tally(worth, moments, NOW + 10_000 * DAY).points == line.points
        return
    assert line.changes > NOW
    if max(moments) <= NOW:
        assert tally(worth, moments, line.changes - 5).points == line.points
        assert tally(worth, moments, line.changes + 5).points != line.points


def test_whom_and_when_a_rule_is_for():
    """Teams, company and days bound a rule, the days included; empty bounds nothing."""
    rule = Rule(1, "filter", Worth(1), frozenset((3,)), 7, date(2026, 3, 2), date(2026, 3, 4))
    assert [rule.is_in_force(date(2026, 3, day)) for day in (1, 2, 4, 5)] == [False, True, True, False]
    assert [rule.concerns(*known) for known in ((3, 7), (4, 7), (3, 8), (None, None))] == [True, False, False, False]
    free = Rule(2, "filter", Worth(1))
    assert free.concerns(None, None)
    assert free.is_in_force(date(1970, 1, 1))
