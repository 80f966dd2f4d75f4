"""Levels by rules, on the engine alone."""

from datetime import date, timedelta

import pytest
from crm_reseller.programme.facts import ANY, Level, Standing
from crm_reseller.programme.judge import earned, judge, progress
from hypothesis import given
from hypothesis import strategies as st

TODAY = date(2026, 3, 10)
BRONZE, SILVER, GOLD = LEVELS = (
    Level(1, 1),
    Level(2, 5, amount=10_000, count=3),
    Level(3, 10, amount=50_000, count=10, needs=ANY),
)


@pytest.mark.parametrize(
    ("amount", "count", "expected"),
    [
        (0, 0, 1),
        (10_000, 2, 1),  # silver asks for both
        (9_999.99, 3, 1),
        (10_000, 3, 2),
        (0, 10, 3),  # gold for one of them
        (50_000, 1, 3),
        (-500, 0, 1),  # credit notes
    ],
)
def test_earned(amount, count, expected):
    """The highest level whose rule is met, also where one below is not."""
    assert earned(LEVELS, Standing(7, 1, amount, count)).id == expected


def test_nobody_loses_all():
    """Where no rule is met the lowest level remains."""
    assert earned(LEVELS[1:], Standing(7, 3)).id == 2


def test_up_at_once():
    verdict = judge(LEVELS, Standing(7, 1, 60_000, 1, below=TODAY), TODAY, 60)
    assert (verdict.kind, verdict.level, verdict.below) == ("up", 3, None)


def test_down_after_the_grace_period():
    """Found below today: kept for sixty days; recovered meanwhile: forgotten; the sixtieth day: down."""
    first = judge(LEVELS, Standing(7, 3, 12_000, 3), TODAY, 60)
    assert (first.kind, first.level, first.below, first.until) == ("grace", 3, TODAY, TODAY + timedelta(60))
    standing = Standing(7, 3, 12_000, 3, below=first.below)
    assert judge(LEVELS, standing, TODAY + timedelta(59), 60).kind == "grace"
    last = judge(LEVELS, standing, TODAY + timedelta(60), 60)
    assert (last.kind, last.level) == ("down", 2)
    assert judge(LEVELS, Standing(7, 3, 0, 10, below=TODAY), TODAY + timedelta(60), 60).below is None


def test_without_grace():
    assert judge(LEVELS, Standing(7, 3), TODAY, 0).kind == "down"


def test_level_without_rule():
    """A partner whose level is not given by rules is nobody's to judge."""
    with pytest.raises(KeyError):
        judge(LEVELS, Standing(7, 99), TODAY, 0)


def test_progress():
    """What is left, and a bar by what is furthest behind; by what is furthest on where one is enough."""
    left = progress(LEVELS, Standing(7, 1, 5_000, 3))
    assert (left.level, left.amount, left.count, left.share) == (2, 5_000, 0, 0.5)
    left = progress(LEVELS, Standing(7, 2, 12_000, 9))
    assert (left.level, left.amount, left.count, left.share) == (3, 38_000, 1, 0.9)
    assert progress(LEVELS, Standing(7, 3)) is None


@given(st.floats(0, 1e6), st.integers(0, 50), st.floats(0, 1e5), st.integers(0, 5), st.sampled_from([1, 2, 3]))
def test_more_never_lowers(amount, count, more, deals, level):
    """Whoever wins more is never given a lower level, and whoever is given one has earned it when asked again."""
    first = earned(LEVELS, Standing(7, level, amount, count))
    second = earned(LEVELS, Standing(7, level, amount + more, count + deals))
    assert second.rank >= first.rank
    assert judge(LEVELS, Standing(7, first.id, amount, count), TODAY, 0).kind == "stay"
