"""Whether a goal is reached, failed or open."""

import pytest
from crm_gamification.goals.judging import Verdict, is_reached, judge, untouched
from hypothesis import given
from hypothesis import strategies as st

conditions = st.sampled_from(["higher", "lower"])
figures = st.floats(-1e6, 1e6)
states = st.sampled_from(["draft", "inprogress", "reached", "failed"])


@pytest.mark.parametrize(
    ("condition", "value", "expected"),
    [("higher", 5, True), ("higher", 4, False), ("lower", 5, True), ("lower", 6, False), ("lower", 0, True)],
)
def test_is_reached(condition, value, expected):
    """The target itself is enough, either way."""
    assert is_reached(condition, value, 5) is expected


@pytest.mark.parametrize(
    ("state", "value", "is_over", "expected"),
    [
        ("inprogress", 1, False, Verdict("inprogress")),
        ("inprogress", 2, False, Verdict("reached")),
        ("reached", 1, False, Verdict("inprogress")),
        ("failed", 1, False, Verdict("failed")),
        ("failed", 2, False, Verdict("reached")),
        ("inprogress", 1, True, Verdict("failed", closes=True)),
        ("reached", 1, True, Verdict("failed", closes=True)),
        ("reached", 2, True, Verdict("reached")),
        ("inprogress", None, False, Verdict("inprogress")),
        ("reached", None, True, Verdict("failed", closes=True)),
        ("canceled", 2, True, Verdict("canceled")),
    ],
)
def test_judge(state, value, is_over, expected):
    """Each state with a value below and at the target of two, before and after the last day."""
    assert judge("higher", 2, value, state, is_over) == expected


@given(conditions, figures)
def test_untouched_is_not_reached(condition, target):
    """What a goal shows before anything is counted never meets its target."""
    assert not is_reached(condition, untouched(condition, target), target)


@given(conditions, figures, st.none() | figures, states)
def test_over_is_decided(condition, target, value, state):
    """After its last day no goal is open, and judging it again changes nothing."""
    verdict = judge(condition, target, value, state, is_over=True)
    assert verdict.state in ("reached", "failed")
    assert verdict.closes == (verdict.state == "failed")
    assert judge(condition, target, value, verdict.state, is_over=True) == verdict
